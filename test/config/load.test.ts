import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadIdentityFile, readFilesBeside } from '../../src/config/load.ts';
import { ReportedError } from '../../src/core/errors.ts';
import { diagnose, load, person, personNamed, summarise } from './support.ts';

describe('the example', () => {
  const loaded = loadIdentityFile('identity.yaml', readFilesBeside('identity.yaml'));

  it('loads without a word', () => {
    expect(loaded.warnings).toEqual([]);
    expect(Object.keys(loaded.document.users ?? {})).toHaveLength(8);
    expect(Object.keys(loaded.document.groups ?? {})).toHaveLength(4);
    expect(Object.keys(loaded.document.permissionSets ?? {})).toHaveLength(5);
    expect(loaded.document.assignments).toHaveLength(12);
  });

  it('begins with the line that editors read', () => {
    expect(readFileSync('identity.yaml', 'utf8').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./schemas/identity.schema.json',
    );
  });

  it('says where each of its parts stands', () => {
    const { places } = loaded;
    const place = places.of(['assignments', 0, 'groups', 0]);
    expect(place?.file).toBe('identity.yaml');
    expect(place && places.frame(place)).toMatch(/\n > \d+ \| {3}- groups: \[platform\]\n +\| +\^{8}$/);
    expect(places.of(['users', 'hanako'])?.column).toBe(3);
    expect(places.of(['permissionSets', 'Deployer', 'inlinePolicy', 'Statement', 0])).toEqual({
      file: 'policies/deployer.json',
      line: 4,
      column: 5,
    });
    expect(places.of(['users', 'nobody'])).toBeUndefined();
    expect(places.frame({ file: 'other.yaml', line: 1, column: 1 })).toBeUndefined();
  });
});

describe('a file with ten mistakes', () => {
  const text = `version: 1
cli:
  output: yml
accounts:
  production: 012345678901
users:
  hanako: { givenName: Hanako, familyName: Yamada, emial: hanako@example.com }
  taro: { givenname: Taro, familyName: Suzuki, email: taro@example.com }
  taro: { givenName: Taro, familyName: Suzuki, email: taro@example.com }
groups:
  platform:
    members: [hanakoo, taro]
permissionSets:
  Admin:
    inlinePolicy:
      Version: "2012-10-17"
      Statement: [{ Effect: allow, Action: "*", Resource: "*" }]
assignments:
  - group: [platform]
    permissionSets: [Admin]
    accounts: [production]
  - groups: [platform]
    permissionSets: [Admn]
    accounts: [production]
safety:
  maxRemovals: 25 %
`;

  it('gets exactly ten diagnostics, in its own order', () => {
    expect(summarise(diagnose(text))).toEqual([
      '3:11 bad-value',
      '5:15 unquoted-account-id',
      '7:52 unknown-key',
      '8:11 unknown-key',
      '9:3 duplicate-key',
      '12:15 unknown-user',
      '17:29 bad-value',
      '19:5 unknown-key',
      '23:22 unknown-permission-set',
      '26:16 bad-value',
    ]);
  });
});

describe('what is loaded', () => {
  it('has every default', () => {
    const { document, warnings } = load('version: 1\n');
    expect(warnings).toEqual([]);
    expect(document).toEqual({
      version: 1,
      identityCenter: { directory: 'identity-center' },
      cli: {
        sessionName: 'identity-center',
        registrationScopes: ['sso:account:access'],
        profileName: '{permissionSet}-{accountId}',
      },
      ignore: {},
      safety: {},
    });
  });

  it.each([
    ['a byte order mark', '\uFEFFversion: 1\ngroups: { a: {} }\n'],
    ['Windows line ends', 'version: 1\r\ngroups: { a: {} }\r\n'],
    ['a document start', '---\nversion: 1\ngroups: { a: {} }\n'],
    ['JSON', '{"version": 1, "groups": {"a": {}}}'],
  ])('may come with %s', (_, text) => {
    expect(load(text).document.groups).toEqual({ a: {} });
  });

  it('keeps an empty section apart from an absent one', () => {
    const { document } = load('version: 1\nusers: {}\nassignments: []\n');
    expect(document.users).toEqual({});
    expect(document.assignments).toEqual([]);
    expect(document.groups).toBeUndefined();
  });

  it('warns only where there is nothing wrong', () => {
    const user = 'users:\n  hanako: { givenName: Hanako, familyName: Yamada }\n';
    expect(summarise(diagnose(`version: 1\n${user}`))).toEqual(['3:3 user-without-email']);
    expect(summarise(diagnose(`version: 2\n${user}`))).toEqual(['1:10 bad-value']);
  });
});

