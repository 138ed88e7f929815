import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Seed } from '../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator } from './emulator.ts';
import type { Io } from '../../src/cli/io.ts';
import { accounts } from './live.ts';
import { plant, type Organisation } from './organisation.ts';
import { runIdc, type Ran } from './run-idc.ts';

/** A folder with an identity.yaml and the local Identity Center beside it, for the length of one test. */
export interface LocalFolder {
  folder: string;
  file: string;
  /** Writes the file anew; everything but the version has a default. */
  write(document: object): void;
  idc(args: readonly string[], io?: Partial<Io>): Promise<Ran>;
  /** Opens what the CLI keeps, between two runs of it. */
  visit<Result>(work: (emulator: TimedEmulator) => Promise<Result> | Result, seed?: Seed): Promise<Result>;
  /** Makes what is live before the first run. */
  plant(organisation: Organisation, seed?: Seed): Promise<void>;
}

export function createLocalFolder(document: object): LocalFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-local-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'identity.yaml');
  const local: LocalFolder = {
    folder,
    file,
    write: (next) => writeFileSync(file, JSON.stringify({ version: 1, identityCenter: home, accounts, ...next })),
    idc: ([command = '', ...args], io) => runIdc([command, '-f', file, '--local', ...args], io),
    async visit(work, seed = {}) {
      mkdirSync(path.join(folder, '.idc'), { recursive: true });
      const emulator = await startEmulator({
        store: path.join(folder, '.idc', 'local.json'),
        seed: { ...ownSeed, ...seed },
        behaviour: { asyncMs: 1 },
      });
      try {
        return await work(emulator);
      } finally {
        await emulator.close();
      }
    },
    plant: (organisation, seed) => local.visit((emulator) => plant(emulator, organisation), seed),
  };
  local.write(document);
  return local;
}

const home = { region: 'us-east-1' };
const ownSeed: Seed = {
  ...home,
  managementAccountId: accounts.management,
  accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
};
