import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCli } from '../../src/cli/program.ts';
import type { Emulator } from '../../src/emulator/index.ts';
import { silentIo } from './silent-io.ts';

/** What a run is for, and so under which policy it runs. */
export type Purpose = 'plan' | 'apply';

const running = new Set<Emulator>();
const runs: Purpose[] = [];

/**
 * Lets a run of the CLI go on under exactly the policy that `idc iam-policy` prints for it, in every emulator of this
 * thread. What a test does between two runs it does without one.
 */
export async function under<Result>(purpose: Purpose, run: () => Promise<Result>): Promise<Result> {
  runs.push(purpose);
  try {
    await enforce();
    return await run();
  } finally {
    runs.splice(runs.indexOf(purpose), 1);
    await enforce();
  }
}

/** Keeps an emulator under the policy that is in force, until it is closed. */
export async function watch(emulator: Emulator): Promise<void> {
  running.add(emulator);
  if (runs.length > 0) await enforce([emulator]);
}

export function unwatch(emulator: Emulator): void {
  running.delete(emulator);
}

async function enforce(emulators: Iterable<Emulator> = running): Promise<void> {
  for (const emulator of emulators) {
    // Read after the wait, when another run may have begun or ended.
    const policies = { plan: await printed('plan', emulator), apply: await printed('apply', emulator) };
    emulator.setPolicy(runs.includes('apply') ? policies.apply : runs.includes('plan') ? policies.plan : undefined);
  }
}

const documents = new Map<string, Promise<object>>();

/** The policy that the command prints, as narrow as it can be for this emulator. */
export function printed(purpose: Purpose, { world }: Emulator): Promise<object> {
  const { InstanceArn, IdentityStoreId } = world.instance;
  const { ManagementAccountId } = world.organization;
  const key = [purpose, InstanceArn, IdentityStoreId, ManagementAccountId].join(' ');
  const known = documents.get(key) ?? print();
  documents.set(key, known);
  return known;

  async function print(): Promise<object> {
    const folder = mkdtempSync(path.join(tmpdir(), 'idc-in-force-'));
    try {
      const file = path.join(folder, 'identity.yaml');
      writeFileSync(file, JSON.stringify({ version: 1, identityCenter: { instanceArn: InstanceArn } }));
      const { io, said } = silentIo();
      const ids = ['--management-account', ManagementAccountId, '--identity-store', IdentityStoreId];
      const code = await runCli(['iam-policy', purpose, '-f', file, ...ids], io, '0.0.0-test');
      if (code !== 0) throw new Error(said.err);
      return JSON.parse(said.out) as object;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
