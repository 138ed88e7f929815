import { describe, expect, it } from 'vitest';
import { codesOf, diagnose, person, personNamed, summarise } from '../support.ts';

const base = `version: 1
accounts: { production: "111122223333" }
users:
  hanako: ${person}
groups:
  platform: {}
permissionSets:
  Admin: {}
`;

describe('every reference is followed', () => {
  it.each([
    ['members', 'unknown-user', base.replace('platform: {}', 'platform: { members: [x] }')],
    [
      'users of an assignment',
      'unknown-user',
      `${base}assignments: [{ users: [x], permissionSets: [Admin], accounts: [production] }]`,
    ],
    [
      'groups of an assignment',
      'unknown-group',
      `${base}assignments: [{ groups: [x], permissionSets: [Admin], accounts: [production] }]`,
    ],
    [
      'permission sets of an assignment',
      'unknown-permission-set',
      `${base}assignments: [{ users: [hanako], permissionSets: [x], accounts: [production] }]`,
    ],
    [
      'accounts of an assignment',
      'unknown-account',
      `${base}assignments: [{ users: [hanako], permissionSets: [Admin], accounts: [x] }]`,
    ],
    [
      "a default profile's account",
      'unknown-account',
      base.replace(' }\ngroups', ', cli: { default: { account: x, permissionSet: Admin } } }\ngroups'),
    ],
    [
      "a default profile's permission set",
      'unknown-permission-set',
      base.replace(' }\ngroups', ', cli: { default: { account: production, permissionSet: x } } }\ngroups'),
    ],
    ["an account's preferences", 'unknown-account', `${base}cli: { accounts: { x: { region: eu-west-1 } } }`],
    [
      "a permission set's preferences",
      'unknown-permission-set',
      `${base}cli: { permissionSets: { x: { output: json } } }`,
    ],
    [
      'a protected user',
      'unknown-user',
      `${base}safety: { protected: [{ user: x, account: production, permissionSet: Admin }] }`,
    ],
    [
      'a protected account',
      'unknown-account',
      `${base}safety: { protected: [{ user: hanako, account: x, permissionSet: Admin }] }`,
    ],
    [
      'a protected permission set',
      'unknown-permission-set',
      `${base}safety: { protected: [{ user: hanako, account: production, permissionSet: x }] }`,
    ],
    ['a member for a time', 'unknown-user', base.replace('platform: {}', 'platform: { members: [{ user: x }] }')],
    ['a user in a rule', 'unknown-user', `${base}rules: { deny: [{ users: [x] }] }`],
    ['a group in a rule', 'unknown-group', `${base}rules: { deny: [{ groups: [x] }] }`],
    ['a permission set in a rule', 'unknown-permission-set', `${base}rules: { deny: [{ permissionSets: [x] }] }`],
    ['an account in a rule', 'unknown-account', `${base}rules: { deny: [{ accounts: [x] }] }`],
    [
      'an account in a rule about sessions',
      'unknown-account',
      `${base}rules: { maxSessionDuration: [{ accounts: [x], duration: 4h }] }`,
    ],
  ])('%s', (_, code, text) => {
    expect(codesOf(diagnose(base))).toEqual([]);
    expect(codesOf(diagnose(text))).toEqual([code]);
  });
});

