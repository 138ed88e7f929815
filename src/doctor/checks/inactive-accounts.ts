import { countOf, listOf } from '../../core/words.ts';
import { accountText, assignmentsIn, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Accounts that are suspended or closing, and what is still about them. */
export const inactiveAccounts: Check = {
  of: 'instance',
  name: 'inactive-accounts',
  why: 'Identity Center can change nothing in such an account: what the file wants there stays blocked, and a role there stays as it is.',
  needs: ['accounts', 'assignment', 'permission-set'],
  look({ context: { organization }, live, names, file }) {
    const inactive = [...(organization.accounts?.values() ?? [])].filter(({ state }) => state !== 'ACTIVE');
    if (inactive.length === 0) return ok('Every account of the organization is active.');
    const assigned = countBy(assignmentsIn(live).map(({ account }) => account));
    const roles = countBy(setsIn(live).flatMap(({ accounts = [] }) => accounts));
    const wanted = countBy(file ? assignmentsIn(file.desired).map(({ account }) => account) : []);
    const items = inactive.flatMap(({ id, state }) => {
      const uses = [
        ...counted(assigned.get(id), 'live assignment'),
        ...counted(roles.get(id), 'role'),
        ...counted(wanted.get(id), 'assignment', ' in the file'),
      ];
      return uses.length === 0 ? [] : [`${accountText(id, names)}, ${state}: ${listOf(uses)}`];
    });
    if (items.length === 0) return ok(`${countOf(inactive.length, 'account')} not active, and nothing is about them.`);
    return {
      status: 'warning',
      found: `The file or what is live still speaks of ${countOf(items.length, 'account')} that ${items.length === 1 ? 'is' : 'are'} not active.`,
      items,
      next: [
        {
          text: 'Take them out of the file, or put them under ignore, accounts; what is live there goes with the account.',
        },
      ],
    };
  },
};

function countBy(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const counted = (count: number | undefined, what: string, where = ''): string[] =>
  count === undefined ? [] : [`${countOf(count, what)}${where}`];
