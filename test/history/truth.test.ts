import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Identitystore } from '@aws-sdk/client-identitystore';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openRecord } from '../../src/applier/record.ts';
import { connect } from '../../src/aws/connect.ts';
import { isWrite } from '../../src/aws/client/writes.ts';
import { localLimits } from '../../src/aws/client/limits.ts';
import { applyWith } from '../../src/cli/run/apply.ts';
import { loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import type { HistoryRecord } from '../../src/core/apply-record.ts';
import { everyFault, type World } from '../../src/emulator/index.ts';
import { parseApplyRecord } from '../../src/formats/record.ts';
import { chainRecord } from '../../src/history/chain.ts';
import { periodsOf, type Period } from '../../src/history/periods.ts';
import { recordsOf, verifyChain } from '../../src/history/verify.ts';
import { recordPath } from '../../src/history/chain.ts';
import { change, seed as worldSeed, type Document } from '../support/changes.ts';
import { testClock } from '../support/clock.ts';
import { depth } from '../support/depth.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { access } from '../support/held.ts';
import { startProxy } from '../support/proxy.ts';
import { silentIo } from '../support/silent-io.ts';

// A history of 50 applies, some interrupted, some cut off at once, under faults, with edits by another tool between them. The
// emulator's own log is the judge: it notes every change of who holds what the moment it takes effect.

const applies = 50;
/** Some find nothing to do, and have no record. */
const tries = 80;

/** How an apply goes: to its end, is asked to stop after so many writes, or is cut off then. */
const course = fc.record({
  how: fc.constantFrom('whole', 'whole', 'stop', 'kill'),
  writes: fc.integer({ min: 1, max: 15 }),
  /** Another tool edits before it, and the file stays the same. */
  edits: fc.integer({ min: 0, max: 3 }).map((number) => number === 0),
  /** The seed of faults of the service; most applies meet none. */
  faults: fc.oneof(fc.constant(null), fc.constant(null), fc.integer()),
});
type Course = typeof course extends fc.Arbitrary<infer T> ? T : never;

/** Who holds what before and after an apply, by the emulator: `USERID SET ACCOUNT`. */
interface Truth {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
  /** All that was held at any moment from the one to the other. */
  ever: ReadonlySet<string>;
  /** The ids of the users after it. */
  ids: ReadonlyMap<string, string>;
}

const heldIn = (world: World): Set<string> =>
  new Set([...access(world, new Map()).keys()].filter((key) => world.users.get(key.split(' ')[0] ?? '') !== undefined));

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

const limits = { ...localLimits, backoffMs: 2, backoffCapMs: 20, pollMs: 3, pollCapMs: 20, silenceMs: 150 };

/** Applies a file and answers the record that is on the disk when the process ends, however it does; undefined where none is. */
async function applyOnce(
  emulator: TimedEmulator,
  file: LoadedFile,
  { how, writes }: Course,
): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-history-'));
  const name = path.join(folder, 'record.json');
  const onDisk = (): string | undefined => {
    try {
      return readFileSync(name, 'utf8');
    } catch {
      return undefined;
    }
  };
  const stop = new AbortController();
  let seen = 0;
  let left: { text: string | undefined } | undefined;
  const proxy = await startProxy(emulator.url, async (operation, forward) => {
    if (isWrite(operation)) seen += 1;
    if (how === 'whole' || seen < writes) return forward();
    if (how === 'stop') {
      stop.abort();
      return forward();
    }
    // Every second one dies before its last call has arrived, the others after it.
    if (!left && writes % 2 === 0) await forward();
    left ??= { text: onDisk() };
    throw new Error('cut off');
  });
  const runId = crypto.randomUUID();
  const { io } = silentIo({ onInterrupt: () => stop.signal, now: testClock.now });
  const watcher = openRecord(name, { runId, version: 'test' }, io);
  try {
    const aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: proxy.url },
      askCaller: false,
      limits,
      writes: watcher,
    });
    const session = { aws, runId, doneReading: () => {}, watcher };
    await applyWith(io, { yes: true, local: true, format: 'json' }, session, file, { reviewed: [] });
  } catch {
    // What has been done until then counts.
  } finally {
    watcher.close();
    await proxy.close();
  }
  const text = left ? left.text : onDisk();
  rmSync(folder, { recursive: true });
  return text;
}

