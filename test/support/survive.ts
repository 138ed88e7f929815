import { connect, type Aws } from '../../src/aws/connect.ts';
import { localLimits } from '../../src/aws/client/limits.ts';
import { applyWith } from '../../src/cli/run/apply.ts';
import { loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import { everyFault, type World } from '../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator } from './emulator.ts';
import { seed as worldSeed, type Document } from './changes.ts';
import { testClock } from './clock.ts';
import { access } from './held.ts';
import { startProxy } from './proxy.ts';
import { silentIo } from './silent-io.ts';

/** A change of an organisation, under faults, and where it is interrupted. */
export interface Ordeal {
  before: Document;
  after: Document;
  /** New names of permission sets to old. */
  renamed: ReadonlyMap<string, string>;
  /** Of the faults. */
  seed: number;
  /** How long the service takes over an assignment or a provisioning. */
  asyncMs: number;
  /** After so many calls of the run that makes the change. */
  interruptAt: number;
  /** `stop`: the run finishes what it has begun; `kill`: it is cut off at once. */
  how: 'stop' | 'kill';
}

export interface Survived {
  calls: number;
  /** Calls that met an injected fault. */
  faults: number;
  /** Runs that it took after the interrupted one. */
  runs: number;
  /** What must never be: empty. */
  wrong: string[];
}

/** Runs after which a change must be whole, whatever happened. */
const runsAtMost = 8;

/** Carries the change out under faults, interrupted once and run again, and lets the emulator's own log judge it. */
export async function survive({ before, after, renamed, seed, asyncMs, interruptAt, how }: Ordeal): Promise<Survived> {
  const moments: { held: ReadonlySet<string>; by: string }[] = [];
  let isChanging = false;
  const emulator = await startEmulator({
    seed: worldSeed,
    behaviour: { asyncMs, faults: { ...everyFault(seed), behindMs: 20 } },
    onChange: (change, world) => {
      if (isChanging) moments.push({ held: heldIn(world, renamed), by: JSON.stringify(change) });
    },
  });
  try {
    const reached = await runUntilDone(emulator.url, load(before));
    const start = heldIn(emulator.world, renamed);
    isChanging = true;
    await interruptedRun(emulator, load(after), interruptAt, how);
    const runs = await runUntilDone(emulator.url, load(after));
    isChanging = false;
    const end = heldIn(emulator.world, renamed);
    const lost = moments.flatMap(({ held, by }) =>
      [...start].filter((key) => end.has(key) && !held.has(key)).map((key) => `${key} is lost on the way, by ${by}`),
    );
    return {
      calls: emulator.calls.length,
      faults: emulator.calls.filter(({ fault }) => fault !== undefined).length,
      runs: runs ?? runsAtMost,
      wrong: [
        ...(reached === undefined ? ['the state before is never reached'] : []),
        ...(runs === undefined ? ['the state after is never reached'] : []),
        ...lost,
        ...leftOver(emulator.world),
      ],
    };
  } finally {
    await emulator.close();
  }
}

/** One person stays an administrator, so that the guards, which are in force, have nothing against a change. */
function load({ users, permissionSets, assignments, ...rest }: Document): LoadedFile {
  const keeper = { user: 'keeper', permissionSet: 'Keeper', account: 'root' };
  const value = {
    ...rest,
    users: { ...users, keeper: { givenName: 'K', familyName: 'K' } },
    permissionSets: { ...permissionSets, Keeper: { managedPolicies: ['AdministratorAccess'] } },
    assignments: [...assignments, { users: ['keeper'], permissionSets: ['Keeper'], accounts: ['root'] }],
    safety: { maxRemovals: '100%', protected: [keeper] },
  };
  return loadIdentityFile('identity.yaml', () => JSON.stringify(value));
}

/** Who holds what, by names: a key without its content, for what is edited is kept all the same. */
function heldIn(world: World, renamed: ReadonlyMap<string, string>): Set<string> {
  const keys = [...access(world, renamed).keys()].flatMap((key) => {
    const [id = '', ...rest] = key.split(' ');
    const name = world.users.get(id)?.UserName;
    return name === undefined ? [] : [[name, ...rest].join(' ')];
  });
  return new Set(keys);
}

// Patience is short here: the emulator lags by milliseconds, and silence is the client's to end.
const limits = { ...localLimits, backoffMs: 2, backoffCapMs: 20, pollMs: 3, pollCapMs: 20, silenceMs: 150 };

async function open(url: string): Promise<Aws> {
  return await connect({
    clock: testClock,
    region: 'us-east-1',
    local: { endpoint: url },
    askCaller: false,
    limits,
  });
}

/** `idc apply --yes --orphans`, over a connection of its own: whether there was nothing left to do, as far as it could see. */
async function runOnce(url: string, file: LoadedFile, signal = new AbortController().signal): Promise<boolean> {
  const { io, said } = silentIo({ onInterrupt: () => signal });
  const session = { aws: await open(url), runId: 'soak', doneReading: () => {} };
  const code = await applyWith(io, { yes: true, orphans: true, local: true, format: 'json' }, session, file, {
    reviewed: [],
  });
  if (code === 3) throw new RefusedChange(said.err + said.out);
  return code === 0 && (JSON.parse(said.out) as { succeeded: unknown[] }).succeeded.length === 0;
}

/** No guard has anything against these changes: one that refuses is wrong. */
class RefusedChange extends Error {}

/** What a run that fails has done is the next one's to see. */
const orNot = (error: unknown): false => {
  if (error instanceof RefusedChange) throw error;
  return false;
};

/** How many runs it takes until one after a pause, so that no host is behind, finds nothing to do. */
async function runUntilDone(url: string, file: LoadedFile): Promise<number | undefined> {
  for (let runs = 1; runs <= runsAtMost; runs += 1) {
    await testClock.sleep(40);
    if (await runOnce(url, file).catch(orNot)) return runs;
  }
  return undefined;
}

/** A run that is asked to stop, or is cut off, after so many calls. */
async function interruptedRun(
  emulator: TimedEmulator,
  file: LoadedFile,
  calls: number,
  how: Ordeal['how'],
): Promise<void> {
  const stop = new AbortController();
  let seen = 0;
  const proxy = await startProxy(emulator.url, async (_operation, forward) => {
    seen += 1;
    if (seen < calls) return forward();
    if (how === 'stop') {
      stop.abort();
      return forward();
    }
    // Every second run dies before its last call has arrived, the others after it.
    if (seen === calls && calls % 2 === 0) await forward();
    throw new Error('cut off');
  });
  try {
    await runOnce(proxy.url, file, stop.signal).catch(orNot);
  } finally {
    await proxy.close();
  }
}

/** What no state may have, whatever the file says. */
function leftOver({
  assignments,
  applicationAssignments,
  memberships,
  users,
  groups,
  permissionSets,
}: World): string[] {
  const twice = (what: string, keys: string[]): string[] =>
    keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${what} ${key} is there twice`);
  const orphans = [...assignments.rows(), ...applicationAssignments.rows()].filter(
    ({ PrincipalType, PrincipalId }) => !(PrincipalType === 'USER' ? users : groups).has(PrincipalId),
  );
  return [
    ...orphans.map(({ PrincipalId }) => `an assignment of ${PrincipalId}, who is gone, is left`),
    ...twice(
      'the membership',
      memberships.rows().map(({ GroupId, UserId }) => `${GroupId} ${UserId}`),
    ),
    ...twice(
      'the user',
      users.rows().map(({ UserName }) => UserName.toLowerCase()),
    ),
    ...twice(
      'the group',
      groups.rows().map(({ DisplayName }) => DisplayName),
    ),
    ...twice(
      'the permission set',
      permissionSets.rows().map(({ Name }) => Name),
    ),
  ];
}
