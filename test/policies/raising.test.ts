import { describe, expect, it } from 'vitest';
import names from '../../src/policies/data/policy-names.json' with { type: 'json' };
import { loadCatalogue } from '../../src/policies/catalogue.ts';
import type { Policies } from '../../src/policies/load.ts';
import { notableActions, rankOf } from '../../src/policies/notable-actions.ts';
import { powerOf } from '../../src/policies/power.ts';
import type { Raising } from '../../src/policies/raising.ts';
import {
  givingRights,
  makingRoles,
  raisingAnywhere,
  raisingInOrganization,
} from '../../src/policies/raising-actions.ts';
import { roleRunners } from '../../src/policies/role-runners.ts';
import { allow, bounded, deny, set } from './sets.ts';
import { policies } from '../support/policies.ts';

/** The policies of AWS that have something. */
const having = (has: (raising: Raising) => boolean): string[] =>
  names.names.filter((name) => has(policies.judge(set(name)).raising));

// A name that is new here: judge it. It is right where the policy does give that; else the definition or a list is wrong.
describe('what raises rights, of all managed policies of AWS', () => {
  it('in any account', () => {
    expect(having(({ anywhere }) => anywhere.length > 0)).toEqual([
      'AdministratorAccess',
      'AdministratorAccess-Amplify',
      'IAMFullAccess',
    ]);
  });

  it('by roles of some names', () => {
    expect(having(({ namedRoles }) => namedRoles.length > 0)).toEqual([
      'AWSManagedAccountManagementAccess',
      'WellArchitectedConsoleFullAccess',
      'service-role/AWSCodeStarServiceRole',
    ]);
  });

  it('through the organization', () => {
    expect(having(({ organization }) => organization.length > 0)).toEqual([
      'AIDevOpsAgentActionsPolicy',
      'AWSAccountManagementFullAccess',
      'AWSManagedAccountUserEntitlementAccess',
      'AWSManagedControlPolicyManagementAccess',
      'AWSManagedSettingsAdminAccess',
      'AWSOrganizationsFullAccess',
      'AWSSSODirectoryAdministrator',
      'AWSSSOMasterAccountAdministrator',
      'AWSSSOMemberAccountAdministrator',
      'AdministratorAccess',
      'AmazonGuardDutyFullAccess',
      'AmazonInspector2FullAccess',
      'PowerUserAccess',
      'service-role/AWSControlTowerServiceRolePolicy',
    ]);
  });

  it('as an administrator of the account', () => {
    const values = names.names.map((name) => [name, policies.judge(set(name)).administrator.value]);
    expect(Object.fromEntries(values.filter(([, value]) => value !== 'no'))).toEqual({
      AWSMcpServiceActionsFullAccess: 'conditional',
      AdministratorAccess: 'yes',
      'AdministratorAccess-Amplify': 'yes',
      IAMFullAccess: 'yes',
    });
  });
});

describe('the lists', () => {
  it('have only actions that are in the data, each once', async () => {
    const { actionsOf } = await loadCatalogue();
    const known = (action: string): boolean => {
      const [service = '', name = ''] = action.split(':');
      return actionsOf(service)?.includes(name) ?? false;
    };
    const notable = notableActions.flat();
    const lists = [
      notable,
      raisingAnywhere,
      raisingInOrganization,
      makingRoles,
      givingRights,
      Object.values(roleRunners).flat(),
    ];
    expect(lists.flat().filter((action) => !known(action))).toEqual([]);
    expect(notable.length).toBe(new Set(notable).size);
    expect(notableActions.map((rank) => rank.length)).toEqual([66, 22, 43, 12, 12, 14]);
  });

  it('rank what raises rights first', () => {
    expect([...raisingAnywhere, ...raisingInOrganization].filter((action) => rankOf(action) !== 1)).toEqual([]);
  });
});

