import { formatPatch } from 'diff';
import { lineHunks } from './line-hunks.ts';

/** The changes of texts as `git apply` takes them, by the paths of their files. */
export const renderPatch = (files: readonly { file: string; before: string; after: string }[]): string =>
  files
    .map(({ file, before, after }) =>
      formatPatch({
        oldFileName: `a/${file}`,
        newFileName: `b/${file}`,
        oldHeader: '',
        newHeader: '',
        hunks: lineHunks(before, after),
      }),
    )
    .map((text) => text.replace(/^=+\n/, ''))
    .join('');
