import { describe, expect, it } from 'vitest';
import { diagnose, load } from '../support.ts';

const said = (section: string): string[] => diagnose(`version: 1\n${section}\n`).map(({ message }) => message);
const ofSet = (content: string): string[] => said(`permissionSets: { A: { ${content} } }`);

describe('a value in the form of another tool is told the right one', () => {
  it.each([
    ['minutes', 'sessionDuration: 60', 'write 1h.'],
    ['minutes that are no whole hours', 'sessionDuration: 90', 'write 1h30m.'],
    ['hours', 'sessionDuration: 8', 'write 8h.'],
    ['seconds', 'sessionDuration: 43200', 'write 12h.'],
    ['minutes as text', 'sessionDuration: "480"', 'write 8h.'],
    ['a policy by its name', 'customerManagedPolicies: [deployer]', 'write { name: deployer }.'],
    [
      'a policy by its ARN',
      'customerManagedPolicies: ["arn:aws:iam::123456789012:policy/team/deployer"]',
      'write { name: deployer, path: /team/ }.',
    ],
    ['one policy in the place of a list', 'customerManagedPolicies: deployer', 'write [{ name: deployer }].'],
    [
      'a policy of AWS as a customer’s',
      'customerManagedPolicies: ["arn:aws:iam::aws:policy/job-function/Billing"]',
      'write job-function/Billing under managedPolicies, since it is an AWS managed policy.',
    ],
    [
      'a boundary of AWS by its ARN',
      'permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess"',
      'write { managedPolicy: PowerUserAccess }.',
    ],
    [
      'a boundary of the customer by its ARN',
      'permissionsBoundary: "arn:aws-cn:iam::123456789012:policy/team/edge"',
      'write { customerManagedPolicy: { name: edge, path: /team/ } }.',
    ],
    [
      'a boundary by its name',
      'permissionsBoundary: PowerUserAccess',
      'write { managedPolicy: PowerUserAccess }, or { customerManagedPolicy: { name: PowerUserAccess } }.',
    ],
    [
      'a policy as JSON in a text',
      `inlinePolicy: '{"Version":"2012-10-17","Statement":[]}'`,
      'write the JSON itself, without quotes or | around it, or { file: policies/NAME.json }.',
    ],
    ['the name of a file', 'inlinePolicy: policies/a.json', 'write { file: policies/a.json }.'],
    ['an empty description', 'description: ""', 'for none, leave out the key.'],
  ])('%s', (_case, content, advice) => {
    const [message, ...others] = ofSet(content);
    expect(others).toEqual([]);
    expect(message).toMatch(/; (write|for none)/);
    expect(message?.slice(message.lastIndexOf(`; ${advice.split(' ')[0]}`) + 2)).toBe(advice);
  });

  it('says nothing where it can’t tell', () => {
    expect(ofSet('sessionDuration: 99999')).toEqual([expect.stringContaining('put it in quotes')]);
    expect(ofSet('inlinePolicy: see the wiki')).toEqual([expect.stringMatching(/\{ file: … \}\.$/)]);
    expect(said('groups: { "": {} }')).toEqual([expect.not.stringContaining('leave out')]);
  });
});

it('leaves top-level keys that begin with x- to anchors, in included files too', () => {
  const { document } = load(
    'version: 1\ninclude: [team.yaml]\nx-common: &common { sessionDuration: 8h }\npermissionSets: { A: *common, B: { <<: *common, description: More } }\n',
    { 'team.yaml': 'x-members: &members []\ngroups: { a: { members: *members } }\n' },
  );
  expect(document.permissionSets).toMatchObject({
    A: { sessionDuration: '8h' },
    B: { sessionDuration: '8h', description: 'More' },
  });
  expect(document).not.toHaveProperty('x-common');
  expect(said('permissionSets: { x-a: { x-b: 1 } }')).toEqual([expect.stringContaining('"x-b" is not a key here')]);
});

it('a wrong key in one of two forms is told by the keys of the fuller one', () => {
  expect(said('groups: { ops: { members: [{ user: ann, expirs: 2027-01-31 }] } }')).toEqual([
    expect.stringContaining('"expirs" is not a key here; did you mean "expires"?'),
  ]);
  expect(said('accounts: { production: { id: "111122223333", whose: x } }')).toEqual([
    expect.stringContaining('"whose" is not a key here; the keys here are id and owner.'),
  ]);
});
