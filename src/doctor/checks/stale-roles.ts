import { countOf } from '../../core/words.ts';
import { accountText, byText, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';
import { idcLine } from '../idc-line.ts';

/** Roles that lack their permission set's latest edit. */
export const staleRoles: Check = {
  of: 'instance',
  name: 'stale-roles',
  why: 'People there work with the permission set as it was before its last edit: too little, or too much.',
  needs: ['permission-set'],
  look({ live, names, context: { instance }, document, file, flags }) {
    const stale = setsIn(live)
      .flatMap(({ name, provisioned, staleOutOfReach = [] }) => [
        ...provisioned.stale.map((account) => ({ name, account, isReached: true })),
        ...staleOutOfReach.map((account) => ({ name, account, isReached: false })),
      ])
      .sort((a, b) => byText(`${a.name} ${a.account}`, `${b.name} ${b.account}`));
    if (stale.length === 0) return ok('Every role has the latest edit of its permission set.');
    const accounts = new Set(stale.map(({ account }) => account));
    return {
      status: 'warning',
      found: `${countOf(stale.length, 'role')} in ${countOf(accounts.size, 'account')} without the latest edit of the permission set.`,
      items: stale.map(
        ({ name, account, isReached }) =>
          `${name} in ${accountText(account, names)}${isReached ? '' : ', out of reach of this caller'}`,
      ),
      next:
        document.permissionSets === undefined
          ? [
              {
                text: 'Provision each of them, for example:',
                line: `aws sso-admin provision-permission-set --instance-arn ${instance.arn} --permission-set-arn ARN --target-type AWS_ACCOUNT --target-id ${stale[0]?.account ?? ''}`,
              },
            ]
          : [{ text: 'An apply provisions those of the file:', line: idcLine('apply', { file, flags }) }],
    };
  },
};
