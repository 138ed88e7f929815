import { membersByGroup, existsOn, type GrantElement } from '../access/holdings.ts';
import { assignedSet, type AccessElement, type JudgedFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import type { Adopted, AdoptedHold } from '../core/findings.ts';
import { groupBy } from '../core/group-by.ts';
import type { Names } from '../core/kind.ts';
import type { FieldChange, Step } from '../core/plan.ts';
import { mergeBlocks, type PeopleLists } from '../core/reach.ts';
import type { Thing } from '../core/state.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import { fieldChanges } from '../reconcile/diff.ts';
import type { DesiredThing, LiveState } from '../reconcile/state.ts';
import { speaksOfAdded, type CompiledFile } from '../source/compile.ts';
import { keyAcrossRenames } from './names/renamed-things.ts';

interface AdoptedInput {
  file: CompiledFile;
  live: LiveState;
  /** What the plan does itself is not adopted. */
  steps: readonly Step[];
  facts: JudgedFacts;
  people: PeopleLists;
  names: Names;
  /** The permission set by which people can do something else, where it is what differs between two things. */
  editedSet(before: Thing, now: Thing): string | undefined;
}

/** Something to be told, and the permission set that it gives its holders more or less by. */
interface Found {
  thing: DesiredThing;
  kind: AwsKind;
  changes?: FieldChange[];
  set?: string | undefined;
}

/**
 * What the file newly asks for and is live already, whole or in part: a drift that is merged into the file makes an empty
 * plan. Empty without the file before.
 */
export function findAdopted({ file, live, steps, facts, people, names, editedSet }: AdoptedInput): Adopted[] {
  const { base, desired, loaded } = file;
  if (!base) return [];
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const stepped = new Set(steps.map(({ id }) => id));
  const keyOf = keyAcrossRenames(file);
  const before = new Map([...base.desired.values()].map((thing) => [keyOf(thing), thing]));
  const found = [...desired.values()].flatMap((thing): Found[] => {
    const [was, is, kind] = [before.get(keyOf(thing)), live.like(thing), byName.get(thing.kind)];
    if (!is || !kind || was?.spec === thing.spec) return [];
    if (!was) return stepped.has(thing.address) ? [] : [{ thing, kind }];
    if (Object.keys(kind.fields).length === 0) return [];
    const unread = speaksOfAdded(file, thing.kind) ? [] : (kind.addedFields ?? []);
    const changes = adoptedChanges(kind, { was, is, now: thing }, names).filter(({ field }) => !unread.includes(field));
    return changes.length === 0 ? [] : [{ thing, kind, changes, set: editedSet(was, thing) }];
  });
  if (found.length === 0) return [];
  const holdsOf = heldBy(facts, found, people);
  return found
    .map(({ thing, kind, changes, set }): Adopted => {
      const places = thing.at.flatMap((path) => loaded.places.of(path) ?? []);
      return {
        id: thing.address,
        kind: thing.kind,
        label: kind.label(thing.spec, names),
        ...(changes && { changes }),
        holds: holdsOf(thing.address, set),
        ...(thing.until !== undefined && { until: thing.until }),
        ...(places.length > 0 && { places }),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the file asks for otherwise than the one before, as far as that is live already and no step shows it. */
function adoptedChanges(
  kind: AwsKind,
  { was, is, now }: Record<'was' | 'is' | 'now', Thing>,
  names: Names,
): FieldChange[] {
  const changes = (from: Thing, to: Thing): Map<string, FieldChange> =>
    new Map(fieldChanges(kind, from.spec, to.spec, names).map((change) => [change.field, change]));
  const drifted = changes(was, is);
  const planned = changes(is, now);
  return [...changes(was, now).values()].flatMap((change): FieldChange[] => {
    const [drift, step] = [drifted.get(change.field), planned.get(change.field)];
    if (!drift) return [];
    if (!step || change.type === 'document') return [change];
    if (change.type === 'value' || step.type !== 'set') return [];
    const added = change.added.filter((text) => !step.added.includes(text));
    const removed = change.removed.filter((text) => !step.removed.includes(text));
    return added.length + removed.length === 0 ? [] : [{ ...change, added, removed }];
  });
}

/** By address of an assignment, a membership or a permission set that was edited: what people hold by it after the plan. */
function heldBy(
  facts: JudgedFacts,
  found: readonly Found[],
  people: PeopleLists,
): (address: Address, set: string | undefined) => AdoptedHold[] {
  const wanted = new Set(found.map(({ thing }) => thing.address));
  const sets = new Set(found.flatMap(({ set }) => set ?? []));
  const own = new Map<Address, AccessElement>();
  const ofSets: GrantElement[] = [];
  for (const element of facts.elements) {
    if (!existsOn('after', element)) continue;
    const { address } = element;
    if (wanted.has(address)) own.set(address, element);
    if (isGrant(element) && sets.has(assignedSet(element.grant))) ofSets.push(element);
  }
  const groups = new Set([...own.values(), ...ofSets].flatMap(({ group }) => group ?? []));
  const grants = facts.elements.filter(
    (element): element is GrantElement =>
      isGrant(element) && element.group !== undefined && groups.has(element.group) && existsOn('after', element),
  );
  const members = membersByGroup(facts, 'after', grants);
  const usersOf = new Map([...members].map(([group, list]) => [group, list.map(({ user }) => user).sort()]));
  const grantsOf = groupBy(grants, ({ group }) => group);
  const grantsOfSet = groupBy(ofSets, ({ grant }) => assignedSet(grant));
  const holders = ({ user, group = '' }: AccessElement): string[] =>
    user === undefined ? (usersOf.get(group) ?? []) : [user];
  const holdsOf = (given: readonly GrantElement[], some = holders): AdoptedHold[] =>
    [...groupBy(given, ({ grant }) => assignedSet(grant))].flatMap(([permissionSet, ofSet]) => {
      const blocks = mergeBlocks(ofSet.map((element) => ({ users: some(element), accounts: [element.grant.account] })));
      // Also where no one is in the group yet.
      const accounts = [...new Set(ofSet.map(({ grant }) => grant.account))].sort();
      const isAdministrator = facts.administratorSets.after.has(permissionSet);
      return people
        .reachOf(blocks.length > 0 ? blocks : [{ users: [], accounts }])
        .map((reach) => ({ ...reach, permissionSet, ...(isAdministrator && { isAdministrator }) }));
    });
  return (address, set) => {
    const element = own.get(address);
    if (!element) return set === undefined ? [] : holdsOf(grantsOfSet.get(set) ?? []);
    if (isGrant(element)) return holdsOf([element]);
    const { user = '', group } = element;
    return holdsOf(grantsOf.get(group ?? '') ?? [], () => [user]);
  };
}

const isGrant = (element: AccessElement): element is GrantElement => element.grant !== undefined;
