import { createTwoFilesPatch } from 'diff';

/** The changes of texts as `git apply` takes them, by the paths of their files. */
export const renderPatch = (files: readonly { file: string; before: string; after: string }[]): string =>
  files
    .map(({ file, before, after }) =>
      createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, '', '', { context: 3 }),
    )
    .map((text) => text.replace(/^=+\n/, ''))
    .join('');
