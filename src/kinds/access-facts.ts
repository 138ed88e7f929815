import type { AccessElement, AccessFacts } from '../core/access.ts';
import { addressOf, askOnce, subjectAddress, subjectKey, type Address } from '../core/address.ts';
import type { Step } from '../core/plan.ts';
import { assignment, type AssignmentSpec } from './assignment.ts';
import { membership, type MembershipSpec } from './membership.ts';
import { permissionSet, type PermissionSetSpec } from './permission-set.ts';
import { allowsEverything } from './policy.ts';
import { powersOf } from './powerful.ts';
import { user, type UserSpec } from './user.ts';

interface Thing {
  kind: string;
  address: Address;
  spec: unknown;
}

/** What the live state and the steps of a plan mean for access. */
export function accessFacts(
  live: ReadonlyMap<Address, Thing>,
  steps: readonly Step[],
  newName: Map<string, string> = replacedNames(steps),
): AccessFacts {
  const deleted = new Set(steps.filter(({ action }) => action === 'delete').map(({ id }) => id));
  const endsOthers = steps.some(({ action, kind }) => action === 'delete' && !isElement(kind));
  const deletion = askOnce((subject, name) => {
    const address = subjectAddress(subject, name);
    return deleted.has(address) ? address : undefined;
  });
  const userNames = newUserNames(steps);
  const facts: AccessFacts = {
    elements: [],
    disabledUsers: new Set(),
    administratorSets: { before: new Set(), after: new Set() },
    emptiedSets: new Set(),
    powers: { before: new Map(), after: new Map() },
    renewedSets: newName,
    userNames: new Map(),
  };
  const add = (thing: Thing, status: AccessElement['status'], step: Address): void => {
    const element = elementOf(thing, status, step);
    if (element) facts.elements.push(element);
  };

  for (const thing of live.values()) {
    const end = endOf(thing);
    add(thing, end === undefined ? 'kept' : 'deleted', end ?? thing.address);
    if (thing.kind === user.name) {
      const { userName, displayName, disabled } = thing.spec as UserSpec;
      const key = subjectKey('user', userNames.get(thing.address) ?? userName);
      facts.userNames.set(key, displayName);
      if (disabled) facts.disabledUsers.add(key);
    }
    if (thing.kind === permissionSet.name) noteRights(thing.spec as PermissionSetSpec, deleted.has(thing.address));
  }
  for (const { id, kind, action, after } of steps) {
    if (action === 'create') add({ kind, address: id, spec: after }, 'created', id);
    if (action !== 'delete' && kind === user.name) {
      const { userName, displayName } = after as UserSpec;
      facts.userNames.set(subjectKey('user', userName), displayName);
    }
    if (action !== 'delete' && kind === permissionSet.name) {
      noteNewRights(after as PermissionSetSpec);
    }
  }
  return facts;

  /** Whoever deletes a principal ends its memberships and assignments, also those that the file says nothing about. */
  function endOf(thing: Thing): Address | undefined {
    if (deleted.has(thing.address)) return thing.address;
    if (!endsOthers) return undefined;
    if (thing.kind === membership.name) {
      const { group, user: member } = thing.spec as MembershipSpec;
      return deletion('group', group) ?? deletion('user', member);
    }
    if (thing.kind !== assignment.name) return undefined;
    const { principalType, principal, permissionSet: set } = thing.spec as AssignmentSpec;
    return deletion(principalType === 'USER' ? 'user' : 'group', principal) ?? deletion('permission-set', set);
  }

  function elementOf(
    { kind, address, spec }: Thing,
    status: AccessElement['status'],
    step: Address,
  ): AccessElement | undefined {
    if (kind === membership.name) {
      const { group, user: member } = spec as MembershipSpec;
      return { address, step, status, group, user: subjectKey('user', member) };
    }
    if (kind !== assignment.name) return undefined;
    const given = spec as AssignmentSpec;
    const { principalType, principal, permissionSet: content, account, orphanId } = given;
    // The principal of an orphan is gone: it gives nobody anything.
    if (orphanId !== undefined) return undefined;
    const permissionSet = nameAfter(given);
    const grant = permissionSet === content ? given : { permissionSet, content, account };
    return principalType === 'USER'
      ? { address, step, status, user: subjectKey('user', principal), grant }
      : { address, step, status, group: principal, grant };
  }

  /** What the set is called after the plan, to those who hold it by this assignment. */
  function nameAfter({ principalType, principal, permissionSet: old, account }: AssignmentSpec): string {
    const renamed = newName.get(old);
    if (renamed === undefined) return old;
    // Where the principal holds the new set too, the old one is a hold of its own: its removal takes something away.
    const twin = assignment.key({ principalType, principal, permissionSet: renamed, account });
    return live.has(addressOf(assignment.name, twin)) ? old : renamed;
  }

  function noteRights(set: PermissionSetSpec, isDeleted: boolean): void {
    const { administratorSets, powers } = facts;
    if (isAdministrator(set)) administratorSets.before.add(set.name);
    powers.before.set(set.name, powersOf(set));
    if (isDeleted) return;
    if (isAdministrator(set)) administratorSets.after.add(set.name);
    powers.after.set(set.name, powersOf(set));
  }

  function noteNewRights(set: PermissionSetSpec): void {
    const { administratorSets, powers } = facts;
    if (isAdministrator(set)) administratorSets.after.add(set.name);
    else administratorSets.after.delete(set.name);
    if (allowsNothing(set)) facts.emptiedSets.add(set.name);
    powers.after.set(set.name, powersOf(set));
  }
}

/** By address, for users who are renamed: what they hold is told under the new name already. */
function newUserNames(steps: readonly Step[]): Map<Address, string> {
  return new Map(
    steps.flatMap(({ id, kind, action, after }) =>
      kind === user.name && action === 'update' ? [[id, (after as UserSpec).userName]] : [],
    ),
  );
}

/** Old to new, for permission sets that are made anew: for access, old and new are one. */
function replacedNames(steps: readonly Step[]): Map<string, string> {
  const specs = new Map(steps.map((step) => [step.id, step]));
  return new Map(
    steps.flatMap(({ kind, before, replacedBy }) => {
      if (kind !== permissionSet.name || replacedBy === undefined) return [];
      // The new one has a step unless an earlier run has already finished it; its key says its name then.
      const after = specs.get(replacedBy)?.after as PermissionSetSpec | undefined;
      return [[(before as PermissionSetSpec).name, after?.name ?? replacedBy.slice(`${permissionSet.name}/`.length)]];
    }),
  );
}

const isElement = (kind: string): boolean => kind === assignment.name || kind === membership.name;

function allowsNothing({ managedPolicies, customerManagedPolicies, inlinePolicy }: PermissionSetSpec): boolean {
  return managedPolicies.length === 0 && customerManagedPolicies.length === 0 && inlinePolicy === undefined;
}

/** Who holds the policy AdministratorAccess, or one that allows everything, is an administrator. */
function isAdministrator({ managedPolicies, inlinePolicy }: PermissionSetSpec): boolean {
  return (
    managedPolicies.some((arn) => arn.endsWith(':iam::aws:policy/AdministratorAccess')) ||
    allowsEverything(inlinePolicy)
  );
}
