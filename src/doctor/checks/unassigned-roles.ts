import { countOf } from '../../core/words.ts';
import { accountText, assignmentsIn, byText, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Permission sets that are a role in an account where they are assigned to nobody. */
export const unassignedRoles: Check = {
  of: 'instance',
  name: 'unassigned-roles',
  why: 'The role grants nothing, but counts against quotas, and its permission set cannot be deleted while the role exists.',
  needs: ['assignment', 'permission-set'],
  look({ live, names }) {
    const assigned = new Set(assignmentsIn(live).map(({ permissionSet, account }) => `${account} ${permissionSet}`));
    const idle = setsIn(live).flatMap(({ name, accounts = [] }) =>
      accounts.filter((account) => !assigned.has(`${account} ${name}`)).map((account) => ({ name, account })),
    );
    if (idle.length === 0) return ok('Every permission set is assigned wherever it is provisioned.');
    return {
      status: 'note',
      found: `${countOf(idle.length, 'role')} of permission sets that are not assigned there.`,
      items: idle.map(({ name, account }) => `${name} in ${accountText(account, names)}`).sort(byText),
      next: [
        {
          text: 'AWS deletes the role with its last assignment: add one there and remove it again, or leave the role.',
        },
      ],
    };
  },
};
