import { posix } from 'node:path';
import { defaultFile, fileSuffix } from '../core/file-name.ts';

/** What the files of a repository say of the identity file that they are for. */
export interface FileAnswers {
  /** By its path from the top of the repository. */
  file: string;
  /** What the names of its own workflows end with. */
  suffix: string;
  /** Where it lies: empty, or with a slash at the end. */
  folder: string;
  /** From there to the top of the repository, as an editor needs it: `./` or `../`. */
  root: string;
  /** What names it in a command line: empty for identity.yaml, else ` --file PATH`. */
  fileFlag: string;
}

/** @param file its path from the top of the repository, in normal form. */
export function answersOf(file: string): FileAnswers {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const root = '../'.repeat(folder.split('/').length - 1) || './';
  return { file, suffix: fileSuffix(file), folder, root, fileFlag: file === defaultFile ? '' : ` --file ${file}` };
}

/** Where a template of a repository with identity.yaml is written in one with this file. */
export function placeOf(template: string, { file, suffix, folder }: FileAnswers): string {
  if (template === defaultFile) return file;
  if (template.startsWith('policies/')) return `${folder}${template}`;
  const { dir, name, ext } = posix.parse(template);
  return dir === '.github/workflows' ? `${dir}/${name}${suffix}${ext}` : template;
}
