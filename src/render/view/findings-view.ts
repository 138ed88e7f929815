import type { Plan } from '../../core/plan.ts';
import { groupBy } from '../../core/group-by.ts';
import { blocksOf, mergeBlocks } from '../../core/reach.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { listOf } from './wording.ts';

const names = 5;
/** Lines of the file in one sentence. */
const lines = 3;

export const adoptedHeading = 'Adopted: live already, and newly in the file';
export const endsHeading = 'Ends within 30 days, or changed';

/** `bob holds Read in staging, until 2027-01-31 (line 12)`: who holds what by the grants that the file newly asks for. */
export function adoptedSentences({ adopted, access }: Plan, accountName: (id: string) => string): string[] {
  const holds = adopted.flatMap(({ holds: list, until, places = [] }) =>
    list.map((hold) => ({ ...hold, until, places })),
  );
  const bySet = groupBy(holds, ({ permissionSet, until }) => JSON.stringify([permissionSet, until]));
  const empty = adopted.filter(({ holds: list }) => list.length === 0);
  return [
    ...[...bySet.values()].flatMap((ofSet) => {
      const [first] = ofSet;
      if (!first) return [];
      const { permissionSet, until } = first;
      return mergeBlocks(blocksOf(access.people, ofSet)).map(({ users, accounts }) => {
        const end = until === undefined ? '' : `, until ${sanitize(until)}`;
        const own = ofSet.filter(
          ({ people, accounts: some }) =>
            access.people[people]?.some((user) => users.includes(user)) && some.some((id) => accounts.includes(id)),
        );
        return `${listOf(users.map(sanitizeName), names, 'more people')} ${users.length === 1 ? 'holds' : 'hold'} ${sanitize(permissionSet)} in ${listOf(accounts.map(accountName).sort(), names, 'more accounts')}${end}${placesText(own.flatMap(({ places }) => places))}`;
      });
    }),
    ...empty.map(({ label, until, places = [] }) => {
      const end = until === undefined ? '' : `, until ${sanitize(until)}`;
      return `${sanitize(label)}${end}; no one holds access to an account by it now${placesText(places)}`;
    }),
  ];
}

/** `Reader in production to taro: until 2026-12-31 (line 31)`, and what the end was before. */
export const endSentences = ({ ends }: Pick<Plan, 'ends'>): string[] =>
  ends.map(({ label, until, before, place }) => {
    const was = before === undefined ? '' : `${endText(before)} -> `;
    return `${sanitize(label)}: ${was}${endText(until)}${placesText(place ? [place] : [])}`;
  });

const endText = (until: string | null): string => (until === null ? 'no end' : `until ${sanitize(until)}`);

export function placesText(places: readonly { file: string; line: number }[]): string {
  const texts = [...new Set(places.map(({ file, line }) => `${sanitize(file)}:${line}`))];
  return texts.length === 0 ? '' : ` (${listOf(texts, lines)})`;
}
