import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { person, startLive, type LiveSetup } from '../support/live.ts';
import { startProxy } from '../support/proxy.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-still-there-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const names = ['ann', 'bob', 'cid'];
const document = (members: string[]) => ({
  users: Object.fromEntries(names.map((name) => [name, person(name)])),
  groups: { admins: { members } },
  permissionSets: { Admin: { managedPolicies: ['AdministratorAccess'] } },
  assignments: [{ groups: ['admins'], permissionSets: ['Admin'], accounts: ['management'] }],
});
let live: LiveSetup;

beforeEach(async () => {
  live = await startLive();
  await live.apply(document(['ann', 'bob']));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await live.emulator.close();
});

/** Applies a file, and does something else just before the directory is read again. */
const apply = (members: string[], meanwhile: () => void): Promise<Ran> => applyFile(document(members), meanwhile);

async function applyFile(
  content: object,
  meanwhile: () => void,
  flags: readonly string[] = [],
  options: Partial<Io> = {},
): Promise<Ran> {
  let reads = 0;
  const proxy = await startProxy(live.emulator.url, (operation, forward) => {
    if (operation === 'ListUsers' && ++reads === 2) meanwhile();
    return forward();
  });
  vi.stubEnv('AWS_ENDPOINT_URL', proxy.url);
  const file = path.join(folder, 'identity.yaml');
  const { InstanceArn: instanceArn } = live.emulator.world.instance;
  const identityCenter = { region: 'us-east-1', instanceArn };
  const accounts = { management: '999988887777' };
  writeFileSync(file, JSON.stringify({ version: 1, identityCenter, accounts, ...content }));
  try {
    return await runIdc(['apply', '-f', file, '--yes', ...flags], { env: { AWS_ENDPOINT_URL: proxy.url }, ...options });
  } finally {
    await proxy.close();
  }
}

function leave(name: string): void {
  const { memberships, users } = live.emulator.world;
  const row = memberships.rows().find(({ UserId }) => users.get(UserId)?.UserName === name);
  if (row) memberships.delete(row.MembershipId);
}
const findUser = (name: string): string | undefined =>
  live.emulator.world.users.rows().find(({ UserName }) => UserName === name)?.UserId;
const members = (): (string | undefined)[] => {
  const { memberships, users } = live.emulator.world;
  return memberships.rows().map(({ UserId }) => users.get(UserId)?.UserName);
};

it('two runs that each remove one of two administrators leave one of them', async () => {
  const { code, err, out } = await apply(['bob'], () => leave('bob'));
  expect(err).toContain('Since this plan was made, membership admins/bob was removed or disabled outside this run.');
  expect({ code, members: members() }).toEqual({ code: 1, members: ['ann'] });
  expect(out).toContain('Incomplete: 0 created, 0 updated, 0 deleted, 0 failed, 1 skipped');
});

it('does not stop for what both runs remove, nor for what another person adds', async () => {
  const { code, err } = await apply(['bob'], () => leave('ann'));
  expect(code, err).toBe(0);
  expect(members()).toEqual(['bob']);
});

it('a plan without a removal reads the directory once', async () => {
  live.emulator.calls.length = 0;
  const { code, err } = await apply(['ann', 'bob', 'cid'], () => leave('bob'));
  expect(code, err).toBe(0);
  expect(live.emulator.calls.filter(({ operation }) => operation === 'ListUsers')).toHaveLength(1);
});

it('keeps an administrator who is only edited', async () => {
  const { users, ...rest } = document(['bob']);
  const edited = { ...rest, users: { ...users, bob: { ...person('bob'), title: 'Chief' } } };
  const { err } = await applyFile(edited, () => {
    live.emulator.world.users.delete(findUser('bob') ?? '');
  });
  expect(err).toContain('Since this plan was made, user bob was removed or disabled outside this run.');
  expect(members()).toContain('ann');
});

it('no longer counts an administrator who is disabled meanwhile', async () => {
  const { err } = await apply(['bob'], () => {
    const { users } = live.emulator.world;
    const bob = users.get(findUser('bob') ?? '');
    if (bob) users.put({ ...bob, UserStatus: 'DISABLED' });
  });
  expect(err).toContain('Since this plan was made, user bob was removed or disabled outside this run.');
  expect(members()).toContain('ann');
});

it('goes on where a user leaves on whom no guard depends', async () => {
  const { code, err } = await apply(['bob'], () => {
    live.emulator.world.users.delete(findUser('cid') ?? '');
  });
  expect(code, err).toBe(0);
  expect(members()).toEqual(['bob']);
});

it('Ctrl-C during the look leaves the removals undone', async () => {
  const stop = new AbortController();
  const { code, out } = await applyFile(document(['bob']), () => stop.abort(), [], { onInterrupt: () => stop.signal });
  expect({ code, members: members() }).toEqual({ code: 1, members: ['ann', 'bob'] });
  expect(out).toContain('0 failed, 1 skipped');
});

it('goes on where the user of a membership is gone already, however the directory is read', async () => {
  const more = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { members: [] }]));
  const { groups, ...rest } = document(['ann', 'bob', 'cid']);
  const ignore = { groups: ['old'] };
  await live.apply({ ...rest, groups: { ...groups, ...more, old: { members: ['cid'] } } });
  live.emulator.world.users.delete(findUser('cid') ?? '');
  const { cid: _gone, ...users } = rest.users;
  const { code, err } = await applyFile(
    { ...rest, users, groups: { admins: { members: ['bob'] }, ...more }, ignore },
    () => {},
    ['--orphans'],
  );
  expect(code, err).toBe(0);
});
