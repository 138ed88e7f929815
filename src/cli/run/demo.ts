import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCodes, type Io } from '../io.ts';

const steps: readonly (readonly string[])[] = [
  ['validate'],
  ['plan', '--local'],
  ['apply', '--local', '--yes'],
  ['plan', '--local', '--detailed-exitcode'],
  ['profiles', 'hanako'],
];

/** Runs the main job as a person would, each command as a program of its own; ends at the first that fails. */
export async function demo(io: Io, { keep = false, color }: { keep?: boolean; color?: boolean }): Promise<number> {
  // Ctrl-C ends the program that runs; this one removes the folder then.
  io.onInterrupt();
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-demo-'));
  try {
    for (const name of ['identity.yaml', 'policies']) {
      cpSync(path.join(io.packageFolder, name), path.join(folder, name), { recursive: true });
    }
    for (const step of steps) {
      io.out(`\n$ idc ${step.join(' ')}\n`);
      const code = await io.runIdc([...step, ...(color === false ? ['--no-color'] : [])], folder);
      if (code !== exitCodes.done) return code;
    }
    if (keep) io.out(`\nThe folder is ${folder}. Change identity.yaml in it, and run: idc plan --local\n`);
    return exitCodes.done;
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}
