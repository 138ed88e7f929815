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
