import { membersByGroup, existsOn, type GrantElement } from '../access/holdings.ts';
import { assignedSet, type AccessElement, type AccessFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import type { Adopted } from '../core/findings.ts';
import { groupBy } from '../core/group-by.ts';
import type { Names } from '../core/kind.ts';
import { mergeBlocks, type Block, type PeopleLists } from '../core/reach.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import type { DesiredThing, LiveState } from '../reconcile/state.ts';
import type { CompiledFile } from '../source/compile.ts';
import { keyAcrossRenames, subjectsOf } from './renamed-things.ts';

interface AdoptedInput {
  file: CompiledFile;
  live: LiveState;
  facts: AccessFacts;
  people: PeopleLists;
  names: Names;
}

/**
 * Grants and memberships that the file newly asks for and that are live already: a drift that is merged into the file makes
 * an empty plan. Empty without the file before.
 */
export function findAdopted({ file, live, facts, people, names }: AdoptedInput): Adopted[] {
  const { base, desired, loaded } = file;
  if (!base) return [];
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const keyOf = keyAcrossRenames(file);
  const askedBefore = new Set([...base.desired.values()].map(keyOf));
  const found = [...desired.values()].filter((thing) => {
    const subjects = subjectsOf(thing);
    // What has a name of its own gives nobody anything.
    if (subjects[thing.kind] !== undefined || Object.keys(subjects).length < 2 || !live.like(thing)) return false;
    return !askedBefore.has(keyOf(thing));
  });
  if (found.length === 0) return [];
  const holdsOf = heldBy(facts, found);
  return found
    .map((thing): Adopted => {
      const places = thing.at.flatMap((path) => loaded.places.of(path) ?? []);
      return {
        id: thing.address,
        kind: thing.kind,
        label: byName.get(thing.kind)?.label(thing.spec, names) ?? thing.address,
        holds: holdsOf(thing.address).flatMap(({ permissionSet, blocks }) =>
          people.reachOf(blocks).map((reach) => ({ ...reach, permissionSet })),
        ),
        ...(thing.until !== undefined && { until: thing.until }),
        ...(places.length > 0 && { places }),
      };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** By address of an assignment or a membership: what people hold by it after the plan. */
function heldBy(
  facts: AccessFacts,
  things: readonly DesiredThing[],
): (address: Address) => { permissionSet: string; blocks: Block[] }[] {
  const wanted = new Set(things.map(({ address }) => address));
  const own = new Map<Address, AccessElement>();
  for (const element of facts.elements) {
    if (!existsOn('after', element)) continue;
    const { address } = element;
    if (wanted.has(address)) own.set(address, element);
  }
  const groups = new Set([...own.values()].flatMap(({ group }) => group ?? []));
  const grants = facts.elements.filter(
    (element): element is GrantElement =>
      element.grant !== undefined &&
      element.group !== undefined &&
      groups.has(element.group) &&
      existsOn('after', element),
  );
  const members = membersByGroup(facts, 'after', grants);
  const usersOf = new Map([...members].map(([group, list]) => [group, list.map(({ user }) => user).sort()]));
  const grantsOf = groupBy(grants, ({ group }) => group);
  return (address) => {
    const { user, group = '', grant } = own.get(address) ?? {};
    const users = user === undefined ? (usersOf.get(group) ?? []) : [user];
    const given = grant ? [grant] : (grantsOf.get(group) ?? []).map((element) => element.grant);
    return [...groupBy(given, assignedSet)].map(([permissionSet, ofSet]) => ({
      permissionSet,
      blocks: mergeBlocks([{ users, accounts: ofSet.map(({ account }) => account) }]),
    }));
  };
}
