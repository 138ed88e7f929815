import { assignedSet, type Administering, type JudgedFacts } from '../core/access.ts';
import { groupBy } from '../core/group-by.ts';
import type { Names } from '../core/kind.ts';
import { peopleIn, subtractBlocks, type Block } from '../core/reach.ts';
import type { Warning } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import { holdersOf, isCertain } from './administrators.ts';
import { grantsOn } from './holdings.ts';

const peopleInLine = 10;

/** Perhaps an administrator: under a condition, or by a policy of unknown content. */
export const isUncertain = ({ value }: Administering): boolean => value === 'conditional' || value === 'unknown';

/** `only under a condition on aws:SourceIp`: what keeps it from being certain that someone is an administrator. */
export const uncertainty = ({ value, conditions, unknown }: Administering): string =>
  value === 'conditional'
    ? `only under a condition on ${listOf(conditions, 3)}`
    : `only as far as ${listOf(unknown, 3)} allows it, whose content is not known`;

/** People who administer accounts before the plan, and after it perhaps: by an edit, or since they get such a set for another. */
export function uncertainAdministrators(
  facts: JudgedFacts,
  names: Names,
  dated: (message: string) => string,
): Warning[] {
  const sets = uncertainSets(facts);
  if (sets.size === 0) return [];
  const accounts = new Set(
    grantsOn(facts, 'after', (grant) => sets.has(assignedSet(grant))).map(({ grant }) => grant.account),
  );
  const certainOn = (side: 'before' | 'after'): Block[] =>
    holdersOf(facts, side, accounts, (set) => isCertain(facts.administering(side, set)));
  const left = subtractBlocks(certainOn('before'), certainOn('after'));
  if (left.length === 0) return [];
  return [...sets].sort().flatMap((set) => {
    const held = holdersOf(facts, 'after', accounts, (one) => one === set);
    const both = subtractBlocks(held, subtractBlocks(held, left));
    if (both.length === 0) return [];
    const users = [...peopleIn(both)].sort();
    const where = [...new Set(both.flatMap((block) => block.accounts))].map((id) => names.account(id)).sort();
    const judged = facts.administering('after', set);
    const told = (people: number, places: number): string =>
      `${listOf(users, people)} ${users.length === 1 ? 'administers' : 'administer'} ${listOf(where, places, 'more accounts')} by ${set} ${uncertainty(judged)}`;
    return [
      {
        code: 'uncertain-administrators',
        message: dated(`After this plan, ${told(peopleInLine, 5)}.`),
        isRisk: true,
        // Who is one only under a condition is told as an administrator no longer.
        ...(judged.value === 'unknown' && { lead: told(2, 2) }),
      },
    ];
  });
}

/** Sets by which people are perhaps administrators, and that are edited, or newly granted. */
function uncertainSets(facts: JudgedFacts): Set<string> {
  const oldNames = groupBy(facts.renewedSets.keys(), (old) => facts.renewedSets.get(old) ?? '');
  const wasCertain = (set: string): boolean =>
    [set, ...(oldNames.get(set) ?? [])].some((name) => isCertain(facts.administering('before', name)));
  const isUncertainAfter = (set: string): boolean => isUncertain(facts.administering('after', set));
  const edited = [...facts.editedSets, ...facts.renewedSets.values()].filter(
    (set) => isUncertainAfter(set) && wasCertain(set),
  );
  const granted = facts.elements.flatMap(({ grant, status }) =>
    grant && status === 'created' ? [assignedSet(grant)] : [],
  );
  // Of what is newly granted, only what gives administrator access as far as it is known: other sets of unknown content are many.
  return new Set([
    ...edited,
    ...[...new Set(granted)].filter((set) => isUncertainAfter(set) && facts.administering('after', set).known !== 'no'),
  ]);
}
