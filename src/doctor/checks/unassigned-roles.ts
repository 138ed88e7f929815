import { countOf } from '../../core/words.ts';
import { accountText, assignmentsIn, byText, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Permission sets that are a role in an account where they are assigned to nobody. */
export const unassignedRoles: Check = {
  of: 'instance',
  name: 'unassigned-roles',
  why: 'The role gives nobody anything, but counts against the quotas, and the permission set cannot be deleted while it is there.',
  needs: ['assignment', 'permission-set'],
  look({ live, names }) {
    const assigned = new Set(assignmentsIn(live).map(({ permissionSet, account }) => `${account} ${permissionSet}`));
    const idle = setsIn(live).flatMap(({ name, accounts = [] }) =>
      accounts.filter((account) => !assigned.has(`${account} ${name}`)).map((account) => ({ name, account })),
    );
    if (idle.length === 0) return ok('Every permission set is assigned wherever it is provisioned.');
    return {
      status: 'note',
      found: `${countOf(idle.length, 'role')} of permission sets that nobody is assigned there.`,
      items: idle.map(({ name, account }) => `${name} in ${accountText(account, names)}`).sort(byText),
      next: [
        {
          text: 'The role goes with its last assignment: assign somebody there and take that away again, or leave it.',
        },
      ],
    };
  },
};
