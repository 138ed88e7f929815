import { describe, expect, it } from 'vitest';
import type { Administers } from '../../src/policies/administrator.ts';
import type { Content } from '../../src/policies/content.ts';
import { administrator, besideAdministratorAccess, contents, elsewhere, noMfa } from './administrator-cases.ts';
import { allow, bounded, deny, set } from './sets.ts';
import { policies } from '../support/policies.ts';

it.each(besideAdministratorAccess)('AdministratorAccess with %s', (_, content, administers, restores) => {
  const judged = policies.judge(content);
  expect([judged.administrator.value, judged.restoresIdentityCenter]).toEqual([administers, restores]);
});

it.each(contents)('%s', (_, content, administers, restores) => {
  const judged = policies.judge(content);
  expect([judged.administrator.value, judged.restoresIdentityCenter]).toEqual([administers, restores]);
});

describe('what is not known', () => {
  const customer = { customerManagedPolicies: ['/App'] };

  it.each<[string, Content, Administers]>([
    ['a customer managed policy could deny', { ...administrator(), ...customer }, 'unknown'],
    ['a customer managed policy could allow', { ...set('ReadOnlyAccess'), ...customer }, 'unknown'],
    ['a policy that is not in the data could allow', set('ReadOnlyAccess', 'AWSNewPolicy'), 'unknown'],
    ['a document that is not one could be anything', { ...administrator(), inlinePolicy: 'not JSON' }, 'unknown'],
    [
      'a boundary could leave everything',
      { ...administrator(), permissionsBoundary: { customerManagedPolicy: '/B' } },
      'unknown',
    ],
    [
      'a boundary adds nothing',
      { ...set('ReadOnlyAccess'), permissionsBoundary: { customerManagedPolicy: '/B' } },
      'no',
    ],
    ['a denial holds against what may be allowed', { ...set(deny('iam:*')), ...customer }, 'no'],
    ['a boundary holds against it', { ...bounded(set(), 'ReadOnlyAccess'), ...customer }, 'no'],
  ])('%s', (_, content, administers) => {
    expect(policies.judge(content).administrator.value).toBe(administers);
  });
});

it('says by which actions, and under which conditions', () => {
  expect(policies.judge(set(allow(['iam:UpdateAssumeRolePolicy', 'iam:Put*']))).administrator).toEqual({
    value: 'yes',
    known: 'yes',
    by: ['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy'],
    conditions: [],
  });
  expect(policies.judge(administrator(deny('*', '*', { ...noMfa, ...elsewhere }))).administrator).toMatchObject({
    value: 'conditional',
    conditions: ['aws:MultiFactorAuthPresent', 'aws:RequestedRegion'],
  });
});

it('reads policies of another partition by the data of the commercial one', () => {
  const china = set(
    'arn:aws-cn:iam::aws:policy/PowerUserAccess',
    allow(['iam:CreateRole', 'iam:AttachRolePolicy'], 'arn:aws-cn:iam::*:role/*'),
  );
  expect(policies.judge(china).administrator.value).toBe('yes');
});
