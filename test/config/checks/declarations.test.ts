import { describe, expect, it } from 'vitest';
import { diagnose, person, personNamed, summarise } from '../support.ts';

const said = (lines: string): string[] => summarise(diagnose(`version: 1\n${lines}\n`));

describe('names that are too similar', () => {
  it.each([
    ['users', `users:\n  Hanako: ${person}\n  hanako: ${personNamed('hanako')}`, '4:3'],
    ['groups', 'groups:\n  Platform: {}\n  platform: {}', '4:3'],
    ['permission sets', 'permissionSets:\n  Admin: {}\n  ADMIN: {}', '4:3'],
    ['accounts', 'accounts:\n  prod: "111122223333"\n  Prod: "444455556666"', '4:3'],
    ['composed and decomposed letters', 'groups:\n  "caf\\u00e9": {}\n  "cafe\\u0301": {}', '4:3'],
    ['full-width letters', 'groups:\n  dev: {}\n  ｄｅｖ: {}', '4:3'],
  ])('%s', (_, lines, place) => {
    expect(said(lines)).toEqual([`${place} similar-names`]);
  });
});

describe('previously', () => {
  it('may be the name in another case', () => {
    expect(said(`users:\n  hanako: { previously: Hanako, givenName: a, familyName: b, email: a@b }`)).toEqual([]);
    expect(said('groups:\n  platform: { previously: Platform }')).toEqual([]);
  });

  it('is not the name itself', () => {
    expect(said(`users:\n  hanako: { previously: hanako, givenName: a, familyName: b, email: a@b }`)).toEqual([
      '3:25 previously-itself',
    ]);
  });

  it('is null for a user who is another person, and for nothing else', () => {
    expect(said(`users:\n  hanako: { previously: null, givenName: a, familyName: b, email: a@b }`)).toEqual([]);
    expect(said('groups:\n  platform: { previously: null }')).toEqual(['3:27 wrong-type']);
  });

  it('is not left empty', () => {
    expect(said(`users:\n  hanako:\n    previously:\n    givenName: a\n    familyName: b\n    email: a@b`)).toEqual([
      '4:16 wrong-type',
    ]);
  });

  it.each([
    ['users', `users:\n  a: { previously: b, givenName: a, familyName: b, email: a@b }\n  B: ${person}`],
    ['groups', 'groups:\n  a: { previously: b }\n  b: {}'],
    ['permission sets', 'permissionSets:\n  a: { previously: b }\n  b: {}'],
  ])('cannot be a name that still is: %s', (_, lines) => {
    expect(said(lines)).toEqual(['3:20 previously-declared']);
  });

  it('may pass a name on along a chain only in two steps', () => {
    expect(said('groups:\n  a: { previously: b }\n  b: { previously: c }')).toEqual(['3:20 previously-declared']);
  });
});

