import { depth } from '../../support/depth.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsContextOf } from '../../../bench/read-organisation.ts';
import type { Organisation } from '../../../bench/organisation.ts';
import { compareWithBase } from '../../../src/planner/base/limits.ts';
import { State } from '../../../src/core/state.ts';
import { endOf } from '../../../src/core/expiry.ts';
import { compileDesired, type CompiledFile } from '../../../src/source/compile.ts';
import { accounts, load, now } from '../../support/live.ts';

const resolve = (document: object): CompiledFile => {
  const loaded = load({
    users: Object.fromEntries(['ann', 'bob', 'eve'].map((name) => [name, { givenName: name, familyName: name }])),
    permissionSets: { Admin: {}, Reader: {} },
    assignments: [],
    ...document,
  });
  return compileDesired(loaded, awsContextOf({ ...loaded.document, accounts } as unknown as Organisation), now, {
    only: 'expired',
  });
};

const compare = (before: object, after: object) =>
  compareWithBase({ ...resolve(after), base: resolve(before) }, new State(), () => []);

/** `+` before what loosens. */
const told = (before: object, after: object): string[] =>
  compare(before, after).limits.map(
    ({ loosens, key, before: was, after: is }) => `${loosens ? '+' : '-'} ${key}: ${was ?? 'none'} -> ${is ?? 'none'}`,
  );

const entry = (users: string[], accountNames: string[], expires?: string): object => ({
  users,
  permissionSets: ['Reader'],
  accounts: accountNames,
  ...(expires !== undefined && { expires }),
});
const grants = (...assignments: object[]): object => ({ assignments });
const group = (...members: (string | object)[]): object => ({ groups: { ops: { members } } });
const [soon, later] = ['2026-07-01', '2026-12-01'];

describe('the end of a grant', () => {
  it.each<[string, object, object, string[]]>([
    [
      'removed',
      grants(entry(['ann'], ['production'], soon)),
      grants(entry(['ann'], ['production'])),
      [`+ expires of Reader in production to ann: ${soon} -> none`],
    ],
    [
      'moved away',
      grants(entry(['ann'], ['production'], soon)),
      grants(entry(['ann'], ['production'], later)),
      [`+ expires of Reader in production to ann: ${soon} -> ${later}`],
    ],
    [
      'moved nearer',
      grants(entry(['ann'], ['production'], later)),
      grants(entry(['ann'], ['production'], soon)),
      [`- expires of Reader in production to ann: ${later} -> ${soon}`],
    ],
    [
      'set',
      grants(entry(['ann'], ['production'])),
      grants(entry(['ann'], ['production'], soon)),
      [`- expires of Reader in production to ann: none -> ${soon}`],
    ],
    [
      'told otherwise',
      grants(entry(['ann'], ['production'], '2026-07-01T09:00:00+09:00')),
      grants(entry(['ann'], ['production'], '2026-07-01T00:00:00Z')),
      [],
    ],
    ['of what is new', grants(), grants(entry(['ann'], ['production'], soon), entry(['bob'], ['production'])), []],
    ['of what has gone', grants(entry(['ann'], ['production'], soon)), grants(), []],
    [
      'that had passed, and has not any more',
      grants(entry(['ann'], ['production'], '2026-06-01')),
      grants(entry(['ann'], ['production'], soon)),
      [`+ expires of Reader in production to ann: 2026-06-01 -> ${soon}`],
    ],
    [
      'of a membership',
      group({ user: 'ann', expires: soon }, 'bob'),
      group('ann', 'bob'),
      [`+ expires of ann in group ops: ${soon} -> none`],
    ],
    [
      'of one person of an entry',
      grants(entry(['ann', 'bob'], ['production'], soon)),
      grants(entry(['ann'], ['production'], soon), entry(['bob', 'eve'], ['production'])),
      [`+ expires of bob, Reader, ${accounts.production}: ${soon} -> none`],
    ],
    [
      'lost beside another entry, which has none',
      grants(entry(['ann'], ['production'], soon)),
      grants(entry(['ann'], ['production'], soon), {
        ...entry(['ann'], ['production']),
        accounts: undefined,
        all: true,
      }),
      [
        '+ assignments: none -> Reader in all accounts to ann',
        `+ expires of ann, Reader, ${accounts.production}: ${soon} -> none`,
      ],
    ],
    [
      'of somebody who is renamed',
      grants(entry(['ann'], ['production'], soon)),
      {
        users: { Anna: { givenName: 'ann', familyName: 'ann', previously: 'ann' } },
        ...grants(entry(['Anna'], ['production'])),
      },
      [`+ expires of Reader in production to Anna: ${soon} -> none`],
    ],
    [
      'of a set that is renamed',
      grants(entry(['ann'], ['production'], soon)),
      {
        permissionSets: { Viewer: { previously: 'Reader' } },
        ...grants({ ...entry(['ann'], ['production']), permissionSets: ['Viewer'] }),
      },
      [`+ expires of Viewer in production to ann: ${soon} -> none`],
    ],
    [
      'in a file whose order is another',
      grants(entry(['ann'], ['staging']), entry(['ann'], ['production'], soon)),
      grants(entry(['ANN'], ['111122223333'], soon), entry(['ann'], ['staging'])),
      [],
    ],
  ])('%s', (_what, before, after, limits) => {
    expect(told(before, after)).toEqual(limits);
  });

  it('is told exactly, however many people and accounts it is of', () => {
    const users = Array.from({ length: 20 }, (_, index) => `user${index}`);
    const people = { users: Object.fromEntries(users.map((name) => [name, { givenName: name, familyName: name }])) };
    const [limit] = told(
      { ...people, ...grants(entry(users, ['production'], soon)) },
      { ...people, ...grants(entry(users, ['production'])) },
    );
    for (const user of users) expect(limit).toContain(user);
  });

  it('is listed with the ends that the file has, and what it was', () => {
    expect(compare(grants(entry(['ann'], ['production'], soon)), grants(entry(['ann'], ['production']))).ends).toEqual([
      {
        kind: 'assignment',
        label: 'Reader in production to ann',
        until: null,
        before: soon,
        place: expect.anything() as unknown,
      },
    ]);
  });
});

