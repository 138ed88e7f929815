import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connectionRights, managementAccountRights, optionalRights } from '../../../src/aws/iam/actions.ts';
import { iamPolicy, type PolicyScope } from '../../../src/aws/iam/policy.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { parsePolicy } from '../../../src/emulator/index.ts';

const scope: PolicyScope = {
  partition: 'aws',
  instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  identityStoreId: 'd-0123456789',
  managementAccountId: '999988887777',
  isDelegated: false,
};
const unknown: PolicyScope = { partition: 'aws', isDelegated: false };

const actionsOf = (purpose: 'plan' | 'apply', given: PolicyScope): string[] =>
  iamPolicy(kinds, purpose, given).Statement.flatMap(({ Action }) => Action);
const resourcesOf = (purpose: 'plan' | 'apply', given: PolicyScope): string[] => [
  ...new Set(iamPolicy(kinds, purpose, given).Statement.flatMap(({ Resource }) => Resource)),
];

it('the actions are those of the calls in the source, each once', () => {
  const src = path.join(import.meta.dirname, '..', '..', '..', 'src');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('emulator'))
    .map((file) => readFileSync(path.join(src, file), 'utf8'));
  const services = { ssoAdmin: 'sso', identityStore: 'identitystore', organizations: 'organizations' };
  const called = sources.flatMap((source) =>
    [...source.matchAll(/\b(ssoAdmin|identityStore|organizations)\.(?!send\()([a-z][A-Za-z]+)\(/g)].map(
      ([, client, method = '']) =>
        `${services[client as keyof typeof services]}:${method[0]?.toUpperCase()}${method.slice(1)}`,
    ),
  );
  // What the client does not have yet.
  const sent = sources.flatMap((source) =>
    [...source.matchAll(/\bidentityStore\.send\(\s*new ([A-Z]\w+)Command\(/g)].map(
      ([, name]) => `identitystore:${name}`,
    ),
  );
  const optional = optionalRights
    .flatMap(({ actions }) => actions)
    .filter((action) => /^(sso|identitystore):/.test(action));
  const rights = [connectionRights, ...kinds.map((kind) => kind.rights)].flatMap(({ read, write }) => [
    ...read,
    ...write,
  ]);
  const listed = [...rights.flatMap(({ actions }) => actions), ...optional];
  expect(listed.toSorted()).toEqual([...new Set([...called, ...sent])].sort());
});

it('a plan only reads, and an apply plans too', () => {
  expect(actionsOf('plan', scope).filter((action) => !/:(List|Describe|Get)/.test(action))).toEqual([]);
  expect(actionsOf('apply', scope)).toEqual(expect.arrayContaining(actionsOf('plan', scope)));
});

it('what is known makes it narrow, and only actions without resources stand on *', () => {
  const known = resourcesOf('apply', scope);
  expect(known.filter((arn) => !/^(\*|arn:aws:[^{}]+)$/.test(arn))).toEqual([]);
  expect(known).toEqual(
    expect.arrayContaining([
      '*',
      'arn:aws:organizations::999988887777:account/o-*/*',
      'arn:aws:organizations::999988887777:ou/o-*/ou-*',
      'arn:aws:organizations::999988887777:root/o-*/r-*',
      'arn:aws:sso:::instance/ssoins-0123456789abcdef',
      'arn:aws:identitystore::999988887777:identitystore/d-0123456789',
      'arn:aws:identitystore:::user/*',
      'arn:aws:identitystore:::group/*',
      'arn:aws:identitystore:::membership/*',
      'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/*',
      'arn:aws:sso:::account/*',
      'arn:aws:sso::*:application/ssoins-0123456789abcdef/*',
      'arn:aws:iam::999988887777:role/aws-reserved/sso.amazonaws.com/*',
      'arn:aws:iam::999988887777:role/AWSReservedSSO_*',
      'arn:aws:iam::999988887777:saml-provider/AWSSSO_*',
    ]),
  );
  const wide = iamPolicy(kinds, 'apply', unknown).Statement.filter(({ Resource }) => Resource.includes('*'));
  expect(wide.flatMap(({ Action }) => Action)).toEqual([
    'sso:ListInstances',
    'organizations:DescribeOrganization',
    'organizations:ListAccounts',
    'organizations:ListRoots',
    'sso:ListApplications',
    'iam:ListPolicies',
    'iam:ListRoles',
    'iam:ListSAMLProviders',
  ]);
});

it('what is not known is any', () => {
  const any = resourcesOf('plan', unknown);
  expect(any.filter((arn) => !/^(\*|arn:aws:[^{}]+)$/.test(arn))).toEqual([]);
  expect(any).toEqual(
    expect.arrayContaining([
      '*',
      'arn:aws:organizations::*:account/o-*/*',
      'arn:aws:organizations::*:ou/o-*/ou-*',
      'arn:aws:organizations::*:root/o-*/r-*',
      'arn:aws:sso:::instance/*',
      'arn:aws:identitystore::*:identitystore/*',
      'arn:aws:identitystore:::user/*',
      'arn:aws:identitystore:::group/*',
      'arn:aws:identitystore:::membership/*',
      'arn:aws:sso:::permissionSet/*/*',
      'arn:aws:sso:::account/*',
      'arn:aws:sso::*:application/*/*',
    ]),
  );
});

it('rights on the same resources are one statement, in whichever order they name them', () => {
  const { Statement } = iamPolicy(kinds, 'apply', { ...scope, isDelegated: true });
  const resources = Statement.map(({ Resource }) => [...Resource].sort().join(' '));
  expect(new Set(resources).size).toBe(resources.length);
});

it('what a kind needs is in the policy of its plans or its applies, and nowhere else', () => {
  const on = ['arn:{partition}:sso::{account}:robot/{instance}/*'];
  const robot = {
    rights: {
      read: [{ sid: 'Robots', on, actions: ['sso:ListRobots'] }],
      write: [{ sid: 'Robots', on, actions: ['sso:CreateRobot'] }],
    },
  };
  const ofRobots = (purpose: 'plan' | 'apply') =>
    iamPolicy([...kinds, robot], purpose, scope).Statement.filter(({ Sid }) => Sid === 'Robots');
  const Resource = ['arn:aws:sso::999988887777:robot/ssoins-0123456789abcdef/*'];
  expect(ofRobots('plan')).toEqual([{ Sid: 'Robots', Effect: 'Allow', Action: ['sso:ListRobots'], Resource }]);
  expect(ofRobots('apply')).toMatchObject([{ Action: ['sso:ListRobots', 'sso:CreateRobot'], Resource }]);
});

it('a delegated administrator gets nothing that works in the management account alone', () => {
  const own = managementAccountRights.flatMap(({ actions }) => actions);
  const withheld = actionsOf('apply', scope).filter(
    (action) => !actionsOf('apply', { ...scope, isDelegated: true }).includes(action),
  );
  expect(withheld).toEqual(own);
  expect(own.filter((action) => !action.startsWith('iam:'))).toEqual([]);
});

it.each(['aws', 'aws-cn', 'aws-us-gov'])('every ARN is of the partition %s', (partition) => {
  const arns = resourcesOf('apply', { partition, isDelegated: false }).filter((resource) => resource !== '*');
  expect(arns.map((arn) => arn.split(':')[1])).toEqual(arns.map(() => partition));
});

it('a customer managed key can be used through Identity Center alone', () => {
  const kmsKeyArn = 'arn:aws:kms:us-east-1:999988887777:key/0123abcd';
  for (const purpose of ['plan', 'apply'] as const) {
    expect(iamPolicy(kinds, purpose, { ...scope, kmsKeyArn }).Statement.at(-1)).toEqual({
      Sid: 'ReadWhatTheKeyEncrypts',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [kmsKeyArn],
      Condition: { StringLike: { 'kms:ViaService': ['sso.*.amazonaws.com', 'identitystore.*.amazonaws.com'] } },
    });
  }
  expect(actionsOf('apply', scope)).not.toContain('kms:Decrypt');
});

it('IAM takes it: the largest fits a managed policy, and each statement has a name of its own', () => {
  const policy = iamPolicy(kinds, 'apply', {
    ...scope,
    kmsKeyArn: `arn:aws:kms:us-east-1:999988887777:key/${'0'.repeat(36)}`,
  });
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  const names = policy.Statement.map(({ Sid }) => Sid);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
  expect(parsePolicy(JSON.stringify(policy))).toEqual(policy);
});
