import { describe, expect, it } from 'vitest';
import type { PermissionSetSpec } from '../../src/kinds/permission-set.ts';
import { powersOf } from '../../src/kinds/powerful.ts';
import type { PolicyDocument } from '../../src/kinds/policy.ts';

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

describe('what makes a permission set powerful', () => {
  it('is an AWS managed policy that reaches everything or manages rights, in any partition', () => {
    expect(policies('ReadOnlyAccess', 'IAMFullAccess', 'PowerUserAccess')).toEqual([
      'the policy IAMFullAccess',
      'the policy PowerUserAccess',
    ]);
    expect(policies('ReadOnlyAccess', 'job-function/Billing', 'team/IAMFullAccess')).toEqual([]);
  });

  it.each([
    [{ Effect: 'Allow', Action: '*', Resource: '*' }, ['an inline policy with Action: "*"']],
    [
      { Effect: 'Allow', Action: ['s3:Get*', 'IAM:*'], Resource: 'arn:aws:iam::1:role/x' },
      ['an inline policy with Action: "iam:*"'],
    ],
    [
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      ['an inline policy that allows all but the actions it names'],
    ],
    [{ Effect: 'Deny', Action: '*', Resource: '*' }, []],
    [{ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }, []],
    [{ Effect: 'Allow', Action: ['s3:*', 'iam:Get*'], Resource: '*' }, []],
  ])('is an inline policy such as %j: %j', (statement, expected) => {
    expect(inline(statement)).toEqual(expected);
    expect(inline([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, statement])).toEqual(expected);
  });

  it('is nothing in a policy that is no policy', () => {
    expect(powersOf(set({}))).toEqual([]);
    expect(powersOf(set({ inlinePolicy: 'broken' as unknown as PolicyDocument }))).toEqual([]);
  });
});
