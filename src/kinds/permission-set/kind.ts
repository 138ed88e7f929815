import * as z from '../../core/zod.ts';
import type { Declared, Field, Names } from '../../core/kind.ts';
import { defineKind } from '../define.ts';
import { inventoryPermissionSets } from './inventory.ts';
import { isoDuration, shortDuration } from '../shared/duration.ts';
import { permissionSets } from './schema.ts';
import { findOne, rights } from './rights.ts';
import { createPermissionSet, deletePermissionSet, updatePermissionSet } from './write.ts';
import { readPermissionSets } from './read.ts';
import { leaveOutDetails } from './snapshot.ts';
import { roleContents } from './content.ts';
import { boundaryText, policyReference } from './boundary.ts';
import { permissionSetRisks } from './risks.ts';
import { comparablePolicy, printPolicy, type PolicyDocument } from '../shared/policy/document.ts';

const customerManagedPolicy = z.object({ name: z.string(), path: z.string() });

const spec = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  /** ISO 8601. */
  sessionDuration: z.string(),
  relayState: z.optional(z.string()),
  /** ARNs. */
  managedPolicies: z.array(z.string()),
  customerManagedPolicies: z.array(customerManagedPolicy),
  permissionsBoundary: z.optional(
    z.object({ managedPolicy: z.optional(z.string()), customerManagedPolicy: z.optional(customerManagedPolicy) }),
  ),
  /** Live, it may be what the file would not take. */
  inlinePolicy: z.optional(z.unknown() as z.ZodMiniType<PolicyDocument>),
  tags: z.record(z.string(), z.string()),
  /** Accounts in reach where the roles do not have the latest edit; the file always wants none. */
  provisioned: z.object({ stale: z.array(z.string()) }),
  /** Live only: every account where the set is a role, and the stale ones that are out of reach. */
  accounts: z.optional(z.array(z.string())),
  staleOutOfReach: z.optional(z.array(z.string())),
});

export type PermissionSetSpec = z.infer<typeof spec>;

const sorted = (list: string[]): string[] => [...new Set(list)].sort();

const provisioning = ({ stale }: PermissionSetSpec['provisioned'], names: Names): string =>
  stale.length === 0 ? 'current' : `stale in ${stale.map((id) => names.account(id)).join(', ')}`;

const value: Field = { type: 'value' };

export const permissionSet = defineKind({
  name: 'permission-set',
  noun: permissionSets.noun,
  section: permissionSets,
  spec,
  rename: 'replace',
  sameness: {
    what: 'the same content',
    isCertain: false,
    effect: 'interrupts the access of its holders',
    signsOf: roleContents,
  },

  desired(entries, { partition }) {
    const arn = (name: string): string => (name.startsWith('arn:') ? name : `arn:${partition}:iam::aws:policy/${name}`);
    return Object.entries(entries).map(([name, { previously, ...entry }]): Declared<PermissionSetSpec> => ({
      spec: {
        name,
        ...(entry.description !== undefined && { description: entry.description }),
        sessionDuration: isoDuration(entry.sessionDuration),
        ...(entry.relayState !== undefined && { relayState: entry.relayState }),
        managedPolicies: sorted((entry.managedPolicies ?? []).map(arn)),
        customerManagedPolicies: entry.customerManagedPolicies ?? [],
        ...(entry.permissionsBoundary && {
          permissionsBoundary: entry.permissionsBoundary.managedPolicy
            ? { managedPolicy: arn(entry.permissionsBoundary.managedPolicy) }
            : { customerManagedPolicy: entry.permissionsBoundary.customerManagedPolicy },
        }),
        // The loader has put the file's content in the place of `{ file }`.
        ...(entry.inlinePolicy && { inlinePolicy: entry.inlinePolicy as PolicyDocument }),
        tags: entry.tags ?? {},
        provisioned: { stale: [] },
      },
      at: [['permissionSets', name]],
      ...(previously !== undefined && { previously }),
    }));
  },

  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name }) => ({ 'permission-set': name }),

  fields: {
    description: value,
    sessionDuration: { type: 'value', show: shortDuration },
    relayState: value,
    managedPolicies: { type: 'set' },
    customerManagedPolicies: {
      type: 'set',
      normalise: (list) => list.map(policyReference),
    },
    permissionsBoundary: {
      type: 'value',
      show: boundaryText,
    },
    inlinePolicy: { type: 'document', normalise: comparablePolicy, show: printPolicy },
    tags: {
      type: 'set',
      normalise: (tags) => Object.entries(tags).map(([key, text]) => `${key.replaceAll('=', String.raw`\=`)}=${text}`),
    },
    provisioned: {
      type: 'value',
      normalise: (state) => (state.stale.length > 0 ? state : undefined),
      show: provisioning,
    },
  },

  rights,
  findOne,

  read: readPermissionSets,
  fromSnapshot: leaveOutDetails,
  create: createPermissionSet,
  update: updatePermissionSet,
  delete: deletePermissionSet,
  risks: permissionSetRisks,

  cost({ action, changes, before }) {
    if (action === 'delete') return { calls: 1 };
    const edits = changes.map((change) => (change.type === 'set' ? change.added.length + change.removed.length : 1));
    const isARole = (before?.accounts?.length ?? 0) > 0;
    return {
      calls: edits.reduce((sum, count) => sum + count, 1),
      ...(isARole && { request: { type: 'provisioning' } }),
    };
  },
  inventory: inventoryPermissionSets,
});