describe('a name is fine', () => {
  const assign = (user: string, account = 'production'): string =>
    `assignments: [{ users: [${user}], permissionSets: [Admin], accounts: [${account}] }]\n`;

  it.each([
    ['where only the case of a user name differs', base + assign('HANAKO')],
    [
      'where it is a pattern of a rule',
      `${base}rules: { deny: [{ users: [x*], groups: ["*x"], permissionSets: ["*"], accounts: [x*y] }] }\n`,
    ],
    ['where a pattern ignores it', `${base}${assign('Svc-deploy')}ignore: { users: ["svc-*"] }\n`],
    ['where a pattern with several stars ignores it', `${base}${assign('a-svc-b-1')}ignore: { users: ["*svc*1"] }\n`],
    ['where it is an account id in quotes', base + assign('hanako', '"999900001111"')],
    ['where its section is not in the file', `version: 1\n${assign('anyone', 'anywhere')}`],
  ])('%s', (_, text) => {
    expect(diagnose(text)).toEqual([]);
  });

  it.each([
    ['where the case of another name differs', base + assign('hanako', 'Production'), 'unknown-account'],
    [
      'where the pattern is of another section',
      `${base}${assign('svc-a')}ignore: { groups: ["svc-*"] }\n`,
      'unknown-user',
    ],
    [
      'where the pattern matches only a part',
      `${base}${assign('my-svc-a')}ignore: { users: ["svc-*"] }\n`,
      'unknown-user',
    ],
    [
      'where the section is empty',
      `version: 1\nusers: {}\npermissionSets: { Admin: {} }\n${assign('a', 'b')}`,
      'unknown-user',
    ],
  ])('but not %s', (_, text, code) => {
    expect(codesOf(diagnose(text))).toEqual([code]);
  });
});

describe('what is said of a name that nothing declares', () => {
  const messageFor = (name: string, users: string[]): string | undefined => {
    const declared = users.map((user, index) => `  ${user}: ${personNamed(`user${index}`)}\n`).join('');
    return diagnose(
      `version: 1\nusers:${declared ? `\n${declared}` : ' {}\n'}groups: { g: { members: [${name}] } }\n`,
    )[0]?.message;
  };

  it.each([
    ['the nearest name', 'hanoka', ['hanako', 'taro'], 'There is no user "hanoka"; did you mean "hanako"?'],
    [
      'no other person, whose name only looks like it',
      'sven.mueller70@example.com',
      ['elena.mueller30@example.com'],
      'There is no user "sven.mueller70@example.com"; "users" declares 1 other.',
    ],
    [
      'how many people there are, and none of them',
      'xyz',
      ['hanako', 'taro'],
      'There is no user "xyz"; "users" declares 2 others.',
    ],
    ['that there are none', 'xyz', [], 'There is no user "xyz"; "users" declares none.'],
  ])('%s', (_, name, users, message) => {
    expect(messageFor(name, users)).toBe(message);
  });

  it.each([
    ['all names, where they are few', ['audit', 'ops'], '"audit" and "ops"'],
    [
      'some names, where they are many',
      'abcdefgh'.split('').map((letter) => letter.repeat(9)),
      '"aaaaaaaaa", "bbbbbbbbb", "ccccccccc", "ddddddddd", "eeeeeeeee" and 3 more',
    ],
  ])('%s, of what is no person', (_, groups, told) => {
    const declared = groups.map((group) => `${group}: {}`).join(', ');
    const text = `version: 1\ngroups: { ${declared} }\nassignments: [{ groups: [xyz], permissionSets: [A], accounts: [a] }]\n`;
    expect(diagnose(text)[0]?.message).toBe(`There is no group "xyz"; "groups" declares ${told}.`);
  });

  it('the new name of what was renamed', () => {
    const text = `version: 1\ngroups: { new: { previously: former } }\nassignments: [{ groups: [former], permissionSets: [A], accounts: [a] }]\n`;
    expect(diagnose(text)[0]?.message).toBe('There is no group "former" any more; it is called "new" now.');
  });
});

describe('account ids without quotes', () => {
  it.each([
    ['accounts: { a: 012345678901 }', '2:16'],
    ['assignments: [{ users: [a], permissionSets: [b], accounts: [012345678901] }]', '2:61'],
    [
      'users: { a: { givenName: a, familyName: b, cli: { default: { account: 012345678901, permissionSet: c } } } }',
      '2:71',
    ],
    ['safety: { protected: [{ user: a, account: 012345678901, permissionSet: c }] }', '2:43'],
    ['ignore: { accounts: [012345678901] }', '2:22'],
    ['ignore: { assignments: [{ account: 012345678901 }] }', '2:36'],
  ])('%s', (line, place) => {
    const diagnostics = diagnose(`version: 1\n${line}\n`);
    expect(summarise(diagnostics)).toEqual([`${place} unquoted-account-id`]);
    expect(diagnostics[0]?.message).toContain('"012345678901"');
  });
});
