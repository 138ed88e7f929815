import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import { runCli } from '../../../src/cli/program.ts';
import { testClock } from '../clock.ts';
import { inFolder } from '../in-folder.ts';
import { silentIo } from '../silent-io.ts';

/** Puts `idc`, bundled as it is published, into a folder for the path; answers the folder. */
export async function installProgram(folder: string): Promise<string> {
  bundled ??= bundle(mkdtempSync(path.join(tmpdir(), 'idc-bundle-')));
  const { program } = await bundled;
  return writeProgram(folder, `exec '${process.execPath}' '${program}' "$@"`);
}

let bundled: ReturnType<typeof bundle> | undefined;

/**
 * The same without a Node.js for each command: the `idc` on the path hands its folder, arguments and environment to this
 * process, which runs the command and answers its exit code and the folder of what it wrote.
 */
export async function installHandover(folder: string): Promise<string> {
  const server = createServer((socket) => {
    let asked = '';
    socket.setEncoding('utf8').on('data', (text) => {
      asked += text;
      const call = parseCall(asked);
      if (call) void carryOut(call, mkdtempSync(path.join(folder, 'said-'))).then((answer) => socket.end(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return writeProgram(
    folder,
    `exec 3<>/dev/tcp/127.0.0.1/${(server.address() as AddressInfo).port}
{ printf '%s\\0' "$PWD" "$#" "$@"; env -0; printf 'end\\0'; } >&3
read -r code said <&3
# Without cat, which is a process of its own.
IFS= read -r -d '' out < "$said/out"
IFS= read -r -d '' err < "$said/err"
printf %s "$out"
printf %s "$err" >&2
exit "$code"`,
  );
}

interface Call {
  folder: string;
  args: string[];
  env: Record<string, string>;
}

/** Undefined until all of it has arrived. */
function parseCall(text: string): Call | undefined {
  const [folder = '', count = '', ...rest] = text.split('\0');
  const args = rest.slice(0, Number(count));
  const variables = rest.slice(args.length);
  const end = variables.indexOf('end');
  if (end === -1) return undefined;
  const pairs = variables.slice(0, end).map((one): [string, string] => {
    const at = one.indexOf('=');
    return [one.slice(0, at), one.slice(at + 1)];
  });
  return { folder, args, env: Object.fromEntries(pairs) };
}

async function carryOut({ folder, args, env }: Call, said: string): Promise<string> {
  const run = silentIo({ ...testClock, env });
  const code = await inFolder(folder, () => runCli(args, run.io, '0.0.0-test'), env);
  writeFileSync(path.join(said, 'out'), run.said.out);
  writeFileSync(path.join(said, 'err'), run.said.err);
  return `${code} ${said}\n`;
}

function writeProgram(folder: string, script: string): string {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, 'idc'), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  return bin;
}
