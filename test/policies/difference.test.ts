import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/policies/content.ts';
import type { Move } from '../../src/core/policy-difference.ts';
import type { Difference } from '../../src/policies/difference.ts';
import { allow, bounded, deny, set } from './sets.ts';
import { policies } from '../support/policies.ts';

const compare = (before: Content, after: Content): Difference => policies.compare(before, after);

/** A move in a line: the kind, the count, the classes in their order, the first services, the names. */
function line({ kind, count, classes, services, named, inPart, everythingBut }: Move): string {
  const { manageAccess = 0, readData = 0, write = 0, read = 0 } = classes;
  const first = services.slice(0, 3).map(({ service }) => service);
  const more = services.length - first.length;
  return [
    `${kind} ${count} (${manageAccess}/${readData}/${write}/${read})`,
    `in ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}:`,
    named.join(' '),
    ...(inPart > 0 ? [`${inPart} in part`] : []),
    ...(everythingBut ? [`all but [${everythingBut.patterns.join()}], other side ${everythingBut.actions}`] : []),
  ].join(' ');
}

const lines = (before: Content, after: Content): string[] => compare(before, after).moves.map(line);

const vpc = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
const via = (...services: string[]): object => ({
  StringEquals: { 'kms:ViaService': services.map((service) => `${service}.eu-west-1.amazonaws.com`) },
});

it.each<[string, Content, Content, string[]]>([
  [
    's3:* comes',
    set(allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListAllMyBuckets'])),
    set(allow('s3:*')),
    ['gains 177 (27/2/69/79) in s3: s3:PutBucketPolicy s3:PutBucketAcl s3:GetObject s3:GetObjectVersion'],
  ],
  [
    'a denial goes',
    set('AdministratorAccess', deny(['iam:*', 'organizations:*', 'sso:*'])),
    set('AdministratorAccess'),
    ['gains 379 (61/0/154/164) in iam, sso, organizations: iam:CreatePolicyVersion iam:SetDefaultPolicyVersion'],
  ],
  [
    'a condition has one value more',
    set(allow('kms:Decrypt', '*', via('s3'))),
    set(allow('kms:Decrypt', '*', via('s3', 'secretsmanager'))),
    ['otherLimits 1 (0/1/0/0) in kms: kms:Decrypt'],
  ],
  [
    'a condition goes',
    set(allow(['s3:GetObject', 's3:PutObject'], '*', vpc)),
    set(allow(['s3:GetObject', 's3:PutObject'])),
    ['losesLimits 2 (0/1/1/0) in s3: s3:GetObject s3:PutObject'],
  ],
  [
    'a denial gets a condition',
    set(allow('s3:*'), deny('s3:Delete*')),
    set(allow('s3:*'), deny('s3:Delete*', '*', vpc)),
    ['gains 23 (7/0/16/0) in s3: s3:DeleteBucket s3:DeleteObject 23 in part'],
  ],
  [
    'ReadOnlyAccess becomes ViewOnlyAccess, which is no part of it',
    set('ReadOnlyAccess'),
    set('job-function/ViewOnlyAccess'),
    [
      'gains 4 (0/0/0/4) in profile, aws-marketplace, bedrock: ',
      'getsLimits 1 (0/0/0/1) in apigateway: apigateway:GET',
      'loses 5345 (0/28/0/5317) in dynamodb, ssm, logs and 304 more: ssm:GetParameter ssm:GetParameters 1 in part',
    ],
  ],
  [
    'SecretsManagerReadWrite joins',
    set('job-function/ViewOnlyAccess'),
    set('job-function/ViewOnlyAccess', 'SecretsManagerReadWrite'),
    [
      'gains 43 (4/4/21/14) in secretsmanager, lambda, s3 and 6 more: secretsmanager:PutResourcePolicy ' +
        'lambda:AddPermission secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue 10 in part',
    ],
  ],
  [
    'everywhere becomes a bucket',
    set(allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])),
    set(allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], 'arn:aws:s3:::a/*')),
    ['getsLimits 3 (0/1/2/0) in s3: s3:GetObject s3:DeleteObject s3:PutObject'],
  ],
  [
    'a wildcard widens a name',
    set(allow('dynamodb:GetItem')),
    set(allow('dynamodb:*Item')),
    [
      'gains 6 (0/1/4/1) in dynamodb: dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:DeleteItem ' +
        'dynamodb:PutItem dynamodb:UpdateItem',
    ],
  ],
  [
    'ec2:Describe* becomes ec2:*',
    set(allow('ec2:Describe*')),
    set(allow('ec2:*')),
    [
      'gains 632 (24/1/518/89) in ec2: ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute ec2:GetPasswordData ' +
        'ec2:RunInstances',
    ],
  ],
  [
    'kms:Decrypt joins',
    set('job-function/ViewOnlyAccess'),
    set('job-function/ViewOnlyAccess', allow('kms:Decrypt')),
    ['gains 1 (0/1/0/0) in kms: kms:Decrypt'],
  ],
  [
    'PowerUserAccess becomes AdministratorAccess',
    set('PowerUserAccess'),
    set('AdministratorAccess'),
    ['gains 261 (47/0/107/107) in iam, organizations, account: iam:CreatePolicyVersion iam:SetDefaultPolicyVersion'],
  ],
  [
    'a boundary comes',
    set('AdministratorAccess'),
    bounded(set('AdministratorAccess'), 'ReadOnlyAccess'),
    [
      'getsLimits 1 (0/1/0/0) in s3express: s3express:CreateSession',
      'loses 15178 (435/14/11984/2745) in iam, sso, sso-directory and 448 more: iam:CreatePolicyVersion ' +
        'iam:SetDefaultPolicyVersion s3:PutBucketPolicy s3:PutBucketAcl all but [], other side 6913',
    ],
  ],
  [
    'everything but IAM comes',
    set(allow('s3:GetObject')),
    set('AdministratorAccess', deny('iam:*')),
    [
      'gains 21900 (399/42/11907/9552) in sso, organizations, sso-directory and 452 more: sts:AssumeRoot ' +
        'sso:CreateAccountAssignment s3:PutBucketPolicy s3:PutBucketAcl all but [iam:*], other side 1',
    ],
  ],
  [
    'a denial at a bucket comes, which is no limit on what knows no bucket',
    set('AdministratorAccess'),
    set('AdministratorAccess', deny('*', 'arn:aws:s3:::secret/*')),
    ['otherLimits 157 (23/2/64/68) in s3, ssm: s3:PutBucketPolicy s3:PutBucketAcl s3:GetObject s3:GetObjectVersion'],
  ],
])('%s', (_, before, after, expected) => {
  expect(lines(before, after)).toEqual(expected);
});