describe('a file that cannot be read', () => {
  const reasonFor = (read: () => string): string => {
    try {
      loadIdentityFile('identity.yaml', read);
    } catch (error) {
      if (error instanceof ReportedError) return `${error.code}: ${error.message}`;
    }
    throw new Error('it was read');
  };
  const failing = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };

  it.each([
    ['ENOENT', 'does not exist'],
    ['EISDIR', 'is a folder'],
    ['EACCES', 'may not be read by you'],
    ['EIO', 'cannot be read (EIO)'],
  ])('is named with the reason: %s', (code, reason) => {
    expect(reasonFor(failing(code))).toBe(`unreadable-file: identity.yaml ${reason}.`);
  });

  it('may be too large, or no text', () => {
    expect(reasonFor(() => `# ${'あ'.repeat(3_400_000)}`)).toContain('identity.yaml is larger than 10 MB.');
    expect(reasonFor(() => 'version: 1\0')).toContain('is not a text file');
  });
});

describe('all mistakes at once', () => {
  it('are reported where one hides a rule about its whole entry', () => {
    const text = `version: 1
assignments:
  - { permissionSets: [A], accounts: [111122223333] }
permissionSets:
  A: { permissionsBoundary: { customerManagedPolicy: { nam: x } } }
`;
    expect(summarise(diagnose(text))).toEqual(['3:5 bad-value', '3:39 unquoted-account-id', '5:56 unknown-key']);
  });

  it.each([
    [
      'a misspelt key is not missing as well',
      `users:\n  a: { givenname: A, familyName: B, email: a@b }`,
      ['3:8 unknown-key'],
    ],
    [
      'a misspelt key does not break a rule about keys',
      `assignments:\n  - { user: [a], permissionSets: [A], accounts: [a] }`,
      ['3:7 unknown-key'],
    ],
    ['a value is wrong once', `permissionSets:\n  A: { relayState: "" }\n  "": {}`, ['3:20 bad-value', '4:3 bad-name']],
    [
      'a misspelt section has no members',
      `user:\n  a: ${person}\ngroups: { g: { members: [a] } }`,
      ['2:1 unknown-key'],
    ],
    [
      'a section of the wrong type declares nothing',
      `users: [a]\ngroups: { g: { members: [a, b] } }`,
      ['2:1 wrong-type'],
    ],
    [
      'a name that is wrong is still declared',
      `users:\n  a b: ${person}\ngroups: { g: { members: [a b] } }`,
      ['3:3 bad-name'],
    ],
    [
      'a section that stands twice declares both',
      `users: { a: ${person} }\nusers: { b: ${personNamed('b')} }\ngroups: { g: { members: [a, b] } }`,
      ['3:1 duplicate-key'],
    ],
    [
      'an alias without an anchor leaves nothing missing',
      `users:\n  a: { <<: *base, email: a@b }`,
      ['3:12 unknown-alias'],
    ],
    [
      'what an anchor gets wrong is wrong once',
      `groups:\n  a: &a { description: 1 }\n  b: *a\n  c: { <<: *a }`,
      ['3:24 wrong-type'],
    ],
  ])('and none twice: %s', (_, lines, expected) => {
    expect(summarise(diagnose(`version: 1\n${lines}\n`))).toEqual(expected);
  });
});
