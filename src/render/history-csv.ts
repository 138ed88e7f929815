import type { History, HistoryApply, HistoryEvent } from '../core/history.ts';
import { defaultFile } from '../core/file-name.ts';
import { csv } from './csv.ts';
import { approvedHow } from './view/history-words.ts';

const applyHeads = [
  'record',
  'digest',
  'started',
  'ended',
  'result',
  'created',
  'updated',
  'deleted',
  'people_adopted',
  'failed',
  'unknown',
  'skipped',
  'pull_requests',
  'opened_by',
  'approved_by',
  'approved_how',
  'approved_at',
  'caller',
  'run',
  'commit',
  'file',
  'instance',
];

/** The applies as CSV, newest first; where access was asked about a row for each person and grant instead. */
export const renderHistoryCsv = (history: History): string =>
  history.grants ? csv(grantRows(history, history.grants)) : csv([applyHeads, ...history.applies.map(applyRow)]);

const list = (items: readonly (string | undefined)[]): string => items.map((item = '') => item).join('; ');

function applyRow(apply: HistoryApply): string[] {
  const {
    number,
    digest,
    startedAt,
    endedAt,
    result,
    done,
    left,
    adopted,
    pullRequests,
    approvals,
    caller = '',
  } = apply;
  return [
    String(number),
    digest,
    startedAt,
    endedAt,
    result,
    ...[done.create, done.update, done.delete, adopted?.people ?? 0, left.failed, left.unknown, left.skipped].map(
      String,
    ),
    list(pullRequests.map((one) => `#${one.number}`)),
    list(pullRequests.map(({ author }) => author)),
    list(approvals.map(({ by }) => by)),
    list(approvedHow(apply)),
    list(approvals.map(({ at }) => at)),
    caller,
    apply.url ?? '',
    apply.commit ?? '',
    apply.file ?? defaultFile,
    apply.instance,
  ];
}

const eventHeads = (name: string): string[] => [
  name,
  `${name}_is`,
  `${name}_by_record`,
  `${name}_pull_requests`,
  `${name}_approved_by`,
  `${name}_approved_how`,
];

function grantRows({ applies, accounts }: History, grants: NonNullable<History['grants']>): string[][] {
  const byNumber = new Map(applies.map((apply) => [apply.number, apply]));
  const event = (one: HistoryEvent | undefined): string[] => {
    const apply = one && byNumber.get(one.record);
    const is = one === undefined ? '' : one.isUncertain ? 'perhaps' : one.isOutside ? 'outside idc, before' : 'certain';
    return [
      one?.at ?? '',
      is,
      one ? String(one.record) : '',
      list((apply?.pullRequests ?? []).map(({ number }) => `#${number}`)),
      list((apply?.approvals ?? []).map(({ by }) => by)),
      list(apply ? approvedHow(apply) : []),
    ];
  };
  const heads = [
    'user_name',
    'permission_set',
    'accounts',
    'account_ids',
    'through_groups',
    'directly',
    ...eventHeads('began'),
    ...eventHeads('adopted'),
    'edited_by_records',
    ...eventHeads('ended'),
    'instance',
  ];
  const rows = grants.flatMap((grant) =>
    grant.users.map((user) => [
      user,
      grant.permissionSet,
      list(grant.accounts.map((id) => accounts[id] ?? id)),
      list(grant.accounts),
      list(grant.groups ?? []),
      grant.isDirect || (grant.began && !grant.groups) ? 'yes' : '',
      ...event(grant.began),
      ...event(grant.adopted),
      list((grant.edits ?? []).map(({ record, fields }) => `${record} (${fields.join(', ')})`)),
      ...event(grant.ended),
      grant.instance,
    ]),
  );
  return [heads, ...rows];
}
