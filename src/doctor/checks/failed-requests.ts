import type { FailedRequest } from '../../aws/requests/failed-requests.ts';
import { countOf } from '../../core/words.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { group } from '../../kinds/group/kind.ts';
import { accountText, assignmentsIn, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

const what = {
  creation: 'assignment',
  deletion: 'removal of an assignment',
  provisioning: 'provisioning',
} as const;

/** Requests of the last days that failed, and whose aim has not been reached since. */
export const failedRequests: Check = {
  of: 'instance',
  name: 'failed-requests',
  why: 'AWS accepts a request and may fail it later, unnoticed. Its reason tells what to fix.',
  needs: ['failures', 'user', 'group', 'permission-set', 'assignment'],
  look({ failures: { requests, left }, live, names, file, flags }) {
    const known = namesById(live);
    const open = requests.filter((request) => !isSettled(request, live, known));
    const more = left === 0 ? '' : ` ${left} more were not asked for their reason.`;
    if (open.length === 0) return ok(`No request of the last week failed for good, as far as AWS remembers.${more}`);
    const items = open.map(({ family, at, permissionSetArn = '', principalId, account, reason }) => {
      const where = account === undefined ? 'all accounts' : accountText(account, names);
      const who = principalId === undefined ? '' : ` to ${known.get(principalId)?.name ?? principalId}`;
      const set = known.get(permissionSetArn)?.name ?? permissionSetArn;
      return `${at.toISOString().slice(0, 16)}Z ${what[family]} of ${set} in ${where}${who}: ${reason}`;
    });
    return {
      status: 'warning',
      found: `${countOf(open.length, 'request')} of the last week failed, and what was wanted is still not so.${more}`,
      items: [...new Set(items)],
      next: [
        { text: 'Remove what the reason names, then run it again:', line: idcLine('apply', { file, flags }) },
        ...(open.some(({ reason }) => /policy/i.test(reason))
          ? [{ text: 'An absent policy has to be made in the account itself: see customer-managed-policies.' }]
          : []),
      ],
    };
  },
};

/** Who and what is there, by AWS id. */
type Named = ReadonlyMap<string, { name: string; kind: string }>;

function namesById(live: LiveState): Named {
  return new Map(
    [...live.values()].flatMap(({ id, kind, spec }) => {
      const { userName, name = userName } = spec as { userName?: string; name?: string };
      return id === undefined || name === undefined ? [] : [[id, { name, kind }]];
    }),
  );
}

/** Somebody has done it again since, or it is no longer there to be done. */
function isSettled(request: FailedRequest, live: LiveState, known: Named): boolean {
  const { family, permissionSetArn = '', principalId = '', account } = request;
  const set = known.get(permissionSetArn)?.name;
  if (set === undefined) return true;
  if (family === 'provisioning') {
    const spec = setsIn(live).find(({ name }) => name === set);
    const stale = [...(spec?.provisioned.stale ?? []), ...(spec?.staleOutOfReach ?? [])];
    return account === undefined ? stale.length === 0 : !stale.includes(account);
  }
  const principal = known.get(principalId);
  if (!principal && family === 'creation') return true;
  // The assignments of somebody who is gone have the id in the place of the name.
  const who = principal?.name ?? principalId;
  const isThere = assignmentsIn(live).some(
    (one) =>
      one.principal === who &&
      one.permissionSet === set &&
      one.account === account &&
      (!principal || (one.principalType === 'GROUP') === (principal.kind === group.name)),
  );
  return isThere === (family === 'creation');
}
