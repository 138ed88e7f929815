import * as z from '../../core/zod.ts';
import { specIn } from '../../core/of-kind.ts';
import type { Aws } from '../../aws/connect.ts';
import { isAwsError } from '../../core/errors.ts';
import type { Ids } from '../../core/kind.ts';
import { assignmentProduct, assignments } from './schema.ts';
import { rights } from './rights.ts';
import { placementsOf } from '../shared/placements/placements.ts';
import { defineKind } from '../define.ts';
import { pairOf, pairsIn } from './pairs.ts';
import { orphanOrder } from './constraints.ts';
import { inventoryAssignments } from './inventory.ts';
import { isAssignmentNotFound } from '../shared/ignore-not-found.ts';
import {
  orphanId,
  principalKey,
  principalKind,
  principalRequest,
  principalSections,
  principalShape,
  principalText,
} from '../shared/principal.ts';

const spec = z.object({
  ...principalShape,
  permissionSet: z.string(),
  /** 12-digit id. */
  account: z.string(),
  orphanId,
});

export type AssignmentSpec = z.infer<typeof spec>;

/** That a principal may take a permission set in an account. */
export const assignment = defineKind({
  name: 'assignment',
  noun: assignments.noun,
  section: assignments,
  spec,
  outlivesReferences: true,
  constraints: orphanOrder,
  families: { of: (spec) => pairOf(spec), inSection: (entries) => pairsIn(entries) },
  cost: (step) => ({
    calls: 0,
    request: { type: 'assigning', account: specIn(step).account },
  }),

  sizes: (entries, { accountIds }) =>
    entries.map((entry, index) => assignmentProduct(entry, index, accountIds(entry).length)),

  *desired(entries, { accountIds }) {
    for (const [index, entry] of entries.entries()) {
      const accounts = accountIds(entry);
      const expires =
        entry.expires === undefined ? undefined : { until: entry.expires, at: ['assignments', index, 'expires'] };
      for (const [section, principalType] of principalSections) {
        for (const [place, principal] of (entry[section] ?? []).entries()) {
          const at = [['assignments', index, section, place]];
          for (const permissionSet of entry.permissionSets) {
            for (const account of accounts) {
              const spec = { principalType, principal, permissionSet, account };
              yield expires ? { spec, at, expires } : { spec, at };
            }
          }
        }
      }
    }
  },

  key: (spec) => [spec.account, spec.permissionSet, spec.principalType, principalKey(spec)],

  label: ({ permissionSet, account, ...to }, names) =>
    `${permissionSet} in ${names.account(account)} to ${principalText(to)}`,

  subjects: ({ principalType, principal, permissionSet, account }) =>
    principalType === 'USER'
      ? { user: principal, 'permission-set': permissionSet, account }
      : { group: principal, 'permission-set': permissionSet, account },

  fields: {},

  rights,

  async read(aws, live) {
    const { rows } = await placementsOf(aws, live);
    return (await rows).map(({ principalType, principalId, permissionSetArn, account }) => ({
      spec: { principalType, principal: principalId, permissionSet: permissionSetArn, account },
    }));
  },

  named({ principalType, principal: id, permissionSet: arn, account }, names) {
    const principal = names.of(principalKind({ principalType }), id);
    const permissionSet = names.of('permission-set', arn) ?? arn;
    return principal === undefined
      ? { principalType, permissionSet, account, principal: id, orphanId: id }
      : { principalType, permissionSet, account, principal };
  },

  async create(aws, after, ids) {
    await aws.requests.creation(lockOf(after), async () => {
      const answer = await aws.ssoAdmin.createAccountAssignment(requestOf(aws, after, ids));
      return answer.AccountAssignmentCreationStatus;
    });
    return undefined;
  },

  async delete(aws, _id, before, ids) {
    try {
      await aws.requests.deletion(lockOf(before), async () => {
        const answer = await aws.ssoAdmin.deleteAccountAssignment(requestOf(aws, before, ids));
        return answer.AccountAssignmentDeletionStatus;
      });
    } catch (error) {
      // Already gone: AWS says so at once, or as the end of the request.
      if (isAwsError(error, 'ResourceNotFoundException')) return;
      if (isAssignmentNotFound(error)) return;
      throw error;
    }
  },

  inventory: inventoryAssignments,
});

const lockOf = ({ account, permissionSet }: AssignmentSpec): string => `${account}/${permissionSet}`;

function requestOf(aws: Aws, { permissionSet, account, ...to }: AssignmentSpec, ids: Ids) {
  return {
    InstanceArn: aws.instance.arn,
    TargetType: 'AWS_ACCOUNT' as const,
    TargetId: account,
    PermissionSetArn: ids.of('permission-set', permissionSet),
    ...principalRequest(to, ids),
  };
}