describe('e-mail addresses', () => {
  const withEmail = (email: string): string => `{ givenName: a, familyName: b, email: ${email} }`;

  it.each([
    ['the same', 'ann@example.com', 'ann@example.com'],
    ['apart by case', 'ann@example.com', 'ANN@Example.com'],
    ['apart by the case of other letters', 'ärger@example.com', 'ÄRGER@example.com'],
  ])('belong to one user each: %s', (_, first, second) => {
    expect(said(`users:\n  a: ${withEmail(first)}\n  b: ${withEmail(second)}`)).toEqual(['4:44 duplicate-email']);
  });

  it('may differ by anything but case', () => {
    const addresses = ['ann@example.com', 'ann@example.org', 'an@example.com', 'ann+a@example.com'];
    const users = addresses.map((email, index) => `  u${index}: ${withEmail(email)}`);
    expect(said(`users:\n${users.join('\n')}`)).toEqual([]);
  });

  it('are told of every user after the first', () => {
    const users = ['a', 'b', 'c'].map((name) => `  ${name}: ${person}`);
    const diagnostics = diagnose(`version: 1\nusers:\n${users.join('\n')}\n`);
    expect(diagnostics.map(({ message }) => message.split(';')[0])).toEqual([
      '"b" has the e-mail address "someone@example.com" of "a", at 3:53',
      '"c" has the e-mail address "someone@example.com" of "a", at 3:53',
    ]);
  });

  it('that an alias repeats are told at the user who has the alias', () => {
    const base = `users:\n  a: &base ${person}\n`;
    expect(said(`${base}  b: *base`)).toEqual(['4:3 duplicate-email']);
    expect(said(`${base}  b:\n    <<: *base\n    givenName: b`)).toEqual(['4:3 duplicate-email']);
    expect(said(`${base}  b: { <<: *base, email: b@example.com }`)).toEqual([]);
  });

  it('that are not addresses, or not the file’s to say, are told as that alone', () => {
    expect(said(`users:\n  a: ${withEmail('x')}\n  b: ${withEmail('x')}`)).toEqual([
      '3:44 bad-value',
      '4:44 bad-value',
    ]);
    const external = 'identityCenter: { directory: external }\n';
    expect(said(`${external}users:\n  a: { email: a@b }\n  b: { email: a@b }`)).toEqual([
      '4:8 external-directory',
      '5:8 external-directory',
    ]);
  });
});

describe('accounts', () => {
  it('have one name each', () => {
    expect(said('accounts: { a: "111122223333", b: "111122223333" }')).toEqual(['2:35 duplicate-account-id']);
    expect(said('accounts: { a: "1", b: "1" }')).toEqual(['2:16 bad-value', '2:24 bad-value']);
  });

  it("cannot be called by another's id", () => {
    expect(said('accounts: { "111122223333": "444455556666" }')).toEqual(['2:13 bad-name']);
    expect(said('accounts: { "111122223333": "111122223333" }')).toEqual([]);
  });
});

it('an account has one preference for its profiles, by its name or by its id', () => {
  const both = (id: string): string =>
    `accounts: { a: "111122223333" }\ncli: { accounts: { a: { region: eu-west-1 }, "${id}": { region: eu-west-2 } } }`;
  expect(said(both('111122223333'))).toEqual(['3:46 duplicate-account-id']);
  expect(said(both('444455556666'))).toEqual([]);
});

