import type { AccessElement, AccessFacts, Grant } from '../core/access.ts';
import { askOnce, subjectAddress, subjectKey, type Address } from '../core/address.ts';
import { isThingOf, stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import { Thing, type State } from '../core/state.ts';
import { assignment, type AssignmentSpec } from '../kinds/account-assignment/kind.ts';
import { membership } from '../kinds/membership/kind.ts';
import { roleContent } from '../kinds/permission-set/content.ts';
import { editedSets, renewedWithEdits } from '../kinds/permission-set/edited-sets.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { user } from '../kinds/user/kind.ts';

/** What happens to a membership or an assignment. */
type Change = Pick<Element, 'thing' | 'status' | 'end'>;

/** There can be a million: only those that a plan touches are asked for their addresses. */
class Element implements AccessElement {
  readonly thing: Thing;
  readonly status: AccessElement['status'];
  /** The step that ends it, where that is not its own. */
  readonly end: Address | undefined;
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly grant: Grant | undefined;

  constructor({ thing, status, end }: Change, { user, group, grant }: Pick<AccessElement, 'user' | 'group' | 'grant'>) {
    this.thing = thing;
    this.status = status;
    this.end = end;
    this.user = user;
    this.group = group;
    this.grant = grant;
  }

  get address(): Address {
    return this.thing.address;
  }

  get step(): Address {
    return this.end ?? this.address;
  }
}

/** What the live state and the steps of a plan mean for access. */
export function accessFacts(
  live: State<Thing>,
  steps: readonly Step[],
  newName: Map<string, string> = replacedNames(steps),
): AccessFacts {
  const removals = steps.filter(({ action }) => action === 'delete');
  const removedIds = new Set(removals.map(({ id }) => id));
  const removedThings = new Set(removals.map(({ id }) => live.get(id)));
  const endsOthers = removals.some(({ kind }) => !isElement(kind));
  const deletion = askOnce((subject, name) => {
    const address = subjectAddress(subject, name);
    return removedIds.has(address) ? address : undefined;
  });
  const userNames = newUserNames(steps);
  const specs = new Map<string, PermissionSetSpec>();
  const setSteps = stepsOf(permissionSet, steps);
  const facts: AccessFacts = {
    elements: [],
    disabledUsers: new Set(),
    newWithoutEmail: new Set(),
    liveWithoutEmail: new Set(),
    losingEmail: new Set(),
    editedSets: new Set([...editedSets(setSteps).keys(), ...renewedWithEdits(setSteps, newName)]),
    contentOf(set) {
      const spec = specs.get(set);
      return spec ? roleContent(spec) : '';
    },
    renewedSets: newName,
    userNames: new Map(),
  };
  const add = (thing: Thing, status: AccessElement['status'], end?: Address): void => {
    const element = elementOf({ thing, status, end });
    if (element) facts.elements.push(element);
  };

  for (const thing of thingsOf(user, live)) {
    const { userName, displayName, disabled, email, external } = thing.spec;
    const key = subjectKey('user', userNames.get(thing.address) ?? userName);
    facts.userNames.set(key, displayName);
    if (disabled) facts.disabledUsers.add(key);
    if (email === undefined && !external) facts.liveWithoutEmail.add(key);
  }
  for (const { spec } of thingsOf(permissionSet, live)) specs.set(spec.name, spec);
  for (const { name } of elementKinds) {
    for (const thing of live.of(name)) {
      const end = endOf(thing);
      add(thing, end === undefined ? 'kept' : 'deleted', end);
    }
  }
  for (const { kind, action, after } of steps) {
    const made = action === 'create' ? elementKinds.find(({ name }) => name === kind) : undefined;
    if (made) add(new Thing(made, after), 'created');
  }
  for (const { before, after } of stepsOf(user, steps)) {
    if (!after) continue;
    const key = subjectKey('user', after.userName);
    facts.userNames.set(key, after.displayName);
    if (after.email !== undefined) facts.liveWithoutEmail.delete(key);
    else if (!before) facts.newWithoutEmail.add(key);
    else if (before.email !== undefined) {
      facts.liveWithoutEmail.add(key);
      facts.losingEmail.add(key);
    }
  }
  for (const { after } of setSteps) if (after) specs.set(after.name, after);
  return facts;

  /** Whoever deletes a principal ends its memberships and assignments, also those that the file says nothing about. */
  function endOf(thing: Thing): Address | undefined {
    if (removedThings.has(thing)) return thing.address;
    if (!endsOthers) return undefined;
    if (isThingOf(membership, thing)) {
      const { group, user: member } = thing.spec;
      return deletion('group', group) ?? deletion('user', member);
    }
    if (!isThingOf(assignment, thing)) return undefined;
    const { principalType, principal, permissionSet: set } = thing.spec;
    return deletion(principalType === 'USER' ? 'user' : 'group', principal) ?? deletion('permission-set', set);
  }

  function elementOf(of: Change): Element | undefined {
    const { thing } = of;
    if (isThingOf(membership, thing)) {
      const { group, user: member } = thing.spec;
      return new Element(of, { group, user: subjectKey('user', member) });
    }
    if (!isThingOf(assignment, thing)) return undefined;
    const given = thing.spec;
    const { principalType, principal, permissionSet: content, account, orphanId } = given;
    // The principal of an orphan is gone: it gives nobody anything.
    if (orphanId !== undefined) return undefined;
    const permissionSet = nameAfter(given);
    const grant = permissionSet === content ? given : { permissionSet, content, account };
    return principalType === 'USER'
      ? new Element(of, { user: subjectKey('user', principal), grant })
      : new Element(of, { group: principal, grant });
  }

  /** What the set is called after the plan, to those who hold it by this assignment. */
  function nameAfter({ principalType, principal, permissionSet: old, account }: AssignmentSpec): string {
    const renamed = newName.get(old);
    if (renamed === undefined) return old;
    // Where the principal holds the new set too, the old one is a hold of its own: its removal takes something away.
    const twin = assignment.key({ principalType, principal, permissionSet: renamed, account });
    return live.find(assignment.name, twin) ? old : renamed;
  }
}

/** By address, for users who are renamed: what they hold is told under the new name already. */
function newUserNames(steps: readonly Step[]): Map<Address, string> {
  return new Map(
    stepsOf(user, steps).flatMap(({ id, action, after }) => (action === 'update' ? [[id, after.userName]] : [])),
  );
}

/** Old to new, for permission sets that are made anew: for access, old and new are one. */
function replacedNames(steps: readonly Step[]): Map<string, string> {
  const sets = stepsOf(permissionSet, steps);
  const byId = new Map(sets.map((step) => [step.id, step]));
  return new Map(
    sets.flatMap(({ before, replacedBy }) => {
      if (before === undefined || replacedBy === undefined) return [];
      // The new one has a step unless an earlier run has already finished it; its key says its name then.
      const after = byId.get(replacedBy)?.after;
      return [[before.name, after?.name ?? replacedBy.slice(`${permissionSet.name}/`.length)]];
    }),
  );
}

/** The kinds that decide who reaches what. */
const elementKinds = [membership, assignment];

const isElement = (kind: string): boolean => elementKinds.some(({ name }) => name === kind);