it('a loosened limit comes first, with its line or the line of what it was in', () => {
  const base = {
    safety: { maxRemovals: 5, protected: [{ user: 'ann', account: 'production', permissionSet: 'Admin' }] },
  };
  const { limits } = compare(base, { safety: { maxRemovals: 4 }, rules: { deny: [{ users: ['eve'] }] } });
  expect(limits.map(({ key, loosens }) => [key, loosens])).toEqual([
    ['safety.protected', true],
    ['rules.deny', false],
    ['safety.maxRemovals', false],
  ]);
  for (const { place } of limits) expect(place).toMatchObject({ file: 'identity.yaml' });
});

it('of any two files, a grant whose end goes or comes later loosens, and no other', () => {
  const end = fc.constantFrom(undefined, soon, later, '2026-06-01');
  const file = fc.array(
    fc.record({
      users: fc.subarray(['ann', 'bob'], { minLength: 1 }),
      accounts: fc.subarray(['production', 'staging'], { minLength: 1 }),
      expires: end,
    }),
    { maxLength: 3 },
  );
  const time = (until: string | undefined): number => (until === undefined ? Infinity : endOf(until));
  type Entry = { users: string[]; accounts: string[]; expires: string | undefined };
  /** Judged by itself: the last end of all entries that ask for it. */
  const endsOf = (entries: Entry[]): Map<string, number> => {
    const ends = new Map<string, number>();
    for (const { users, accounts: names, expires } of entries)
      for (const user of users)
        for (const account of names)
          ends.set(`${user} ${account}`, Math.max(ends.get(`${user} ${account}`) ?? 0, time(expires)));
    return ends;
  };
  fc.assert(
    fc.property(file, file, (before, after) => {
      const of = (entries: Entry[]): object =>
        grants(...entries.map(({ users, accounts: names, expires }) => entry(users, names, expires)));
      const { limits } = compare(of(before), of(after));
      const was = endsOf(before);
      const live = [...endsOf(after)].filter(([, until]) => until > now.getTime());
      const moved = live.filter(([grant, until]) => was.has(grant) && until !== was.get(grant));
      expect(limits.some(({ loosens }) => loosens)).toBe(moved.some(([grant, until]) => until > (was.get(grant) ?? 0)));
      expect(limits.length > 0).toBe(moved.length > 0);
      expect(compare(of(after), of(after)).limits).toEqual([]);
    }),
    depth(100),
  );
});

