import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { runIdc, type Ran } from '../run-idc.ts';
import type { GitHubStandIn } from './server.ts';

/** A folder for the length of one test. */
export function createFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-github-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `idc github …` as a step of a job would; `outputs` is what it hands to the next steps. */
export async function runStep(
  github: GitHubStandIn,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran & { outputs: Record<string, string> }> {
  const file = path.join(createFolder(), 'outputs');
  writeFileSync(file, '');
  const ran = await runIdc(['github', ...args], {
    env: { ...github.env(), GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: file, ...env },
  });
  return { ...ran, outputs: readOutputs(readFileSync(file, 'utf8')) };
}

/** As the runner reads the file: `name=value`, or `name<<DELIMITER` and lines up to the delimiter. */
export function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, name = '', delimiter] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (delimiter === undefined) {
      const [key = '', ...value] = line.split('=');
      outputs[key] = value.join('=');
      continue;
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end === -1) throw new Error(`${name} has no end`);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}
