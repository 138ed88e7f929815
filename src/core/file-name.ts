import path from 'node:path';

/** The identity file where none is named. */
export const defaultFile = 'identity.yaml';

/**
 * What tells an identity file from the others of its repository: its path from the folder that idc runs in; undefined for
 * identity.yaml there. A path of this machine alone means nothing on another one, so its last name has to do.
 */
export function fileName(file: string): string | undefined {
  const below = path.relative('', file);
  const isElsewhere = path.isAbsolute(file) && below.split(path.sep)[0] === '..';
  const name = isElsewhere ? path.basename(file) : below.replaceAll(path.sep, '/');
  return name === defaultFile ? undefined : name;
}

/**
 * What the names of a file's own workflows and artifacts end with, so that the files of one repository keep apart: `-sandbox` for
 * sandbox.yaml and for sandbox/identity.yaml; empty for identity.yaml.
 * @param file its path from the top of the repository.
 */
export function fileSuffix(file: string): string {
  const words = file
    .replace(/\.ya?ml$/i, '')
    .replace(/(^|\/)identity$/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return words.map((word) => `-${word}`).join('');
}
