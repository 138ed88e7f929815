import type { Administers } from '../../src/policies/administrator.ts';
import type { Content } from '../../src/policies/content.ts';
import { allow, bounded, deny, set } from './sets.ts';

/** A content, who administers an account with it, and whether Identity Center can be restored. */
export type Case = [name: string, content: Content, administers: Administers, restores: boolean];

export const noMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
export const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
const office = { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
const since = (date: string): object => ({ DateGreaterThan: { 'aws:CurrentTime': date } });
const but = (NotAction: string[], Effect: 'Allow' | 'Deny', more: object = {}): object => ({
  Effect,
  NotAction,
  Resource: '*',
  ...more,
});
const elsewhereBut = (NotResource: string, Action: string): object => ({ Effect: 'Deny', Action, NotResource });

export const administrator = (...more: (string | object)[]): Content => set('AdministratorAccess', ...more);
const letters = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}*:*`);

/** What is added to AdministratorAccess. */
export const besideAdministratorAccess: Case[] = [
  ['nothing', administrator(), 'yes', true],
  ['AWSDenyAll', administrator('AWSDenyAll'), 'no', false],
  ['a denial of *', administrator(deny('*')), 'no', false],
  ['a denial of *:*', administrator(deny('*:*')), 'no', false],
  ['a denial of * on arn:aws:*', administrator(deny('*', 'arn:aws:*')), 'no', false],
  ['a denial of all but one action', administrator(but(['sts:GetCallerIdentity'], 'Deny')), 'no', false],
  [
    'a denial of what rights are made of',
    administrator(deny(['iam:*', 'sso:*', 'organizations:*', 'identitystore:*', 'sts:*'])),
    'no',
    false,
  ],
  ['a denial of iam:*', administrator(deny('iam:*')), 'no', true],
  ['a denial of IAM:* in capitals', administrator(deny('IAM:*')), 'no', true],
  ['a denial of sts:*', administrator(deny('sts:*')), 'no', true],
  [
    'a denial of sts:AssumeRole on every role',
    administrator(deny('sts:AssumeRole', 'arn:aws:iam::*:role/*')),
    'no',
    true,
  ],
  ['a denial of iam:*Role* and iam:*Policy', administrator(deny(['iam:*Role*', 'iam:*Policy'])), 'no', true],
  ['a denial of sso:* and identitystore:*', administrator(deny(['sso:*', 'identitystore:*'])), 'yes', false],
  [
    'rails on users and keys',
    administrator(deny(['iam:CreateUser', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'])),
    'yes',
    true,
  ],
  ['a rail on leaving the organization', administrator(deny('organizations:LeaveOrganization')), 'yes', true],
  ['a denial on reserved roles', administrator(deny('iam:*', 'arn:aws:iam::*:role/aws-reserved/*')), 'yes', true],
  ['a denial on a bucket', administrator(deny('*', 'arn:aws:s3:::secret/*')), 'yes', true],
  ['a denial of * but on one resource', administrator(elsewhereBut('arn:aws:s3:::a', '*')), 'no', false],
  [
    'a denial of iam:* but on some roles',
    administrator(elsewhereBut('arn:aws:iam::*:role/app-*', 'iam:*')),
    'no',
    true,
  ],
  ['a denial of * but everywhere', administrator(elsewhereBut('*', '*')), 'yes', true],
  ['the boundary SecurityAudit', bounded(administrator(), 'SecurityAudit'), 'no', false],
  ['the boundary ReadOnlyAccess', bounded(administrator(), 'ReadOnlyAccess'), 'no', false],
  ['the boundary PowerUserAccess', bounded(administrator(), 'PowerUserAccess'), 'no', true],
  ['the boundary AdministratorAccess', bounded(administrator(), 'AdministratorAccess'), 'yes', true],
  ['the boundary IAMFullAccess', bounded(administrator(), 'IAMFullAccess'), 'yes', false],
  ['a denial without MFA', administrator(deny('*', '*', noMfa)), 'conditional', false],
  ['a denial outside the office', administrator(deny('*', '*', office)), 'conditional', false],
  ['a denial in other Regions', administrator(deny('*', '*', elsewhere)), 'conditional', false],
  ['a denial since a day that is over', administrator(deny('*', '*', since('2020-01-01T00:00:00Z'))), 'no', false],
  ['a denial from a day to come', administrator(deny('*', '*', since('2030-01-01T00:00:00Z'))), 'conditional', false],
  [
    'a denial until a day that is over',
    administrator(deny('*', '*', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })),
    'yes',
    true,
  ],
  [
    "AWS's example of a Region deny",
    administrator(but(['iam:*', 'sts:*', 'sso:*', 'organizations:*'], 'Deny', { Condition: elsewhere })),
    'yes',
    true,
  ],
];

export const contents: Case[] = [
  ['IAMFullAccess', set('IAMFullAccess'), 'yes', false],
  ['iam:*', set(allow('iam:*')), 'yes', false],
  ['iam:CreateRole and iam:PutRolePolicy', set(allow(['iam:CreateRole', 'iam:PutRolePolicy'])), 'yes', false],
  [
    'the same on every role',
    set(allow(['iam:CreateRole', 'iam:PutRolePolicy'], 'arn:aws:iam::*:role/*')),
    'yes',
    false,
  ],
  ['iam:CreateRole alone', set(allow('iam:CreateRole')), 'no', false],
  ['AdministratorAccess-Amplify', set('AdministratorAccess-Amplify'), 'yes', false],
  ['PowerUserAccess', set('PowerUserAccess'), 'no', true],
  ['PowerUserAccess and IAMFullAccess', set('PowerUserAccess', 'IAMFullAccess'), 'yes', true],
  [
    'PowerUserAccess and the making of some roles',
    set('PowerUserAccess', allow(['iam:CreateRole', 'iam:AttachRolePolicy'], 'arn:aws:iam::*:role/app-*')),
    'no',
    true,
  ],
  [
    'PowerUserAccess and the making of roles within a boundary',
    set(
      'PowerUserAccess',
      allow(['iam:CreateRole', 'iam:AttachRolePolicy'], '*', {
        StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/App' },
      }),
    ),
    'conditional',
    true,
  ],
  ['AWSSSOMasterAccountAdministrator', set('AWSSSOMasterAccountAdministrator'), 'no', true],
  ['AWSSSOMemberAccountAdministrator', set('AWSSSOMemberAccountAdministrator'), 'no', true],
  ['AWSOrganizationsFullAccess', set('AWSOrganizationsFullAccess'), 'no', false],
  ['job-function/SystemAdministrator', set('job-function/SystemAdministrator'), 'no', false],
  ['AWSMcpServiceActionsFullAccess', set('AWSMcpServiceActionsFullAccess'), 'conditional', false],
  ['*', set(allow('*')), 'yes', true],
  ['* on arn:aws:*', set(allow('*', 'arn:aws:*')), 'yes', true],
  ['a*:* to z*:*', set(allow(letters)), 'yes', true],
  ['all but billing', set(but(['aws-portal:*', 'billing:*'], 'Allow')), 'yes', true],
  ['all but iam:CreateUser', set(but(['iam:CreateUser'], 'Allow')), 'yes', true],
  ['all but IAM and the organization', set(but(['iam:*', 'organizations:*'], 'Allow')), 'no', true],
  ['* with MFA', set(allow('*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })), 'conditional', false],
  ['* from the office', set(allow('*', '*', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })), 'conditional', false],
];
