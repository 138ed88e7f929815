import fc from 'fast-check';
import type { Seed } from '../../src/emulator/index.ts';

export const accounts = { root: '100000000000', prod: '200000000000', dev: '300000000000' };
/** What every emulator of these changes begins with; two applications have one name, and the file names one by its ARN. */
export const seed: Seed = {
  region: 'us-east-1',
  managementAccountId: accounts.root,
  instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  accounts: Object.entries(accounts).map(([name, id]) => ({ name, id })),
  applications: [{ name: 'Salesforce' }, { name: 'Wiki' }, { name: 'Wiki', account: accounts.prod }],
};
const secondWiki = 'arn:aws:sso::200000000000:application/ssoins-0123456789abcdef/apl-17a44239cafe5419';
const users = ['ann', 'bob', 'cy', 'dee'];
const groups = ['ops', 'devs', 'aud/it~'];
const sets = ['Admin', 'Read', 'Deploy'];

const user = fc.record(
  {
    givenName: fc.constantFrom('A', 'B'),
    familyName: fc.constantFrom('C', 'D'),
    email: fc.constantFrom('a@x.org', 'b@x.org'),
    title: fc.constantFrom('T', 'U'),
    department: fc.constantFrom('P', 'Q', null),
    manager: fc.constantFrom('ann', 'bob'),
    phoneNumber: fc.constantFrom('+1', '+2'),
    address: fc.constantFrom({ country: 'JP' }, { country: 'DE', locality: 'Bonn' }),
  },
  { requiredKeys: ['givenName', 'familyName'] },
);
const policy = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});
const permissionSet = fc.record(
  {
    description: fc.constantFrom('one', 'two'),
    sessionDuration: fc.constantFrom('1h', '8h', 'PT2H'),
    relayState: fc.constantFrom('https://a.example/', 'https://b.example/'),
    managedPolicies: fc.subarray(['ReadOnlyAccess', 'job-function/Billing', 'AdministratorAccess']),
    customerManagedPolicies: fc.subarray([{ name: 'deployer', path: '/team/' }, { name: 'deployer' }]),
    permissionsBoundary: fc.constantFrom(
      { managedPolicy: 'PowerUserAccess' },
      { customerManagedPolicy: { name: 'edge' } },
    ),
    inlinePolicy: fc.constantFrom(policy('s3:*'), policy('ec2:Describe*')),
    tags: fc.constantFrom({ a: '1' }, { a: '2', b: '3' }),
  },
  { requiredKeys: [] },
);
const some = (names: string[]) => fc.subarray(names, { minLength: 1 });
const dictionary = <T>(names: string[], value: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.subarray(names), fc.array(value, { minLength: names.length, maxLength: names.length }))
    .map(([chosen, values]) => Object.fromEntries(chosen.map((name, index) => [name, values[index] as T])));

/** A file whose references hold: what is not declared is dropped from the lists. */
const document = fc
  .record({
    users: dictionary(users, user),
    groups: dictionary(
      groups,
      fc.record({ description: fc.constantFrom('x', 'y'), members: fc.subarray(users) }, { requiredKeys: ['members'] }),
    ),
    permissionSets: dictionary(sets, permissionSet),
    assignments: fc.array(
      fc.record({
        users: some(users),
        groups: some(groups),
        permissionSets: some(sets),
        accounts: some(Object.keys(accounts)),
      }),
      { maxLength: 4 },
    ),
    applicationAssignments: fc.array(
      fc.record({ users: some(users), groups: some(groups), applications: some(['Salesforce', secondWiki]) }),
      { maxLength: 3 },
    ),
    accessControlAttributes: fc.constantFrom<Record<string, string>>(
      {},
      { title: '${path:title}' },
      { title: '${path:userType}', 'a=b': '${path:emails[primary eq true].value}' },
    ),
    trustedTokenIssuers: dictionary(
      ['okta', 'entra'],
      fc.record({
        issuerUrl: fc.constantFrom('https://a.example', 'https://b.example/x'),
        claimAttributePath: fc.constantFrom('email', 'sub'),
        identityStoreAttributePath: fc.constantFrom('emails.value', 'userName'),
      }),
    ),
  })
  .map(({ users, groups, permissionSets, assignments, applicationAssignments, ...rest }) => {
    const keep = (names: string[], declared: object): string[] => names.filter((name) => Object.hasOwn(declared, name));
    return {
      version: 1,
      identityCenter: { region: 'us-east-1' },
      accounts,
      // An address belongs to one person only.
      users: Object.fromEntries(
        Object.entries(users).map(([name, { email, ...rest }]) => [
          name,
          { ...rest, ...(email && { email: `${name}${email}` }) },
        ]),
      ),
      groups: Object.fromEntries(
        Object.entries(groups).map(([name, group]) => [name, { ...group, members: keep(group.members, users) }]),
      ),
      permissionSets,
      assignments: assignments
        .map((entry) => ({
          ...entry,
          users: keep(entry.users, users),
          groups: keep(entry.groups, groups),
          permissionSets: keep(entry.permissionSets, permissionSets),
        }))
        .flatMap(({ users, groups, ...entry }) => [
          ...(users.length > 0 ? [{ ...entry, users }] : []),
          ...(groups.length > 0 ? [{ ...entry, groups }] : []),
        ])
        .filter((entry) => entry.permissionSets.length > 0),
      applicationAssignments: applicationAssignments.flatMap(({ applications, ...entry }) => {
        const who = { users: keep(entry.users, users), groups: keep(entry.groups, groups) };
        return [
          ...(who.users.length > 0 ? [{ users: who.users, applications }] : []),
          ...(who.groups.length > 0 ? [{ groups: who.groups, applications }] : []),
        ];
      }),
      ...rest,
    };
  });
export type Document = typeof document extends fc.Arbitrary<infer T> ? T : never;

/** Sometimes the second file makes a set of the first anew under another name. */
export const change = fc.tuple(document, document, fc.boolean()).map(([before, after, renames]) => {
  const [old] = Object.keys(before.permissionSets);
  if (!renames || old === undefined || !Object.hasOwn(after.permissionSets, old))
    return { before, after, renamed: new Map<string, string>() };
  const { [old]: moved, ...rest } = after.permissionSets;
  const to = `${old}2`;
  return {
    before,
    after: {
      ...after,
      permissionSets: { ...rest, [to]: { ...moved, previously: old } },
      assignments: after.assignments.map((entry) => ({
        ...entry,
        permissionSets: entry.permissionSets.map((name) => (name === old ? to : name)),
      })),
    },
    renamed: new Map([[to, old]]),
  };
});