describe('a rename', () => {
  const groupNamed = (name: string, previously?: string, more: object = {}): object => ({
    groups: { [name]: { members: ['eve'], ...(previously !== undefined && { previously }) } },
    ...more,
  });
  const denied = (...groups: string[]): object => ({ rules: { deny: [{ groups, accounts: ['production'] }] } });

  it.each<[string, object, object, string[]]>([
    [
      'that takes a group out of the pattern of a rule loosens it',
      denied('contractor*'),
      denied('contractor*'),
      ['+ rules.deny: group contractors (contractor*) -> group staff, which it does not match'],
    ],
    ['within the pattern changes nothing', denied('*s*'), denied('*s*'), []],
    [
      'of what the rule has by another pattern changes nothing',
      denied('contractor*', 'st*'),
      denied('contractor*', 'st*'),
      [],
    ],
    ['that a rule by name follows changes nothing', denied('contractors', 'x-*'), denied('staff', 'x-*'), []],
    [
      'beside a change of the rule is told as that',
      denied('contractor*'),
      denied('contractor*', 'x-*'),
      [
        '+ rules.deny: { groups: [contractor*], accounts: [production] } -> none',
        '- rules.deny: none -> { groups: [contractor*, x-*], accounts: [production] }',
      ],
    ],
    [
      'into a pattern of ignore loosens it',
      { ignore: { groups: ['st*'], assignments: [{ group: 'sta*' }] } },
      { ignore: { groups: ['st*'], assignments: [{ group: 'sta*' }] } },
      [
        '+ ignore.assignments: group contractors -> group staff (sta*)',
        '+ ignore.groups: group contractors -> group staff (st*)',
      ],
    ],
    [
      'out of a pattern of ignore changes nothing',
      { ignore: { groups: ['con*'] } },
      { ignore: { groups: ['con*'] } },
      [],
    ],
  ])('%s', (_what, before, after, changes) => {
    expect(told(groupNamed('contractors', undefined, before), groupNamed('staff', 'contractors', after))).toEqual(
      changes,
    );
  });

  it('of a permission set, a user or an account is told as well', () => {
    const rules = {
      requireReason: [{ permissionSets: ['Adm*'] }],
      deny: [{ users: ['tem*'], accounts: ['pay*'] }],
      exclusive: [{ permissionSets: ['Adm*', 'Reader'], in: 'account' as const }],
    };
    const before = {
      users: { temp: {} },
      permissionSets: { Admin: {} },
      accounts: { payments: '111122223333' },
      rules,
    };
    const after = {
      users: { tim: { previously: 'temp' } },
      permissionSets: { Root: { previously: 'Admin' } },
      accounts: { main: '111122223333' },
      rules,
    };
    const person = (users: Record<string, object>): object =>
      Object.fromEntries(
        Object.entries(users).map(([name, one]) => [name, { givenName: 'T', familyName: 'T', ...one }]),
      );
    const reader = { Reader: {} };
    expect(
      told(
        { ...before, users: person(before.users), permissionSets: { ...before.permissionSets, ...reader } },
        { ...after, users: person(after.users), permissionSets: { ...after.permissionSets, ...reader } },
      ).filter((line) => line.includes('rules')),
    ).toEqual([
      '+ rules.deny: account payments (pay*) -> account main, which it does not match',
      '+ rules.deny: user temp (tem*) -> user tim, which it does not match',
      '+ rules.exclusive: permission set Admin (Adm*) -> permission set Root, which it does not match',
      '+ rules.requireReason: permission set Admin (Adm*) -> permission set Root, which it does not match',
    ]);
  });
});
