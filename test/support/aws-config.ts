import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A home folder of its own for one test, with an AWS config where one is given. */
export function createHome(config?: string | Uint8Array): {
  home: string;
  folder: string;
  config: string;
  env: Record<string, string>;
  read(): string;
} {
  const home = mkdtempSync(path.join(tmpdir(), 'idc-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = path.join(home, '.aws');
  const file = path.join(folder, 'config');
  if (config !== undefined) {
    mkdirSync(folder);
    writeFileSync(file, config);
  }
  return { home, folder, config: file, env: { HOME: home }, read: () => readFileSync(file, 'latin1') };
}
