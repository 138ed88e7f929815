import { formatDiagnostic } from '../config/format.ts';
import { loadFile } from './load-file.ts';
import { exitCodes, type CommonFlags, type Io } from './io.ts';

/** Checks the file offline. */
export async function validate(io: Io, flags: CommonFlags & { format?: string }, file: string): Promise<number> {
  const { document, warnings } = loadFile(file);
  if (flags.format === 'json') {
    io.out(`${JSON.stringify({ valid: true, diagnostics: warnings }, null, 2)}\n`);
    return exitCodes.done;
  }
  for (const warning of warnings) io.err(`${formatDiagnostic(warning)}\n\n`);
  const count = (things: object | undefined, one: string): string[] => {
    const number = Object.keys(things ?? {}).length;
    return things === undefined ? [] : [`${number} ${one}${number === 1 ? '' : 's'}`];
  };
  const parts = [
    ...count(document.users, 'user'),
    ...count(document.groups, 'group'),
    ...count(document.permissionSets, 'permission set'),
    ...count(document.assignments, 'assignment entry').map((text) => text.replace('entrys', 'entries')),
  ];
  io.out(`${file} is valid: ${parts.join(', ') || 'it manages nothing'}.\n`);
  return exitCodes.done;
}
