import { powers } from '../core/access.ts';
import type { AccessAnswer } from '../core/access-answer.ts';
import type { PageData, PageFacts, PageGrant } from './data.ts';

type Content = Pick<PageData, 'people' | 'accounts' | 'groups' | 'grants' | 'lists' | 'units'>;

/**
 * Who can write in production; where the file declares none, in the unit where most people can; where units are not known,
 * anywhere.
 */
export function writingFact({ summary, production }: AccessAnswer, content: Content): PageFacts['writing'] {
  if (summary.production && production) {
    const { writers, mayWrite } = summary.production;
    return {
      in: { type: 'production' },
      accounts: production.length,
      people: writers.length,
      maybe: mayWrite.length,
    };
  }
  const ofUnits = [...content.units.keys()]
    .filter((unit) => content.units[unit] !== '')
    .map((unit) => ({ in: { type: 'unit' as const, unit }, ...writersIn(content, inUnit(content, unit)) }));
  const [most] = ofUnits.sort((a, b) => b.people - a.people || b.accounts - a.accounts || a.in.unit - b.in.unit);
  return most ?? { in: { type: 'anywhere' }, ...writersIn(content, new Set(content.accounts.keys())) };
}

/** Accounts of a unit, with all below it. */
function inUnit({ accounts, units }: Content, unit: number): Set<number> {
  const path = units[unit] ?? '';
  return new Set(
    [...accounts.keys()].filter((index) => {
      const own = units[accounts[index]?.unit ?? -1] ?? '';
      return own === path || own.startsWith(`${path}/`);
    }),
  );
}

function writersIn(
  content: Content,
  where: ReadonlySet<number>,
): Pick<PageFacts['writing'], 'accounts' | 'people' | 'maybe'> {
  const { people, groups, grants, lists } = content;
  const isThere = lists.map((list) => list.some((account) => where.has(account)));
  const holdersOf = (isWanted: (grant: PageGrant) => boolean): Set<number> => {
    const some = grants.filter((grant) => isThere[grant.accounts] === true && isWanted(grant));
    const whole = new Set(some.flatMap((grant) => (grant.members ? [] : grant.groups)));
    const members = [...whole].flatMap((group) => groups[group]?.members.flatMap((part) => part.people) ?? []);
    const named = some.flatMap((grant) => [...grant.users, ...(grant.members ?? [])]);
    return new Set([...members, ...named].filter((person) => people[person]?.disabled === undefined));
  };
  const writing = (['administrator', 'raise', 'write'] as const).map((power) => powers.indexOf(power));
  const writers = holdersOf(({ power }) => writing.some((one) => one === power));
  const may = holdersOf(({ power }) => power === powers.indexOf('unknown'));
  return {
    accounts: where.size,
    people: writers.size,
    maybe: [...may].filter((person) => !writers.has(person)).length,
  };
}
