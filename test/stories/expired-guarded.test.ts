import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Seed } from '../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { observe, plant } from '../support/organisation.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

// A run that only removes expired access leaves what the guards of access protect, and removes the rest.

const [management, production] = ['999988887777', '111122223333'];
const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const seed: Seed = {
  region: 'us-east-1',
  instanceArn,
  managementAccountId: management,
  accounts: [
    { id: management, name: 'management' },
    { id: production, name: 'production' },
  ],
};
const user = (name: string) => ({ DisplayName: name, Name: { GivenName: name, FamilyName: name } });
const permissionSets = { Admin: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, Read: {} };
const expires = '2026-06-14';
const grant = (principal: object, permissionSet: string, account: string, more: object = { expires }): object => ({
  ...principal,
  permissionSets: [permissionSet],
  accounts: [account],
  ...more,
});
const anns = grant({ users: ['ann'] }, 'Read', production);
const annsRead = `USER ann Read ${production}`;

const folder = mkdtempSync(path.join(tmpdir(), 'idc-guarded-'));
const identity = path.join(folder, 'identity.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => vi.unstubAllEnvs());

interface Case {
  assignments: string[];
  entries: object[];
  more?: object;
  seed?: Partial<Seed>;
}

/** Ann's expired access is there each time, for the guards to say nothing about. */
async function withLive<Result>(
  { assignments, entries, more = {}, seed: own }: Case,
  work: (idc: (...args: string[]) => Promise<Ran>, emulator: TimedEmulator) => Promise<Result>,
): Promise<Result> {
  const emulator = await startEmulator({ seed: { ...seed, ...own }, behaviour: { asyncMs: 1 } });
  try {
    await plant(emulator, {
      users: { ann: user('ann'), cid: user('cid'), dan: user('dan') },
      groups: { ops: { members: ['cid', 'dan'] } },
      permissionSets,
      assignments: [annsRead, ...assignments],
    });
    const document = {
      version: 1,
      identityCenter: { region: 'us-east-1', instanceArn, directory: 'external' },
      permissionSets: { Admin: { managedPolicies: ['AdministratorAccess'] }, Read: {} },
      ...more,
      assignments: [anns, ...entries],
    };
    writeFileSync(identity, JSON.stringify(document, null, 1));
    vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
    const env = { AWS_ENDPOINT_URL: emulator.url };
    return await work((command = '', ...args) => runIdc([command, '-f', identity, ...args], { env }), emulator);
  } finally {
    await emulator.close();
  }
}
const protecting = (one: object): object => ({ safety: { protected: [{ permissionSet: 'Admin', ...one }] } });
const caller = {
  accountId: management,
  arn: `arn:aws:sts::${management}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/cid`,
};

it.each<[what: string, guard: string, stays: string[], labels: string[], made: Case]>([
  [
    'the last administrator of the management account',
    'last-administrator',
    [`USER cid Admin ${management}`],
    ['Admin in management to cid'],
    {
      assignments: [`USER cid Admin ${management}`, `USER cid Read ${production}`],
      entries: [grant({ users: ['cid'] }, 'Admin', management), grant({ users: ['cid'] }, 'Read', production)],
    },
  ],
  [
    'the last of several expired administrators',
    'last-administrator',
    [`USER dan Admin ${management}`],
    ['Admin in management to dan'],
    {
      assignments: [`USER cid Admin ${management}`, `USER dan Admin ${management}`],
      entries: [grant({ users: ['dan', 'cid'] }, 'Admin', management)],
    },
  ],
  [
    'protected access',
    'protected-access-lost',
    [`USER cid Admin ${production}`],
    ['Admin in production to cid'],
    {
      assignments: [`USER cid Admin ${production}`, `USER dan Admin ${production}`],
      entries: [grant({ users: ['cid', 'dan'] }, 'Admin', production)],
      more: protecting({ user: 'cid', account: production }),
    },
  ],
  [
    'both of a person and of a group where each is protected',
    'protected-access-lost',
    [`GROUP ops Admin ${production}`, `USER ann Admin ${management}`],
    ['Admin in production to group ops', 'Admin in management to ann'],
    {
      assignments: [`GROUP ops Admin ${production}`, `USER ann Admin ${management}`, `USER cid Admin ${management}`],
      entries: [
        grant({ groups: ['ops'] }, 'Admin', production),
        grant({ users: ['ann'] }, 'Admin', management),
        grant({ users: ['cid'] }, 'Admin', management, {}),
      ],
      more: {
        safety: {
          protected: [
            { user: 'dan', account: production, permissionSet: 'Admin' },
            { user: 'ann', account: management, permissionSet: 'Admin' },
          ],
        },
      },
    },
  ],
  [
    'the administrator access of the person who runs it',
    'own-administrator-access-lost',
    [`USER cid Admin ${management}`],
    ['Admin in management to cid'],
    {
      assignments: [`USER cid Admin ${management}`, `USER dan Admin ${management}`],
      entries: [grant({ users: ['cid'] }, 'Admin', management), grant({ users: ['dan'] }, 'Admin', management, {})],
      seed: { caller },
    },
  ],
])('keeps %s, says so at its line, and removes the rest', async (_what, guard, stays, labels, made) => {
  await withLive(made, async (idc, { world }) => {
    const asked = made.entries.filter((one) => !('expires' in one)).length;
    const { code, out, err } = await idc('apply', '--only', 'expired', '--yes', '--format', 'json');
    expect(code, err).toBe(0);
    const { notices } = JSON.parse(out) as { notices: { code: string; message: string; place?: { line: number } }[] };
    expect(notices.map((one) => one.code)).toEqual(labels.map(() => 'expired-but-guarded'));
    const lines = readFileSync(identity, 'utf8').split('\n');
    for (const [index, label] of labels.entries()) {
      expect(notices[index]?.message).toMatch(
        new RegExp(`^${label} has expired but is not removed \\(${guard}\\)\\. `),
      );
      expect(lines[(notices[index]?.place?.line ?? 0) - 1]).toContain('"expires"');
    }
    const kept = observe(world).assignments ?? [];
    expect(kept).not.toContain(annsRead);
    expect(kept.length).toBe(stays.length + asked);
    expect(kept).toEqual(expect.arrayContaining(stays));

    // The next night says the same.
    const again = await idc('plan', '--only', 'expired', '--detailed-exitcode');
    expect([again.code, again.out.split('[expired-but-guarded]').length - 1]).toEqual([0, labels.length]);
  });
});

it('keeps only so much of what an expired member reaches that protected access stays', async () => {
  const made: Case = {
    assignments: [`GROUP ops Admin ${production}`],
    entries: [grant({ groups: ['ops'] }, 'Admin', production, {})],
    more: {
      identityCenter: { region: 'us-east-1', instanceArn },
      groups: {
        ops: {
          members: [
            { user: 'cid', expires },
            { user: 'dan', expires },
          ],
        },
      },
      ...protecting({ user: 'cid', account: production }),
    },
  };
  await withLive(made, async (idc, { world }) => {
    const { code, out, err } = await idc('apply', '--only', 'expired', '--yes');
    expect(code, err).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('cid in ops has expired but is not removed (protected-access-lost).');
    expect(observe(world).groups?.['ops']?.members).toEqual(['cid']);
  });
});

it('removes what has expired though the directory looks external', async () => {
  const made: Case = {
    assignments: [],
    entries: [],
    more: {
      identityCenter: { region: 'us-east-1', instanceArn },
      users: Object.fromEntries(
        ['ann', 'cid', 'dan'].map((name) => [
          name,
          { givenName: name, familyName: name, email: `${name}@example.com` },
        ]),
      ),
    },
  };
  await withLive(made, async (idc, { world }) => {
    const [row] = world.users.rows();
    if (row) world.users.put({ ...row, ExternalIds: [{ Issuer: 'https://idp.example', Id: '1' }] });
    const whole = await idc('plan');
    expect([whole.code, whole.out.includes('[external-directory]')]).toEqual([3, true]);
    const { code, err } = await idc('apply', '--only', 'expired', '--yes');
    expect(code, err).toBe(0);
    expect(observe(world).assignments ?? []).toEqual([]);
  });
});

it('still counts what it removes against maxRemovals', async () => {
  const made: Case = { assignments: [], entries: [], more: { safety: { maxRemovals: 0 } } };
  await withLive(made, async (idc, { world }) => {
    const { code, out, err } = await idc('apply', '--only', 'expired', '--yes');
    expect([code, `${out}${err}`.includes('too-many-removals')]).toEqual([3, true]);
    expect(observe(world).assignments).toEqual([annsRead]);
  });
});
