import type { AccessAnswer, AccessOrigin } from '../core/access-answer.ts';
import type { Power } from '../core/access.ts';
import { csv } from './csv.ts';
import { causeWords } from './view/cause-words.ts';
import { powerWords } from './view/power-words.ts';

const heads = [
  'user_name',
  'user_id',
  'display_name',
  'email',
  'can_sign_in',
  'permission_set',
  'permission_set_arn',
  'role_arn',
  'power',
  'privileged',
  'power_cause',
  'allows_action',
  'through_group',
  'group_id',
  'accounts',
  'account_names',
  'account_ids',
  'status',
  'ends',
  'lines',
  'reason',
  'ticket',
  'last_reviewed',
  'membership_status',
  'membership_ends',
  'membership_lines',
  'membership_reason',
  'membership_ticket',
  'membership_last_reviewed',
  'as_of',
  'reviewer',
  'decision',
  'decided_on',
];

/**
 * Who holds what as CSV, for a review in a spreadsheet: one row for each person and grant, in all of its accounts; then one for
 * each role of account access manager, which has a user or a group. The last three columns are empty, to be filled in.
 */
export function renderAnswerCsv({
  grants,
  groups,
  users,
  permissionSets,
  accounts,
  accountAccess,
  source,
  madeAt,
}: AccessAnswer): string {
  const userOf = new Map(users.map((user) => [user.name, user]));
  const groupOf = new Map(groups.map((group) => [group.name, group]));
  const arnOf = new Map(permissionSets.map(({ name, id = '' }) => [name, id]));
  const asOf = source.type === 'snapshot' ? source.takenAt : madeAt;
  const userCells = (name: string | undefined): string[] => {
    const user = userOf.get(name ?? '');
    const canSignIn = name === undefined ? '' : user?.isDisabled ? 'no' : 'yes';
    return [name ?? '', user?.id ?? '', user?.displayName ?? '', user?.email ?? '', canSignIn];
  };
  const groupCells = (name = ''): string[] => [name, groupOf.get(name)?.id ?? ''];
  const accountCells = (ids: readonly string[]): string[] => [
    String(ids.length),
    ids.map((id) => accounts[id] ?? id).join('; '),
    ids.join('; '),
  ];
  const rows = grants.flatMap((grant) => {
    const only = grant.members && new Set(grant.members);
    const row = (name: string, group?: string, membership?: AccessOrigin): string[] => [
      ...userCells(name),
      grant.permissionSet,
      arnOf.get(grant.permissionSet) ?? '',
      '',
      ...powerCells(grant.power),
      causeWords(grant.power, grant.cause),
      grant.allows ?? '',
      ...groupCells(group),
      ...accountCells(grant.accounts),
      ...originCells(grant),
      ...originCells(membership),
      asOf,
      ...toFillIn,
    ];
    return [
      ...grant.groups.flatMap((group) =>
        (groupOf.get(group)?.members ?? []).flatMap(({ users: some, ...membership }) =>
          some.filter((name) => only?.has(name) !== false).map((name) => row(name, group, membership)),
        ),
      ),
      ...grant.users.map((name) => row(name)),
    ];
  });
  const entitlements = accountAccess && 'entitlements' in accountAccess ? accountAccess.entitlements : [];
  const roles = entitlements.map(({ user, group, account, roleArn }) => [
    ...userCells(user),
    '',
    '',
    roleArn,
    ...powerCells('unknown'),
    '',
    '',
    ...groupCells(group),
    ...accountCells([account]),
    ...originCells(undefined),
    ...originCells(undefined),
    asOf,
    ...toFillIn,
  ]);
  return csv([heads, ...rows, ...roles]);
}

const toFillIn = ['', '', ''];

/** Whether it is privileged can't be said of unknown content. */
function powerCells(power: Power): string[] {
  const isGrave = power === 'administrator' || power === 'raise';
  return [powerWords[power], power === 'unknown' ? 'unknown' : isGrave ? 'yes' : 'no'];
}

function originCells({ status, until, places }: AccessOrigin = { places: [] }): string[] {
  const said = (key: 'reason' | 'ticket' | 'reviewed'): string =>
    [...new Set(places.flatMap((place) => place[key] ?? []))].join('; ');
  const lines = places.map(({ file, line }) => `${file}:${line}`).join('; ');
  return [status ?? '', until ?? '', lines, said('reason'), said('ticket'), said('reviewed')];
}
