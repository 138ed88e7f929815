import type { AddressInfo } from 'node:net';
import { type Behaviour, defaultBehaviour, type Quotas } from './behaviour.ts';
import type { ChangeRecord } from './changes.ts';
import { checkLoad } from './load/options.ts';
import { createLogin } from './login.ts';
import { loadWorld, openStore } from './persistence.ts';
import { addMissing, callerOf, plantWorld } from './plant.ts';
import { checkPolicy } from './policy/document.ts';
import { type CallRecord, createRuntime } from './runtime.ts';
import { checkSeed, type Seed } from './seed.ts';
import { createHttpServer } from './server.ts';
import type { Stats } from './stats.ts';
import type { World } from './world.ts';

export type { Behaviour, Quotas } from './behaviour.ts';
export type { ChangeRecord } from './changes.ts';
export { type Load, realisticLoad } from './load/options.ts';
export type * from './rows.ts';
export type { CallRecord } from './runtime.ts';
export { parsePolicy } from './policy/document.ts';
export { parseSeed, type Seed, type SeedAccount } from './seed.ts';
export type { Stats } from './stats.ts';
export type { Table } from './table.ts';
export { assignmentKey, memberKey, pairKey, principalKey, type World } from './world.ts';

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
  behaviour?: Partial<Omit<Behaviour, 'quotas'>> & { quotas?: Partial<Quotas> };
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
  close(): Promise<void>;
}

/**
 * A local IAM Identity Center for any AWS client: sso-admin, identitystore, organizations, STS's GetCallerIdentity, and
 * what it takes to sign in (sso-oidc, sso, and pages for a browser) on one port. Requests may be signed with any credentials or not at all, for signatures are never checked; the Region they
 * are signed for does matter, as it does at AWS. Serve it on loopback only: whoever reaches the port may do everything.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1', store: file, keepCalls = true, onCall, onChange } = options;
  const behaviour = behaviourOf(options.behaviour);
  const policy = options.policy === undefined ? undefined : checkPolicy(options.policy);
  const seed = options.seed === undefined ? undefined : checkSeed(options.seed);
  const stored = file === undefined ? undefined : await loadWorld(file);
  const world = stored ?? plantWorld(seed ?? {}, behaviour.now());
  if (stored && seed) addMissing(stored, seed, behaviour.now());

  const store = file === undefined ? undefined : openStore(file, world);
  const runtime = createRuntime({
    world,
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

function behaviourOf({ quotas, ...given }: NonNullable<EmulatorOptions['behaviour']> = {}): Behaviour {
  const defaults = defaultBehaviour();
  if (given.load) checkLoad(given.load);
  return { ...defaults, ...given, quotas: { ...defaults.quotas, ...quotas } };
}