it.each<[string, Content, Content]>([
  ['order and case', set(allow(['s3:GetObject', 's3:List*'])), set(allow(['S3:LIST*', 's3:getobject']))],
  ['a text that is said twice', set(allow('s3:GetObject'), allow('S3:getobject')), set(allow('s3:GetObject'))],
  [
    'statements that are split',
    set(allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::b'], vpc)),
    set(allow('s3:*', 'arn:aws:s3:::b', vpc), allow('s3:*', 'arn:aws:s3:::a', vpc)),
  ],
  [
    'the case of a condition key',
    set(allow('s3:*', '*', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })),
    set(allow('s3:*', '*', { stringEquals: { 'AWS:sourcevpc': ['vpc-1'] } })),
  ],
  [
    'a managed policy that is written out',
    set('AmazonS3ReadOnlyAccess'),
    set(allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'])),
  ],
  ['a boundary that leaves everything', set('ReadOnlyAccess'), bounded(set('ReadOnlyAccess'), 'AdministratorAccess')],
  [
    'a condition on a time that is over',
    set(allow('s3:*')),
    set(allow('s3:*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })),
  ],
])('%s makes no difference', (_, before, after) => {
  const { moves, before: was, after: is, ...rest } = compare(before, after);
  expect(moves).toEqual([]);
  expect(is).toEqual(was);
  expect(rest.administrator).toMatchObject({ before: was.administrator.known, after: was.administrator.known });
  expect(rest).toMatchObject({ passesAnyRoleTo: [], assumesAnyRole: false, unknownJoins: [], unknownLeaves: [] });
});

describe('limits', () => {
  const change = (before: object[], after: object[]): Move['limits'] =>
    compare(set(...before), set(...after)).moves.find(({ kind }) => kind === 'otherLimits')?.limits;
  const [one, two] = ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'];

  it('say what came and what went', () => {
    expect(change([allow('s3:GetObject', one, vpc)], [allow('s3:GetObject', two, vpc)])).toEqual({
      direction: 'other',
      gone: [
        {
          allow: true,
          boundary: false,
          resource: one,
          conditions: [expect.objectContaining({ key: 'aws:sourcevpc' })],
        },
      ],
      come: [expect.objectContaining({ resource: two })],
    });
  });

  it.each<[string, object[], object[], string | undefined]>([
    ['a resource more', [allow('s3:GetObject', one)], [allow('s3:GetObject', [one, two])], 'wider'],
    ['a resource less', [allow('s3:GetObject', [one, two])], [allow('s3:GetObject', one)], 'narrower'],
    ['a value more', [allow('kms:Decrypt', '*', via('s3'))], [allow('kms:Decrypt', '*', via('s3', 'ec2'))], 'wider'],
    ['a value less', [allow('kms:Decrypt', '*', via('s3', 'ec2'))], [allow('kms:Decrypt', '*', via('s3'))], 'narrower'],
    ['a condition more', [allow('s3:GetObject', one)], [allow('s3:GetObject', one, vpc)], 'narrower'],
    [
      'a value more of a denial',
      [allow('s3:*'), deny('s3:*', one, via('s3'))],
      [allow('s3:*'), deny('s3:*', one, via('s3', 'ec2'))],
      'narrower',
    ],
    ['a denial less', [allow('s3:*'), deny('s3:*', one)], [allow('s3:*')], 'wider'],
    [
      'a value more that must not be',
      [allow('s3:GetObject', '*', { StringNotEquals: { 'aws:SourceVpc': 'a' } })],
      [allow('s3:GetObject', '*', { StringNotEquals: { 'aws:SourceVpc': ['a', 'b'] } })],
      'other',
    ],
  ])('%s: %j -> %j', (_, before, after, direction) => {
    expect(change(before, after)?.direction).toBe(direction);
  });
});

it('says which services any role can newly be passed to', () => {
  const { passesAnyRoleTo, assumesAnyRole } = compare(
    set(allow('lambda:*')),
    set(allow(['lambda:*', 'iam:PassRole', 'sts:AssumeRole'])),
  );
  expect(passesAnyRoleTo).toEqual([{ service: 'lambda.amazonaws.com', by: ['lambda:CreateFunction'] }]);
  expect(assumesAnyRole).toBe(true);
});

it('says who becomes an administrator, and who is no longer one', () => {
  const administrators = ({ before, after }: Difference): string[] =>
    [before, after].map(({ administrator }) => administrator.value);
  expect(administrators(compare(set('PowerUserAccess'), set('PowerUserAccess', 'IAMFullAccess')))).toEqual([
    'no',
    'yes',
  ]);
  expect(administrators(compare(set('AdministratorAccess'), set('AdministratorAccess', deny('iam:*'))))).toEqual([
    'yes',
    'no',
  ]);
});

it('says what of unknown content joins and leaves', () => {
  const before = { ...set('ReadOnlyAccess'), customerManagedPolicies: ['/Old'] };
  const after = {
    ...set('ReadOnlyAccess'),
    customerManagedPolicies: ['/New'],
    permissionsBoundary: { customerManagedPolicy: '/Boundary' },
  };
  expect(compare(before, after)).toMatchObject({
    moves: [],
    unknownJoins: ['/New'],
    unknownLeaves: ['/Old'],
    unknownBoundary: { before: null, after: '/Boundary' },
  });
});

const except = (Effect: 'Allow' | 'Deny', Action: string | string[], ...NotResource: string[]): object => ({
  Effect,
  Action,
  NotResource,
});
const extended = (content: Content): Content => ({ ...content, customerManagedPolicies: ['/Extras'] });
const old = (...statements: object[]): Content => ({
  ...set(),
  inlinePolicy: { Version: '2008-10-17', Statement: statements },
});
const [payroll, pay] = ['arn:aws:s3:::payroll/*', 'arn:aws:dynamodb:*:*:table/pay-*'];
const owned = { StringEquals: { 'ssm:resourceTag/owner': '${aws:PrincipalTag/team}' } };

describe('what no count of allowed actions shows', () => {
  it.each<[string, Content, Content, string[]]>([
    [
      'the exception of an Allow goes',
      set(except('Allow', ['s3:GetObject', 'sqs:SendMessage'], payroll)),
      set(allow(['s3:GetObject', 'sqs:SendMessage'])),
      ['losesLimits 1 (0/1/0/0) in s3: s3:GetObject'],
    ],
    [
      'the exception of an Allow is another',
      set(except('Allow', ['s3:GetObject', 'sqs:SendMessage'], payroll)),
      set(except('Allow', ['s3:GetObject', 'sqs:SendMessage'], 'arn:aws:s3:::old/*')),
      ['otherLimits 1 (0/1/0/0) in s3: s3:GetObject'],
    ],
    [
      'an Allow without the exception joins it',
      set(except('Allow', 's3:GetObject', payroll)),
      set(except('Allow', 's3:GetObject', payroll), allow('s3:GetObject')),
      ['losesLimits 1 (0/1/0/0) in s3: s3:GetObject'],
    ],
    [
      'the exception of an Allow goes that another Allow has overruled',
      set(except('Allow', 's3:GetObject', payroll), allow('s3:GetObject')),
      set(allow('s3:GetObject')),
      [],
    ],
    [
      'a Deny excepts more',
      set(allow('s3:GetObject'), except('Deny', 's3:*', 'arn:aws:s3:::web/*')),
      set(allow('s3:GetObject'), except('Deny', 's3:*', 'arn:aws:s3:::web/*', payroll)),
      ['otherLimits 1 (0/1/0/0) in s3: s3:GetObject'],
    ],
    [
      'a Deny excepts what it denied everywhere',
      set(allow('s3:GetObject'), deny('s3:*')),
      set(allow('s3:GetObject'), except('Deny', 's3:*', payroll)),
      ['gains 1 (0/1/0/0) in s3: s3:GetObject 1 in part'],
    ],
    [
      'a Deny goes of what nothing allows',
      set('AmazonSQSReadOnlyAccess', deny('secretsmanager:GetSecretValue')),
      set('AmazonSQSReadOnlyAccess'),
      ['undenied 1 (0/1/0/0) in secretsmanager: secretsmanager:GetSecretValue'],
    ],
    [
      'a Deny comes of what nothing allows',
      set('AmazonSQSReadOnlyAccess'),
      set('AmazonSQSReadOnlyAccess', deny('secretsmanager:GetSecretValue')),
      [],
    ],
    [
      'a Deny goes, and a policy of unknown content may allow it',
      extended(set(allow('sqs:SendMessage'), deny('iam:PassRole'))),
      extended(set(allow('sqs:SendMessage'))),
      ['undenied 1 (1/0/0/0) in iam: iam:PassRole'],
    ],
    [
      'a Deny comes, and a policy of unknown content may allow it',
      extended(set(allow('sqs:SendMessage'))),
      extended(set(allow('sqs:SendMessage'), deny('iam:PassRole', '*', vpc))),
      ['denied 1 (1/0/0/0) in iam: iam:PassRole'],
    ],
    [
      'a Deny at some resources goes, and a policy of unknown content may allow it',
      extended(set(allow('sqs:SendMessage'), deny('dynamodb:GetItem', pay))),
      extended(set(allow('sqs:SendMessage'))),
      ['otherLimits 1 (0/1/0/0) in dynamodb: dynamodb:GetItem'],
    ],
    [
      'a variable becomes plain text by the version',
      set(allow('ssm:StartSession', '*', owned)),
      old(allow('ssm:StartSession', '*', owned)),
      ['otherLimits 1 (0/0/1/0) in ssm: ssm:StartSession'],
    ],
    [
      'the version is another and there is no variable',
      set(allow('ssm:StartSession', '*', vpc)),
      old(allow('ssm:StartSession', '*', vpc)),
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected);
  });

  it('is what a boundary keeps a policy of unknown content from', () => {
    const content = extended(set('ReadOnlyAccess'));
    const { moves } = compare(bounded(content, 'PowerUserAccess'), content);
    expect(moves.map(({ kind }) => kind)).toEqual(['gains', 'undenied']);
    expect(moves[1]?.classes).toMatchObject({ manageAccess: 47 });
  });
});
