import { countOf } from '../../core/words.ts';
import { accountText, assignmentsIn, byText } from '../live-things.ts';
import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

/** Assignments whose user or group is gone. */
export const orphanedAssignments: Check = {
  of: 'instance',
  name: 'orphaned-assignments',
  why: 'They grant nothing, but keep roles alive, count against quotas, and hide what is in use.',
  needs: ['assignment', 'user', 'group', 'permission-set'],
  look({ live, names, file, flags }) {
    const orphans = assignmentsIn(live).filter(({ orphanId }) => orphanId !== undefined);
    if (orphans.length === 0) return ok('Every assignment is to a user or group that exists.');
    return {
      status: 'warning',
      found: `${countOf(orphans.length, 'assignment')} to a user or a group that is gone.`,
      items: orphans
        .map(
          ({ permissionSet, account, principalType, principal }) =>
            `${permissionSet} in ${accountText(account, names)} to ${principalType.toLowerCase()} ${principal}`,
        )
        .sort(byText),
      next: [
        {
          text: `${file ? 'See' : 'With a file (idc import writes one), see'} what their removal would be, then apply with the same flag:`,
          line: idcLine('plan --orphans', { file, flags }),
        },
      ],
    };
  },
};
