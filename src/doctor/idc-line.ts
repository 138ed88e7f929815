import type { FileFacts } from './facts.ts';
import { shellWord } from './live-things.ts';

/** A line that runs a command on the file that was looked at; the usual one need not be named. */
export const idcLine = (command: string, file: Pick<FileFacts, 'path'> | undefined): string =>
  file === undefined || file.path === 'identity.yaml'
    ? `idc ${command}`
    : `idc ${command} --file ${shellWord(file.path)}`;
