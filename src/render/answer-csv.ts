import type { AccessAnswer, AccessOrigin } from '../core/access-answer.ts';
import { csv } from './csv.ts';
import { powerWords } from './view/power-words.ts';

const heads = [
  'user_name',
  'user_id',
  'display_name',
  'email',
  'can_sign_in',
  'permission_set',
  'permission_set_arn',
  'power',
  'privileged',
  'allows_action',
  'through_group',
  'group_id',
  'accounts',
  'account_names',
  'account_ids',
  'status',
  'ends',
  'lines',
  'membership_status',
  'membership_ends',
  'membership_lines',
  'as_of',
  'reviewer',
  'decision',
  'decided_on',
];

/**
 * Who holds what as CSV, for a review in a spreadsheet: one row for each person and grant, in all of its accounts. The last
 * three columns are empty, to be filled in.
 */
export function renderAnswerCsv({
  grants,
  groups,
  users,
  permissionSets,
  accounts,
  source,
  madeAt,
}: AccessAnswer): string {
  const userOf = new Map(users.map((user) => [user.name, user]));
  const groupOf = new Map(groups.map((group) => [group.name, group]));
  const arnOf = new Map(permissionSets.map(({ name, id = '' }) => [name, id]));
  const asOf = source.type === 'snapshot' ? source.takenAt : madeAt;
  const rows = grants.flatMap((grant) => {
    const names = grant.accounts.map((id) => accounts[id] ?? id).join('; ');
    const only = grant.members && new Set(grant.members);
    const row = (name: string, group?: string, membership?: AccessOrigin): string[] => {
      const user = userOf.get(name);
      return [
        name,
        user?.id ?? '',
        user?.displayName ?? '',
        user?.email ?? '',
        user?.isDisabled ? 'no' : 'yes',
        grant.permissionSet,
        arnOf.get(grant.permissionSet) ?? '',
        powerWords[grant.power],
        grant.power === 'administrator' || grant.power === 'raise' ? 'yes' : 'no',
        grant.allows ?? '',
        group ?? '',
        group === undefined ? '' : (groupOf.get(group)?.id ?? ''),
        String(grant.accounts.length),
        names,
        grant.accounts.join('; '),
        ...originCells(grant),
        ...(membership ? originCells(membership) : ['', '', '']),
        asOf,
        '',
        '',
        '',
      ];
    };
    return [
      ...grant.groups.flatMap((group) =>
        (groupOf.get(group)?.members ?? []).flatMap(({ users: some, ...membership }) =>
          some.filter((name) => only?.has(name) !== false).map((name) => row(name, group, membership)),
        ),
      ),
      ...grant.users.map((name) => row(name)),
    ];
  });
  return csv([heads, ...rows]);
}

const originCells = ({ status, until = '', places }: AccessOrigin): string[] => [
  status ?? '',
  until,
  places.map(({ file, line }) => `${file}:${line}`).join('; '),
];
