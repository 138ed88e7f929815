import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const many = 'x'.repeat(300_000);
const start = (code: string) =>
  spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

it('writes all of a text to a pipe that is read slowly', async () => {
  const child = start(`import { write } from './src/cli/terminal.ts'; write(1, 'x'.repeat(300000)); write(1, 'end');`);
  await once(child.stdout, 'readable');
  expect(await text(child.stdout)).toBe(`${many}end`);
});

it('goes on to its own exit code after the reader has closed the pipe', async () => {
  const child = start(
    `import { write } from './src/cli/terminal.ts'; for (let i = 0; i < 9; i += 1) write(1, 'x'.repeat(300000)); write(2, 'still here'); process.exitCode = 3;`,
  );
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await text(child.stderr)).toBe('still here');
  await once(child, 'exit');
  expect(child.exitCode).toBe(3);
});

it('takes neither a pipe nor /dev/null for a terminal', async () => {
  const child = start(
    `import { openSync } from 'node:fs'; import { isTerminal } from './src/cli/terminal.ts'; process.stdout.write(JSON.stringify([1, openSync('/dev/null'), 99].map(isTerminal)));`,
  );
  expect(await text(child.stdout)).toBe('[false,false,false]');
});