/** Another tool takes people out of groups. */
async function edit({ url, world }: TimedEmulator, count: number): Promise<void> {
  const store = new Identitystore({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { IdentityStoreId } = world.instance;
  for (const { MembershipId } of [...world.memberships.rows()].slice(0, count)) {
    await store.deleteGroupMembership({ IdentityStoreId, MembershipId });
  }
}

/** Goes through all of it; answers the records and what the emulator saw of each. */
async function live(
  documents: readonly Document[],
  courses: readonly Course[],
): Promise<{ records: HistoryRecord[]; truths: Truth[] }> {
  let ever = new Set<string>();
  const emulator = await startEmulator({
    seed: worldSeed,
    behaviour: { asyncMs: 20, faults: undefined },
    onChange: (_change, world) => {
      for (const key of heldIn(world)) ever.add(key);
    },
  });
  const records: HistoryRecord[] = [];
  const truths: Truth[] = [];
  try {
    for (const [index, way] of courses.entries()) {
      if (records.length === applies) break;
      const document = documents[index - Number(way.edits && index > 0)] as Document;
      emulator.setFaults(undefined);
      if (way.edits) await edit(emulator, 2);
      if (way.faults !== null) emulator.setFaults({ ...everyFault(way.faults), behindMs: 20 });
      const before = heldIn(emulator.world);
      ever = new Set(before);
      const text = await applyOnce(emulator, load(document), way);
      // What is under way in AWS goes on without the run.
      await testClock.sleep(2000);
      await testClock.sleep(2000);
      const record = text === undefined ? undefined : parseApplyRecord(text);
      if (!record || record.result === 'nothing') {
        // An apply without a record has changed nothing.
        expect(heldIn(emulator.world), `apply ${index}`).toEqual(before);
        continue;
      }
      records.push(chainRecord(record, { pullRequests: [], approvals: [] }, records.at(-1)));
      const ids = new Map([...emulator.world.users.rows()].map(({ UserName, UserId }) => [UserName, UserId]));
      truths.push({ before, after: heldIn(emulator.world), ever, ids });
    }
  } finally {
    await emulator.close();
  }
  return { records, truths };
}

function tell(records: readonly HistoryRecord[], periods: readonly Period[]): string {
  const count = (wanted: string): number => records.filter(({ result }) => result === wanted).length;
  const doubts = periods.filter(({ began, ended }) => began?.isUncertain ?? ended?.isUncertain).length;
  const outside = periods.filter(({ ended }) => ended?.isOutside).length;
  return `${records.length} records (${count('interrupted')} interrupted, ${count('failed')} failed), ${periods.length} periods (${doubts} uncertain, ${outside} ended outside)`;
}

/** A person whose id no record has, since AWS had not told it when the apply was ended, is known by name. */
function keyOf({ user, userId, permissionSet, account, began, ended }: Period, truths: readonly Truth[]): string {
  const truth = truths[((began ?? ended)?.record ?? 0) - 1];
  return `${userId ?? truth?.ids.get(user) ?? ''} ${permissionSet} ${account}`;
}

/** What the periods say that the emulator's log does not; and what it has that they don't say. */
function findLies(records: readonly HistoryRecord[], truths: readonly Truth[], periods: readonly Period[]): string[] {
  const lies: string[] = [];
  const began = new Map<string, Period>();
  const ended = new Map<string, Period>();
  for (const period of periods) {
    const key = keyOf(period, truths);
    const { began: from, ended: to } = period;
    if (from) began.set(`${from.record} ${key}`, period);
    if (to && !to.isOutside) ended.set(`${to.record} ${key}`, period);
    const at = (number: number): Truth => truths[number - 1] as Truth;
    const lie = (text: string): void => void lies.push(`${key} ${text}: ${JSON.stringify({ from, to })}`);
    if (from && at(from.record).before.has(key)) lie('was held before it began');
    if (from && !from.isUncertain && !at(from.record).after.has(key)) lie('was not held after it began');
    if (to && !to.isOutside && !at(to.record).before.has(key)) lie('was not held before it ended');
    if (to && !to.isOutside && !to.isUncertain && at(to.record).after.has(key)) lie('was held after it ended');
    if (to?.isOutside && at(to.record).before.has(key)) lie('was held where it had ended outside');
  }
  for (const [index, { before, after }] of truths.entries()) {
    const { number, access: recorded } = records[index] as HistoryRecord;
    for (const key of after) {
      if (!before.has(key) && !began.has(`${number} ${key}`))
        lies.push(`${key} began by ${number}, and no one says so`);
    }
    for (const key of before) {
      if (!after.has(key) && !ended.has(`${number} ${key}`)) lies.push(`${key} ended by ${number}, and no one says so`);
    }
    const doubts = [...began.values(), ...ended.values()].filter(
      ({ began: from, ended: to }) =>
        (from?.record === number && from.isUncertain) || (to?.record === number && to.isUncertain),
    );
    if (!recorded.perhaps && doubts.length > 0) lies.push(`record ${number} has doubts without a reason`);
  }
  return lies;
}

it('a history of 50 applies: each answer is true against the log of the emulator', { timeout: 600_000 }, async () => {
  const { numRuns, seed = Math.floor(Math.random() * 2 ** 31) } = depth(1);
  console.info(`seed ${seed}`);
  const busy = change
    .map(({ after }) => after)
    .filter(({ groups, assignments }) => assignments.length > 1 && Object.keys(groups).length > 0);
  const documents = fc.sample(busy, { numRuns: numRuns * tries, seed });
  const courses = fc.sample(course, { numRuns: numRuns * tries, seed });
  for (let run = 0; run < numRuns; run += 1) {
    const part = <Item>(items: readonly Item[]): Item[] => items.slice(run * tries, (run + 1) * tries);
    const { records, truths } = await live(part(documents), part(courses));
    const everything = { user: () => true, permissionSet: () => true, account: () => true };
    const periods = periodsOf(records, everything);
    expect(records).toHaveLength(applies);
    expect(findLies(records, truths, periods), `seed ${seed}`).toEqual([]);

    // What is asked about one person, set and account is what is known of all of them.
    for (const name of ['ann', 'keeper']) {
      const of = periodsOf(records, { ...everything, user: (one) => one === name });
      const ids = new Set(records.flatMap(({ users }) => users[name] ?? []));
      expect(of).toEqual(periods.filter(({ user, userId = '' }) => user === name || ids.has(userId)));
    }
    const files = records.map((record) => ({ path: recordPath(record), record }));
    expect(verifyChain(files)).toEqual([]);
    expect(recordsOf(files)).toEqual(records);

    console.info(tell(records, periods));
    // All kinds of ends have been there, or this shows little.
    const results = new Set(records.map(({ result }) => result));
    expect(results).toEqual(new Set([...results, 'applied', 'interrupted']));
    expect(periods.some(({ began, ended }) => began?.isUncertain ?? ended?.isUncertain)).toBe(true);
    expect(periods.some(({ ended }) => ended?.isOutside)).toBe(true);
    expect(periods.length).toBeGreaterThan(100);
  }
});