describe('what roles of the account could be used for', () => {
  const pass = (...services: string[]): object =>
    allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': services } });
  const passing = (...statements: object[]): string[] =>
    policies.judge(set(...statements)).raising.passesAnyRole.map(({ service }) => service);

  it('is the service that any role can be passed to, where it can be made to use it', () => {
    expect(passing(allow(['iam:PassRole', 'lambda:*']))).toEqual(['lambda.amazonaws.com']);
    expect(passing(allow('iam:PassRole', 'arn:aws:iam::*:role/*'), allow('lambda:CreateFunction'))).toEqual([
      'lambda.amazonaws.com',
    ]);
    expect(passing(pass('lambda.amazonaws.com', 'glue.amazonaws.com'), allow(['lambda:*', 'ec2:*']))).toEqual([
      'lambda.amazonaws.com',
    ]);
  });

  it('is nothing where roles are limited, or what uses them', () => {
    expect(passing(allow('iam:PassRole', 'arn:aws:iam::*:role/app-*'), allow('lambda:*'))).toEqual([]);
    expect(passing(allow('iam:PassRole'), allow('lambda:*', 'arn:aws:lambda:*:*:function:app-*'))).toEqual([]);
    expect(passing(allow('iam:PassRole'), allow('lambda:List*'))).toEqual([]);
    expect(passing(allow(['iam:PassRole', 'lambda:*']), deny('iam:PassRole'))).toEqual([]);
    expect(
      passing(allow('iam:PassRole', '*', { StringEquals: { 'aws:ResourceTag/app': 'a' } }), allow('lambda:*')),
    ).toEqual([]);
  });

  it('is computed over all policies of a set, and its boundary', () => {
    const both = set('AWSLambda_ReadOnlyAccess', allow(['iam:PassRole', 'lambda:CreateFunction']));
    expect(policies.judge(both).raising.passesAnyRole).toEqual([
      { service: 'lambda.amazonaws.com', by: ['lambda:CreateFunction'] },
    ]);
    expect(policies.judge(bounded(both, 'AWSLambda_ReadOnlyAccess')).raising.passesAnyRole).toEqual([]);
    expect(policies.judge(bounded(both, 'AWSLambda_FullAccess')).raising.passesAnyRole).toHaveLength(1);
  });
});

describe('roles of some names', () => {
  const named = (...statements: object[]): string[] => policies.judge(set(...statements)).raising.namedRoles;
  const app = 'arn:aws:iam::*:role/app-*';

  it('are those that the holder makes and gives rights', () => {
    expect(named(allow(['iam:CreateRole', 'iam:AttachRolePolicy'], app))).toEqual([app]);
    expect(named(allow('iam:CreateRole'), allow('iam:PutRolePolicy', app))).toEqual([app]);
    expect(named(allow('iam:CreateRole', app), allow('iam:PutRolePolicy', 'arn:aws:iam::*:role/app-web-*'))).toEqual([
      'arn:aws:iam::*:role/app-web-*',
    ]);
  });

  it('are none where a condition or other names are between', () => {
    const within = { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/App' } };
    expect(named(allow('iam:CreateRole', app, within), allow('iam:PutRolePolicy', app))).toEqual([]);
    expect(named(allow('iam:CreateRole', app), allow('iam:PutRolePolicy', 'arn:aws:iam::*:role/db-*'))).toEqual([]);
    expect(
      named(allow(['iam:CreatePolicy', 'iam:CreateRole', 'iam:PutRolePolicy'], 'arn:aws:iam::*:policy/app-*')),
    ).toEqual([]);
  });
});

describe('the power of a set', () => {
  const power = (content: Parameters<Policies['judge']>[0]): string[] =>
    (['member', 'delegated', 'management'] as const).map((place) => powerOf(policies.judge(content), place));

  it.each<[string, Parameters<Policies['judge']>[0], string[]]>([
    ['AdministratorAccess', set('AdministratorAccess'), ['administrator', 'administrator', 'administrator']],
    ['PowerUserAccess', set('PowerUserAccess'), ['write', 'raise', 'raise']],
    ['AWSLambda_FullAccess', set('AWSLambda_FullAccess'), ['write', 'write', 'raise']],
    ['iam:CreateAccessKey', set(allow('iam:CreateAccessKey')), ['raise', 'raise', 'raise']],
    [
      'iam:CreateAccessKey on some users',
      set(allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/a*')),
      ['write', 'write', 'write'],
    ],
    [
      '* with MFA',
      set(allow('*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      ['raise', 'raise', 'raise'],
    ],
    ['ReadOnlyAccess', set('ReadOnlyAccess'), ['read', 'read', 'read']],
    ['job-function/ViewOnlyAccess', set('job-function/ViewOnlyAccess'), ['read', 'read', 'read']],
    ['SecurityAudit', set('SecurityAudit'), ['read', 'read', 'read']],
    ['kms:Decrypt', set(allow('kms:Decrypt')), ['read', 'read', 'read']],
    ['s3:PutObject', set(allow('s3:PutObject', 'arn:aws:s3:::a/*')), ['write', 'write', 'write']],
  ])('%s in a member, a delegated and the management account', (_, content, expected) => {
    expect(power(content)).toEqual(expected);
  });

  it('is unknown where a customer managed policy could add to it', () => {
    const customer = { customerManagedPolicies: ['/App'] };
    expect(power({ ...set('ReadOnlyAccess'), ...customer })).toEqual(['unknown', 'unknown', 'unknown']);
    expect(power({ ...set('PowerUserAccess'), ...customer })).toEqual(['unknown', 'raise', 'raise']);
    expect(power({ ...set('AdministratorAccess'), ...customer })[0]).toBe('administrator');
  });
});
