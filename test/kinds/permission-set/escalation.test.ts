import { describe, expect, it } from 'vitest';
import type { PermissionSetSpec } from '../../../src/kinds/permission-set/kind.ts';
import { powersOf } from '../../../src/kinds/permission-set/escalation.ts';
import type { PolicyDocument } from '../../../src/kinds/shared/policy/document.ts';

const set = (parts: Partial<PermissionSetSpec>): PermissionSetSpec => ({
  name: 'S',
  sessionDuration: 'PT1H',
  managedPolicies: [],
  customerManagedPolicies: [],
  tags: {},
  provisioned: { stale: [] },
  ...parts,
});
const policies = (...names: string[]) =>
  powersOf(set({ managedPolicies: names.map((name) => `arn:aws-cn:iam::aws:policy/${name}`) }));
const inline = (statement: object) =>
  powersOf(set({ inlinePolicy: { Statement: statement } as unknown as PolicyDocument }));

describe('what lets a permission set escalate privileges', () => {
  it('is an AWS managed policy that reaches everything or manages rights, in any partition', () => {
    expect(policies('ReadOnlyAccess', 'IAMFullAccess', 'PowerUserAccess')).toEqual([
      'the policy IAMFullAccess',
      'the policy PowerUserAccess',
    ]);
    expect(policies('ReadOnlyAccess', 'job-function/Billing', 'team/IAMFullAccess')).toEqual([]);
  });

  const allows = (action: string): object => ({ Effect: 'Allow', Action: action, Resource: '*' });

  it.each([
    [
      allows('iam:PutRolePolicy'), //
      ['an inline policy that allows iam:PutRolePolicy'],
    ],
    [
      { Effect: 'Allow', Action: ['s3:Get*', 'SSO:createACCOUNTassignment'], Resource: 'arn:aws:sso:::instance/x' },
      ['an inline policy that allows sso:CreateAccountAssignment'],
    ],
    [
      { Effect: 'Allow', Action: ['identitystore:Create*', 'iam:Update*Profile'], Resource: '*' },
      [
        'an inline policy with Action: "iam:update*profile", which allows iam:UpdateLoginProfile',
        'an inline policy with Action: "identitystore:create*", which allows identitystore:CreateGroupMembership',
      ],
    ],
    [
      allows('iam:C*'),
      [
        'an inline policy with Action: "iam:c*", which allows iam:CreatePolicyVersion, iam:CreateAccessKey and iam:CreateLoginProfile',
      ],
    ],
    [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'sts:*', 'sso*'], Resource: '*' },
      ['an inline policy that allows all but the actions it names, so also identitystore:CreateGroupMembership'],
    ],
    [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'sts:*', 'sso*', 'identitystore:*'], Resource: '*' },
      ['an inline policy that allows all but the actions it names'],
    ],
    [{ Effect: 'Allow', NotAction: ['s3:*', '*'], Resource: '*' }, []],
    [{ Effect: 'Deny', Action: '*', Resource: '*' }, []],
    [{ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }, []],
    [
      {
        Effect: 'Allow',
        Action: ['s3:*', 'iam:Get*', 'iam:List*', 'iam:PassRole', 'sso:List*', 'ec2:Create*'],
        Resource: '*',
      },
      [],
    ],
  ])('is an inline policy such as %j: %j', (statement, expected) => {
    expect(inline(statement)).toEqual(expected);
    expect(inline([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, statement])).toEqual(expected);
  });

  it.each(['*', '**', '?*', '*:*', '*:**', '*:Put*', 'i*', 'iam:*', 'iam:**', 'iam:?*', 'IAM:*', 'iam:Put*'])(
    'is an inline policy with a wildcard such as %s',
    (action) => {
      const words = `an inline policy with Action: "${action.toLowerCase()}", which allows `;
      expect(inline(allows(action))).toEqual([expect.stringContaining(words)]);
    },
  );

  it.each(['iam:*Policy', 'iam:Attach*', 'sso:?*', 'sso:*', 'sso-directory:*', 'identitystore:*', 'organizations:*'])(
    'is an inline policy with %s too',
    (action) => {
      expect(inline(allows(action))).toHaveLength(1);
    },
  );

  it('is nothing in a policy that is no policy', () => {
    expect(powersOf(set({}))).toEqual([]);
    expect(powersOf(set({ inlinePolicy: 'broken' as unknown as PolicyDocument }))).toEqual([]);
  });
});
