import type { Inventory, InventoryContext, InventoryEntry } from '../../core/inventory.ts';
import { listOf } from '../../core/words.ts';
import { ignoreControlTower } from '../shared/control-tower.ts';
import { shortDuration } from '../shared/duration.ts';
import { foreignPartition, policyRefusal } from '../shared/policy/refusals.ts';
import type { PermissionSetSpec } from './kind.ts';

export function inventoryPermissionSets(
  sets: readonly PermissionSetSpec[],
  context: InventoryContext,
): Inventory<PermissionSetSpec> {
  const { own, ignored } = ignoreControlTower(sets);
  return { entries: own.map((set) => entryOf(set, context)), ignored };
}

function entryOf(set: PermissionSetSpec, context: InventoryContext): InventoryEntry<PermissionSetSpec> {
  const { name } = set;
  return {
    piece: { [name]: valueOf(set, context.partition) },
    // No file can say that a role is not current: the next apply sees to it.
    declares: { ...set, provisioned: { stale: [] } },
    problem: problemOf(set, context),
    notes: notesOn(set, context),
    files: { inlinePolicy: `policies/${name}.json` },
  };
}

/** What the file would be refused for. */
function problemOf(
  { inlinePolicy, managedPolicies, permissionsBoundary }: PermissionSetSpec,
  { partition }: InventoryContext,
): string | undefined {
  const refusal = inlinePolicy && policyRefusal(inlinePolicy, partition);
  if (refusal !== undefined) return `has an inline policy that ${refusal}`;
  const foreign = [...managedPolicies, permissionsBoundary?.managedPolicy ?? ''].find(
    (arn) => foreignPartition(arn, partition) !== undefined,
  );
  return foreign === undefined ? undefined : `has the policy ${foreign}, which is in another partition`;
}

function notesOn(
  { name, accounts = [], provisioned, staleOutOfReach = [] }: PermissionSetSpec,
  { names, isReferredTo }: InventoryContext,
): string[] {
  const isAssigned = isReferredTo(name);
  const places = (ids: readonly string[]): string => listOf(ids.map((id) => names.account(id)).sort(), 10);
  const role = 'The role lacks the latest edit in';
  return [
    ...(isAssigned ? [] : ['To decide: assigned nowhere.']),
    ...(!isAssigned && accounts.length > 0 ? [`It is still a role in ${places(accounts)}.`] : []),
    ...(provisioned.stale.length > 0 ? [`${role} ${places(provisioned.stale)}: the next apply provisions it.`] : []),
    ...(staleOutOfReach.length > 0 ? [`${role} ${places(staleOutOfReach)}, which is out of reach from here.`] : []),
  ];
}

function valueOf(set: PermissionSetSpec, partition: string): Record<string, unknown> {
  const own = `arn:${partition}:iam::aws:policy/`;
  const short = (arn: string): string => (arn.startsWith(own) ? arn.slice(own.length) : arn);
  const reference = ({ name, path }: { name: string; path: string }): object => ({
    name,
    ...(path !== '/' && { path }),
  });
  const { description, relayState, managedPolicies, customerManagedPolicies, permissionsBoundary, tags } = set;
  const { managedPolicy, customerManagedPolicy } = permissionsBoundary ?? {};
  return {
    ...(description !== undefined && { description }),
    ...(set.sessionDuration !== 'PT1H' && { sessionDuration: shortDuration(set.sessionDuration) }),
    ...(relayState !== undefined && { relayState }),
    ...(managedPolicies.length > 0 && { managedPolicies: managedPolicies.map(short) }),
    ...(customerManagedPolicies.length > 0 && { customerManagedPolicies: customerManagedPolicies.map(reference) }),
    ...(managedPolicy !== undefined && { permissionsBoundary: { managedPolicy: short(managedPolicy) } }),
    ...(customerManagedPolicy && {
      permissionsBoundary: { customerManagedPolicy: reference(customerManagedPolicy) },
    }),
    ...(set.inlinePolicy !== undefined && { inlinePolicy: set.inlinePolicy }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}