describe('inline policies', () => {
  const policy = (text: string): string => `permissionSets:\n  A:\n    inlinePolicy: ${text}`;

  it.each([
    ['no statement', '{ Version: "2012-10-17" }', ['4:5 missing-key']],
    ['nothing at all', '{}', ['4:5 missing-key']],
    ['a misspelt statement', '{ Statment: [] }', ['4:21 unknown-key']],
    ['a misspelt file', '{ flie: a.json }', ['4:21 unknown-key']],
    ['a file and a statement', '{ file: a.json, Statement: [] }', ['4:35 unknown-key']],
    ['a name alone', 'a.json', ['4:19 wrong-type']],
    ['a list', '[{ Effect: Allow, Action: "*", Resource: "*" }]', ['4:5 wrong-type']],
    [
      'a wrong effect, and no action',
      '{ Statement: [{ Effect: allow, Resource: "*" }] }',
      ['4:33 bad-value', '4:43 bad-value'],
    ],
    [
      'a wrong action in a list',
      '{ Statement: { Effect: Allow, Action: ["s3:*", 1], Resource: "*" } }',
      ['4:66 wrong-type'],
    ],
    [
      'a principal',
      '{ Statement: { Effect: Allow, Principal: "*", Action: "*", Resource: "*" } }',
      ['4:49 unknown-key'],
    ],
    [
      'a character outside Latin-1',
      '{ Statement: { Effect: Allow, Action: "*", Resource: "arn:aws:s3:::あ" } }',
      ['4:5 bad-policy'],
    ],
    [
      'an action, a resource, an operator and a condition key that IAM refuses',
      '{ Statement: { Effect: Allow, NotAction: s3, Resource: [b], Condition: { Is: {}, Bool: { a: true } } } }',
      ['4:60 bad-value', '4:75 bad-value', '4:92 bad-name', '4:108 bad-name'],
    ],
    [
      'a Sid twice',
      '{ Statement: [{ Sid: a, Effect: Deny, Action: "*", Resource: "*" }, { Sid: a, Effect: Deny, Action: "*", Resource: "*" }] }',
      ['4:94 bad-policy'],
    ],
  ])('%s', (_, text, expected) => {
    expect(said(policy(text))).toEqual(expected);
  });

  it.each([
    ['region: cn-north-1', ['5:72 bad-policy', '6:23 bad-policy', '7:43 bad-policy']],
    [
      'instanceArn: "arn:aws-cn:sso:::instance/ssoins-0123456789abcdef"',
      ['5:72 bad-policy', '6:23 bad-policy', '7:43 bad-policy'],
    ],
    ['region: eu-west-1', []],
    ['directory: identity-center', []],
  ])('and ARNs are compared with the partition that the file gives: %s', (instance, expected) => {
    const sets = `permissionSets:
  A:
    inlinePolicy: { Statement: { Effect: Allow, Action: "*", Resource: "arn:aws:s3:::b" } }
    managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
    permissionsBoundary: { managedPolicy: "arn:aws:iam::aws:policy/ReadOnlyAccess" }`;
    expect(said(`identityCenter: { ${instance} }\n${sets}`)).toEqual(expected);
  });

  it('may be a single statement with numbers and booleans in its conditions', () => {
    const condition = '{ Bool: { "aws:SecureTransport": true }, NumericLessThan: { "s3:max-keys": [1, 2] } }';
    expect(
      said(
        policy(
          `{ Statement: { Effect: Deny, NotAction: "*", NotResource: ["arn:aws:s3:::a"], Condition: ${condition} } }`,
        ),
      ),
    ).toEqual([]);
  });
});

describe('the limit of removals', () => {
  it.each(['0', '25', '25%', '"100%"'])('may be %s', (text) => {
    expect(said(`safety: { maxRemovals: ${text} }`)).toEqual([]);
  });

  it.each([
    ['-1', '-1 has to be at least 0.'],
    ['0.25', '0.25 is neither a whole number nor a share such as 25%.'],
    ['250%', '"250%" is neither a number nor a share such as 25%.'],
    ['[1]', '"maxRemovals" is neither a whole number nor a share such as 25%.'],
  ])('cannot be %s', (text, message) => {
    expect(diagnose(`version: 1\nsafety: { maxRemovals: ${text} }\n`).map((diagnostic) => diagnostic.message)).toEqual([
      message,
    ]);
  });
});

describe('an allowance', () => {
  const allow = (text: string) =>
    diagnose(`version: 1\nsafety:\n  allow: ${text}\n`).map(
      ({ place, code, message }) => `${place?.line}:${place?.column} ${code}: ${message}`,
    );

  it.each(['2027-01-31', '"2028-02-29"'])('may last until %s', (date) => {
    expect(allow(`{ removals: 40, until: ${date} }`)).toEqual([]);
  });

  it.each(['2027-02-29', '2027-1-31', 'tomorrow', '2027-01-31T00:00:00Z'])('cannot last until %s', (date) => {
    expect(allow(`{ removals: 40, until: ${date} }`)).toEqual([
      `3:33 bad-value: "${date}" is no calendar date such as 2027-01-31.`,
    ]);
  });

  it('needs both, and a number that allows something', () => {
    expect(allow('{ removals: 40 }')).toEqual(['3:3 missing-key: The key "until" is missing from "allow".']);
    expect(allow('{ removals: 0, until: 2027-01-31 }')).toEqual(['3:22 bad-value: 0 has to be at least 1.']);
    expect(allow('{ removals: 40, until: 2027-01-31, people: 3 }')[0]).toContain('unknown-key');
  });
});
