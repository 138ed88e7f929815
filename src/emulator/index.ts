import type { AddressInfo } from 'node:net';
import { type Behaviour, type BehaviourOptions, createBehaviour } from './core/behaviour.ts';
import type { ChangeRecord } from './core/changes.ts';
import type { World } from './core/world.ts';
import { checkFaults, type Faults } from './faults/options.ts';
import { checkLoad } from './load/options.ts';
import { checkPolicy } from './policy/document.ts';
import { registry } from './resources/index.ts';
import type { CallRecord } from './server/call-record.ts';
import { createHttpServer } from './server/http.ts';
import { createLogin } from './server/login.ts';
import { createRuntime } from './server/runtime.ts';
import type { Stats } from './server/stats.ts';
import { addMissing, callerOf, plantWorld } from './state/plant.ts';
import { checkSeed, type Seed } from './state/seed.ts';
import { loadWorld, openStore } from './state/store.ts';

export type { Behaviour, Quotas } from './core/behaviour.ts';
export type { ChangeRecord } from './core/changes.ts';
export type { Table } from './core/table.ts';
export type { World } from './core/world.ts';
export { everyFault, type Fault, type Faults, type ScriptedFault } from './faults/options.ts';
export { type Load, realisticLoad } from './load/options.ts';
export { parsePolicy } from './policy/document.ts';
export type { PermissionSet } from './resources/permission-set/table.ts';
export type { CallRecord } from './server/call-record.ts';
export type { Stats } from './server/stats.ts';
export { parseSeed, type Seed, SeedError, seedJsonSchema } from './state/seed.ts';

export interface EmulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  seed?: Seed;
  /** A JSON file that keeps the state from run to run. Where it exists it wins over the seed, which only adds to it. */
  store?: string;
  /** An IAM identity policy document: what the caller's role allows. Without one it allows everything. */
  policy?: object;
  behaviour?: BehaviourOptions;
  /** False: `calls` stays empty, for a server that runs for weeks. */
  keepCalls?: boolean;
  /** Hears of every call once it is answered. */
  onCall?: (entry: CallRecord) => void;
  /** Hears of every change of the effective state the moment it takes effect. */
  onChange?: (change: ChangeRecord, world: World) => void;
}

export interface Emulator {
  /** What to give an AWS client as its endpoint. */
  url: string;
  port: number;
  calls: CallRecord[];
  /** Kept current. */
  stats: Readonly<Stats>;
  world: World;
  /** Replaces the policy while it runs; undefined allows everything again. */
  setPolicy(document: object | undefined): void;
  /** Replaces the faults while it runs, and counts calls from the start again; undefined: no more faults. */
  setFaults(faults: Faults | undefined): void;
  close(): Promise<void>;
}

/**
 * A local IAM Identity Center for any AWS client: sso-admin, identitystore, organizations, GetCallerIdentity and
 * AssumeRole of STS, ListRoles of IAM, and what it takes to sign in (sso-oidc, sso, and pages for a browser) on one port. Requests may be
 * signed with any credentials or not at all, for signatures are never checked; those that the emulator gave are told by
 * their keys. The Region they are signed for does matter, as it does at
 * AWS. Serve it on loopback only: any program that reaches the port may do everything.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1', store: file, keepCalls = true, onCall, onChange } = options;
  const behaviour = behaviourOf(options.behaviour);
  const policy = options.policy === undefined ? undefined : checkPolicy(options.policy);
  const seed = options.seed === undefined ? undefined : checkSeed(options.seed);
  const stored = file === undefined ? undefined : await loadWorld(registry.tables, file);
  const world = stored ?? plantWorld(registry, behaviour, seed ?? {});
  if (stored && seed) addMissing(stored, registry, behaviour, seed);

  const store = file === undefined ? undefined : openStore(file, world);
  const runtime = createRuntime({
    world,
    registry,
    behaviour,
    caller: callerOf(world, seed ?? {}),
    keepCalls,
    ...(policy && { policy }),
    ...(store && { store }),
    ...(onCall && { onCall }),
    ...(onChange && { onChange }),
  });
  const server = createHttpServer(runtime, createLogin(world, behaviour, runtime));
  try {
    // What was planted is kept too, so that ids are the same in the next run.
    await store?.save();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    runtime.stop();
    throw error;
  }

  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    calls: runtime.calls,
    stats: runtime.stats,
    world,
    setPolicy: (document) => runtime.setPolicy(document === undefined ? undefined : checkPolicy(document)),
    setFaults: (faults) => runtime.setFaults(faults && checkFaults(faults)),
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      runtime.stop();
      await store?.save();
    },
  };
}

function behaviourOf(given: BehaviourOptions = {}): Behaviour {
  if (given.load) checkLoad(given.load);
  if (given.faults) checkFaults(given.faults);
  return createBehaviour([...registry.defaults, given]);
}
