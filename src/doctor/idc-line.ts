import { shellWord } from '../core/words.ts';
import type { Facts, FileFacts } from './facts.ts';

/** A line that runs a command on what was looked at: the same file, and the same Identity Center. */
export function idcLine(
  command: string,
  { file, flags }: { file?: Pick<FileFacts, 'path'> | undefined } & Pick<Facts, 'flags'>,
): string {
  // The usual file need not be named.
  const of = file === undefined || file.path === 'identity.yaml' ? [] : ['--file', file.path];
  return ['idc', command, ...[...of, ...flags].map(shellWord)].join(' ');
}
