import { expect, it } from 'vitest';
import type { Power, PowerCause } from '../../../src/core/access.ts';
import { causeWords, powerText } from '../../../src/render/view/cause-words.ts';

it.each<[Power, PowerCause, string, string]>([
  ['administrator', { by: ['*'] }, '', 'administrator'],
  [
    'administrator',
    { by: ['*', '!s3:*'] },
    'with every action except s3:*',
    'administrator with every action except s3:*',
  ],
  ['raise', { by: ['iam:PutRolePolicy'] }, 'by iam:PutRolePolicy', 'can raise rights by iam:PutRolePolicy'],
  [
    'raise',
    { by: ['sts:AssumeRoot', 'sso:CreateAccountAssignment', 'identitystore:UpdateUser', 'organizations:MoveAccount'] },
    'by sts:AssumeRoot, sso:CreateAccountAssignment and 2 more',
    'can raise rights by sts:AssumeRoot, sso:CreateAccountAssignment and 2 more',
  ],
  [
    'raise',
    { conditions: ['aws:SourceIp'] },
    'administrator under a condition on aws:SourceIp',
    'administrator under a condition on aws:SourceIp',
  ],
  [
    'raise',
    { by: ['iam:CreateAccessKey'], conditions: ['aws:SourceIp'] },
    'can raise rights by iam:CreateAccessKey, and administrator under a condition on aws:SourceIp',
    'can raise rights by iam:CreateAccessKey, and administrator under a condition on aws:SourceIp',
  ],
  [
    'unknown',
    { unknown: ['/own', '/team/other'] },
    'policies own and /team/other are of unknown content',
    'policies own and /team/other are of unknown content',
  ],
  ['read', { allowsNothing: true }, 'allows nothing', 'allows nothing'],
  ['read', {}, '', 'read'],
])('says why a permission set is %s: %j', (power, cause, why, whole) => {
  expect([causeWords(power, cause), powerText(power, cause)]).toEqual([why, whole]);
});
