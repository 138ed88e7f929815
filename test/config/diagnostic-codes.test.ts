import { describe, expect, it } from 'vitest';
import { codesOf, diagnose, everyCode, explain, type Files, person } from './support.ts';

interface Case {
  file: string[];
  files?: Files;
  says: string[];
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const longPolicy = `{ Statement: { Effect: Allow, Action: "s3:*", Resource: [${'"arn:aws:s3:::a-rather-long-bucket-name", '.repeat(300)}] } }`;

/** One mistake for each code, and the whole of what is said about it. */
const cases: Record<string, Case> = {
  syntax: {
    file: ['groups:', '  platform:', '    description: one: two'],
    says: [
      'identity.yaml:4:18 syntax: There is a second colon here; a text with ": " in it must be in quotes.',
      '   3 |   platform:',
      ' > 4 |     description: one: two',
      '     |                  ^',
    ],
  },
  'too-deep': {
    file: [`groups: ${nested(60)}`],
    says: [
      'identity.yaml:2:58 too-deep: Lists and maps stand more than 50 deep inside each other here.',
      '   1 | version: 1',
      ` > 2 | groups: ${'['.repeat(60)}${']'.repeat(49)}…`,
      `     | ${' '.repeat(57)}^`,
    ],
  },
  'alias-bomb': {
    file: [
      'x1: &x1 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]',
      ...[2, 3, 4, 5, 6, 7].map(
        (n) =>
          `x${n}: &x${n} [${Array(10)
            .fill(`*x${n - 1}`)
            .join(', ')}]`,
      ),
    ],
    says: [
      'identity.yaml:7:45 alias-bomb: With this alias the file grows to more than a million values.',
      '   6 | x5: &x5 [*x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4]',
      ' > 7 | x6: &x6 [*x5, *x5, *x5, *x5, *x5, *x5, *x5, *x5, *x5, *x5]',
      '     |                                             ^^^',
    ],
  },
  'recursive-alias': {
    file: ['groups:', '  platform: &platform', '    members: *platform'],
    says: [
      'identity.yaml:4:14 recursive-alias: *platform stands inside what it refers to.',
      '   3 |   platform: &platform',
      ' > 4 |     members: *platform',
      '     |              ^^^^^^^^^',
    ],
  },
  'unknown-alias': {
    file: ['ignore:', '  groups: [*admins]'],
    says: [
      'identity.yaml:3:12 unknown-alias: This alias has no anchor &admins before it; put it in quotes if it is meant as text: "*admins".',
      '   2 | ignore:',
      ' > 3 |   groups: [*admins]',
      '     |            ^^^^^^^',
    ],
  },
  'unknown-tag': {
    file: ['cli:', '  region: !Ref region'],
    says: [
      'identity.yaml:3:11 unknown-tag: The tag !Ref means nothing here.',
      '   2 | cli:',
      ' > 3 |   region: !Ref region',
      '     |           ^^^^',
    ],
  },
  'empty-file': {
    file: [],
    says: ['identity.yaml:1:1 empty-file: The file is empty; it begins with "version: 1".', ' > 1 |', '     | ^'],
  },
  'bad-key': {
    file: ['groups:', '  ? [a, b]', '  : {}'],
    says: [
      'identity.yaml:3:5 bad-key: A key has to be a plain text.',
      '   2 | groups:',
      ' > 3 |   ? [a, b]',
      '     |     ^^^^^^',
    ],
  },
  'bad-merge': {
    file: ['groups:', '  platform:', '    <<: everyone'],
    says: [
      'identity.yaml:4:5 bad-merge: "<<" takes an alias of a map, or a list of them.',
      '   3 |   platform:',
      ' > 4 |     <<: everyone',
      '     |     ^^',
    ],
  },
  'duplicate-key': {
    file: ['groups:', '  platform: {}', '  platform: {}'],
    says: [
      'identity.yaml:4:3 duplicate-key: The key "platform" stands here twice; first at 3:3.',
      '   3 |   platform: {}',
      ' > 4 |   platform: {}',
      '     |   ^^^^^^^^',
    ],
  },
  'reserved-name': {
    file: ['groups:', '  __proto__: {}'],
    says: [
      'identity.yaml:3:3 reserved-name: "__proto__" cannot be a name.',
      '   2 | groups:',
      ' > 3 |   __proto__: {}',
      '     |   ^^^^^^^^^',
    ],
  },
  'unknown-key': {
    file: ['groups:', '  platform: { membrs: [] }'],
    says: [
      'identity.yaml:3:15 unknown-key: "membrs" is not a key here; did you mean "members"?',
      '   2 | groups:',
      ' > 3 |   platform: { membrs: [] }',
      '     |               ^^^^^^',
    ],
  },
  'missing-key': {
    file: ['users:', '  hanako: { email: hanako@example.com }'],
    says: [
      'identity.yaml:3:3 missing-key: The keys "givenName" and "familyName" are missing from "hanako".',
      '   2 | users:',
      ' > 3 |   hanako: { email: hanako@example.com }',
      '     |   ^^^^^^',
    ],
  },
  'wrong-type': {
    file: ['groups:', '  platform: { members: hanako }'],
    says: [
      'identity.yaml:3:24 wrong-type: Expected a list, but found the text "hanako"; write it in brackets: [hanako].',
      '   2 | groups:',
      ' > 3 |   platform: { members: hanako }',
      '     |                        ^^^^^^',
    ],
  },
  'unquoted-account-id': {
    file: ['accounts:', '  sandbox: 012345678901'],
    says: [
      'identity.yaml:3:12 unquoted-account-id: An account id needs quotes, because YAML reads it as a number: "012345678901".',
      '   2 | accounts:',
      ' > 3 |   sandbox: 012345678901',
      '     |            ^^^^^^^^^^^^',
    ],
  },
  'bad-value': {
    file: ['cli:', '  output: yml'],
    says: [
      'identity.yaml:3:11 bad-value: "yml" is not one of json, yaml, yaml-stream, text, table or off; did you mean "yaml"?',
      '   2 | cli:',
      ' > 3 |   output: yml',
      '     |           ^^^',
    ],
  },
  'bad-name': {
    file: ['users:', `  hanako yamada: ${person}`],
    says: [
      'identity.yaml:3:3 bad-name: The name "hanako yamada" has a character that a user name cannot have, such as a space.',
      '   2 | users:',
      ` > 3 |   hanako yamada: ${person}`,
      '     |   ^^^^^^^^^^^^^',
    ],
  },
  'external-directory': {
    file: ['identityCenter: { directory: external }', 'groups:', '  platform: { members: [hanako] }'],
    says: [
      'identity.yaml:4:15 external-directory: This file cannot set "members": users and groups come from the identity provider (directory: external).',
      '   3 | groups:',
      ' > 4 |   platform: { members: [hanako] }',
      '     |               ^^^^^^^',
    ],
  },
  'unknown-user': {
    file: ['users:', `  hanako: ${person}`, 'groups:', '  platform:', '    members: [hanakoo]'],
    says: [
      'identity.yaml:6:15 unknown-user: There is no user "hanakoo"; did you mean "hanako"?',
      '   5 |   platform:',
      ' > 6 |     members: [hanakoo]',
      '     |               ^^^^^^^',
    ],
  },
  'unknown-group': {
    file: [
      'groups:',
      '  platform: {}',
      'assignments:',
      '  - { groups: [platfrom], permissionSets: [A], accounts: [a] }',
    ],
    says: [
      'identity.yaml:5:16 unknown-group: There is no group "platfrom"; did you mean "platform"?',
      '   4 | assignments:',
      ' > 5 |   - { groups: [platfrom], permissionSets: [A], accounts: [a] }',
      '     |                ^^^^^^^^',
    ],
  },
  'unknown-permission-set': {
    file: [
      'permissionSets:',
      '  Auditor: {}',
      '  Billing: {}',
      'assignments:',
      '  - { groups: [a], permissionSets: [Sudo], accounts: [a] }',
    ],
    says: [
      'identity.yaml:6:37 unknown-permission-set: There is no permission set "Sudo"; "permissionSets" declares "Auditor" and "Billing".',
      '   5 | assignments:',
      ' > 6 |   - { groups: [a], permissionSets: [Sudo], accounts: [a] }',
      '     |                                     ^^^^',
    ],
  },
  'unknown-account': {
    file: [
      'accounts: { production: "111122223333" }',
      'assignments:',
      '  - { groups: [a], permissionSets: [A], accounts: [prod] }',
    ],
    says: [
      'identity.yaml:4:52 unknown-account: There is no account "prod"; did you mean "production"?',
      '   3 | assignments:',
      ' > 4 |   - { groups: [a], permissionSets: [A], accounts: [prod] }',
      '     |                                                    ^^^^',
    ],
  },
  'similar-names': {
    file: ['groups:', '  Platform: {}', '  platform: {}'],
    says: [
      'identity.yaml:4:3 similar-names: The name "platform" differs from "Platform" at 3:3 only by case or by the form of its characters.',
      '   3 |   Platform: {}',
      ' > 4 |   platform: {}',
      '     |   ^^^^^^^^',
    ],
  },
  'previously-declared': {
    file: ['groups:', '  platform: { previously: infra }', '  infra: {}'],
    says: [
      'identity.yaml:3:27 previously-declared: "infra" is still declared at 4:3, so it cannot be the old name of "platform".',
      '   2 | groups:',
      ' > 3 |   platform: { previously: infra }',
      '     |                           ^^^^^',
    ],
  },
  'previously-claimed': {
    file: ['groups:', '  platform: { previously: infra }', '  network: { previously: infra }'],
    says: [
      'identity.yaml:4:26 previously-claimed: "infra" is given as the old name of "platform" too, at 3:27.',
      '   3 |   platform: { previously: infra }',
      ' > 4 |   network: { previously: infra }',
      '     |                          ^^^^^',
    ],
  },
  'previously-itself': {
    file: ['groups:', '  platform: { previously: platform }'],
    says: [
      'identity.yaml:3:27 previously-itself: "platform" is the current name of this entry; remove "previously".',
      '   2 | groups:',
      ' > 3 |   platform: { previously: platform }',
      '     |                           ^^^^^^^^',
    ],
  },
  'duplicate-email': {
    file: [
      'users:',
      '  hanako: { givenName: H, familyName: Y, email: hanako@example.com }',
      '  yamada: { givenName: H, familyName: Y, email: Hanako@example.com }',
    ],
    says: [
      'identity.yaml:4:49 duplicate-email: "yamada" has the e-mail address "Hanako@example.com" of "hanako", at 3:49; Identity Center accepts each address once, ignoring case. Give one of them another address, or none.',
      '   3 |   hanako: { givenName: H, familyName: Y, email: hanako@example.com }',
      ' > 4 |   yamada: { givenName: H, familyName: Y, email: Hanako@example.com }',
      '     |                                                 ^^^^^^^^^^^^^^^^^^',
    ],
  },
  'duplicate-account-id': {
    file: ['accounts:', '  production: "111122223333"', '  live: "111122223333"'],
    says: [
      'identity.yaml:4:9 duplicate-account-id: "111122223333" has the name "production" already, at 3:15.',
      '   3 |   production: "111122223333"',
      ' > 4 |   live: "111122223333"',
      '     |         ^^^^^^^^^^^^^^',
    ],
  },
  'bad-policy': {
    file: ['permissionSets:', '  Deployer:', '    inlinePolicy:', `      ${longPolicy}`],
    says: [
      'identity.yaml:4:5 bad-policy: The inline policy has 12361 bytes besides white space; the limit of the service is 10,240.',
      '   3 |   Deployer:',
      ' > 4 |     inlinePolicy:',
      '     |     ^^^^^^^^^^^^',
    ],
  },
  'include-outside': {
    file: ['include: [../teams/*.yaml]'],
    says: [
      'identity.yaml:2:11 include-outside: "../teams/*.yaml" leads outside; a file is included by its path from this one, with forward slashes, and stays inside its folder.',
      '   1 | version: 1',
      ' > 2 | include: [../teams/*.yaml]',
      '     |           ^^^^^^^^^^^^^^^',
    ],
  },
  'include-unreadable': {
    file: ['include: [teams/data.yaml]'],
    says: [
      'identity.yaml:2:11 include-unreadable: "teams/data.yaml" does not exist.',
      '   1 | version: 1',
      ' > 2 | include: [teams/data.yaml]',
      '     |           ^^^^^^^^^^^^^^^',
    ],
  },
  'include-matches-nothing': {
    file: ['include: ["teams/*.yml"]'],
    files: { 'teams/data.yaml': 'version: 1' },
    says: [
      'identity.yaml:2:11 include-matches-nothing: "teams/*.yml" matches no file.',
      '   1 | version: 1',
      ' > 2 | include: ["teams/*.yml"]',
      '     |           ^^^^^^^^^^^^^',
    ],
  },
  'include-twice': {
    file: ['include:', '  - teams/*.yaml', '  - { file: teams/data.yaml }'],
    files: { 'teams/data.yaml': 'version: 1' },
    says: [
      'identity.yaml:4:13 include-twice: "teams/data.yaml" is included already, at 3:5.',
      '   3 |   - teams/*.yaml',
      ' > 4 |   - { file: teams/data.yaml }',
      '     |             ^^^^^^^^^^^^^^^',
    ],
  },
  'not-in-included-file': {
    file: ['include: [teams/data.yaml]'],
    files: { 'teams/data.yaml': 'users: {}' },
    says: [
      'teams/data.yaml:1:1 not-in-included-file: An included file has groups, permissionSets and assignments, and nothing else; "users" is said in the file that includes it.',
      ' > 1 | users: {}',
      '     | ^^^^^',
    ],
  },
  'defined-twice': {
    file: ['include: [teams/data.yaml]', 'groups: { data: {} }'],
    files: { 'teams/data.yaml': 'version: 1\ngroups:\n  data: { members: [] }' },
    says: [
      'identity.yaml:3:11 defined-twice: "data" is defined here and at teams/data.yaml:3:3.',
      '   2 | include: [teams/data.yaml]',
      ' > 3 | groups: { data: {} }',
      '     |           ^^^^',
      'teams/data.yaml:3:3 defined-twice: "data" is defined here and at identity.yaml:3:11.',
      '   2 | groups:',
      ' > 3 |   data: { members: [] }',
      '     |   ^^^^',
    ],
  },
  'outside-scope': {
    file: [
      'include: [{ file: data.yaml, scope: { accounts: ["data-*"], permissionSets: ["Data*"] } }]',
      'permissionSets: {}',
    ],
    files: { 'data.yaml': 'permissionSets: { Owner: {} }' },
    says: [
      'data.yaml:1:19 outside-scope: This file may not define the permission set "Owner": its scope has "Data*".',
      ' > 1 | permissionSets: { Owner: {} }',
      '     |                   ^^^^^',
    ],
  },
  'policy-file-outside': {
    file: ['permissionSets:', '  Deployer: { inlinePolicy: { file: ../deployer.json } }'],
    says: [
      'identity.yaml:3:37 policy-file-outside: "../deployer.json" leads outside; a policy file is named relative to the file that names it, and must be inside the folder of the identity file.',
      '   2 | permissionSets:',
      ' > 3 |   Deployer: { inlinePolicy: { file: ../deployer.json } }',
      '     |                                     ^^^^^^^^^^^^^^^^',
    ],
  },
  'policy-file-unreadable': {
    file: ['permissionSets:', '  Deployer: { inlinePolicy: { file: deployer.json } }'],
    says: [
      'identity.yaml:3:37 policy-file-unreadable: "deployer.json" does not exist.',
      '   2 | permissionSets:',
      ' > 3 |   Deployer: { inlinePolicy: { file: deployer.json } }',
      '     |                                     ^^^^^^^^^^^^^',
    ],
  },
  'policy-file-syntax': {
    file: ['permissionSets:', '  Deployer: { inlinePolicy: { file: policies/deployer.json } }'],
    files: { 'policies/deployer.json': '{\n  "Version": "2012-10-17",\n}\n' },
    says: [
      'policies/deployer.json:3:1 policy-file-syntax: Expected a key in double quotes, but found "}".',
      '   2 |   "Version": "2012-10-17",',
      ' > 3 | }',
      '     | ^',
    ],
  },
  'text-file-outside': {
    file: ['cli:', '  onboarding: { file: ../onboarding.txt }'],
    says: [
      'identity.yaml:3:23 text-file-outside: "../onboarding.txt" leads outside; a text file is named relative to the file that names it, and must be inside the folder of the identity file.',
      '   2 | cli:',
      ' > 3 |   onboarding: { file: ../onboarding.txt }',
      '     |                       ^^^^^^^^^^^^^^^^^',
    ],
  },
  'text-file-unreadable': {
    file: ['cli:', '  onboarding: { file: onboarding.txt }'],
    says: [
      'identity.yaml:3:23 text-file-unreadable: "onboarding.txt" does not exist.',
      '   2 | cli:',
      ' > 3 |   onboarding: { file: onboarding.txt }',
      '     |                       ^^^^^^^^^^^^^^',
    ],
  },
  'bad-onboarding': {
    file: ['cli:', '  onboarding: { file: policies/onboarding.txt }'],
    files: { 'policies/onboarding.txt': 'Hello,\n\nyou are {username}.\n' },
    says: [
      'policies/onboarding.txt:1:1 bad-onboarding: The onboarding message has an unknown placeholder, {username}, on line 3; did you mean {userName}?',
      ' > 1 | Hello,',
      '     | ^^^^^^',
    ],
  },
  'foreign-start-url': {
    file: ['cli: { startUrl: "https://sso.example.com/start" }'],
    says: [
      'identity.yaml:2:18 warning foreign-start-url: "https://sso.example.com/start" is not on a host of AWS: people sign in wherever it leads. If it is not yours, take the URL that the console shows under Settings > AWS access portal URL.',
      '   1 | version: 1',
      ' > 2 | cli: { startUrl: "https://sso.example.com/start" }',
      '     |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    ],
  },
  'too-many-things': {
    file: [
      `users: { ${Array.from({ length: 2000 }, (_, at) => `u${at}: { givenName: A, familyName: B, email: "u${at}@example.com" }`).join(', ')} }`,
      'permissionSets: { Read: {}, Write: {} }',
      `accounts: { ${Array.from({ length: 600 }, (_, at) => `a${at}: "${111122220000 + at}"`).join(', ')} }`,
      'assignments:',
      '  - { users: [u1], permissionSets: [Read], accounts: [a1] }',
      `  - { permissionSets: [Read, Write], users: [${Array.from({ length: 2000 }, (_, at) => `u${at}`).join(', ')}], accounts: [${Array.from({ length: 600 }, (_, at) => `a${at}`).join(', ')}] }`,
    ],
    says: [
      'identity.yaml:7:5 too-many-things: Entry 2 asks for 2,400,000 assignments (2,000 users and groups × 2 permission sets × 600 accounts), and all entries for 2,400,001; a file may ask for 2,000,000 at most. Assign to groups instead of users, or divide the file.',
      '   6 |   - { users: [u1], permissionSets: [Read], accounts: [a1] }',
      ' > 7 |   - { permissionSets: [Read, Write], users: [u0, u1, u2, u3, u4,…',
      `     |     ${'^'.repeat(60)}`,
    ],
  },
  'user-without-email': {
    file: ['users:', '  hanako: { givenName: Hanako, familyName: Yamada }'],
    says: [
      'identity.yaml:3:3 warning user-without-email: "hanako" has no e-mail address, so AWS can\'t send them a message to set or reset a password.',
      '   2 | users:',
      ' > 3 |   hanako: { givenName: Hanako, familyName: Yamada }',
      '     |   ^^^^^^',
    ],
  },
};

describe.each(Object.entries(cases))('%s', (code, { file, files, says }) => {
  const text = file.length === 0 ? '' : `${['version: 1', ...file].join('\n')}\n`;

  it('is the only thing said of its mistake', () => {
    expect([...new Set(codesOf(diagnose(text, files)))]).toEqual([code]);
  });

  it('is said at its place, with the lines around it', () => {
    expect(explain(text, files).split('\n')).toEqual(says);
  });
});

it('there is a mistake for every code that a section or the loader has, and no other', () => {
  expect(Object.keys(cases).sort()).toEqual([...new Set(everyCode)].sort());
});
