import { defaultFile } from '../../core/file-name.ts';
import type { Approval } from '../../core/apply-record.ts';
import type {
  History,
  HistoryApply,
  HistoryCheck,
  HistoryEvent,
  HistoryFault,
  HistoryGrant,
  HistorySource,
} from '../../core/history.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { joinWords, nounCount, peopleCount } from '../../core/words.ts';
import { done, listOf } from './wording.ts';

/** `2026-10-03 10:15`, in UTC. */
export const timeWords = (time: string): string => time.slice(0, 16).replace('T', ' ');

export const sourceWords = (source: HistorySource): string =>
  source.type === 'folder'
    ? `the folder ${sanitize(source.folder)}`
    : `${sanitize(source.ref)} (${source.commit.slice(0, 12)})`;

/** `42 applies, 2026-01-03 to 2026-10-03` */
export function recordsWords({ count, from, until }: History['records']): string {
  const days = from === undefined || until === undefined ? '' : `, ${from.slice(0, 10)} to ${until.slice(0, 10)}`;
  return `${nounCount(count, ['apply', 'applies'])}${days}`;
}

/** `idc-apply/idc-apply-1` of an assumed role with its session: what else an ARN has is the same for all. */
const callerWords = (arn: string): string =>
  sanitize(
    arn
      .split(':')
      .slice(5)
      .join(':')
      .replace(/^(assumed-role|user)\//, '') || arn,
  );

const how = {
  review: 'approved by',
  environment: 'approved in the run by',
  dispatch: 'started and approved by',
} as const satisfies Record<Approval['how'], string>;

/** How it was approved, and `bypassed` where it was asked and GitHub shows no one: one for each that approved it, perhaps an earlier attempt. */
export const approvedHow = ({ approvals, gate }: Pick<HistoryApply, 'approvals' | 'gate'>): string[] => {
  if (approvals.length === 0 && gate === 'bypassed') return [gate];
  return approvals.map((one) => (gate === 'unclear' ? gate : one.how));
};

/** `pull request #57 by octocat, approved by mona on 2026-10-03` */
export function causeWords({ pullRequests, approvals, gate, only, caller }: HistoryApply): string {
  const pulls = pullRequests.map(
    ({ number, author }) => `#${number}${author === undefined ? '' : ` by ${sanitize(author)}`}`,
  );
  const what =
    pulls.length > 0
      ? `pull request ${joinWords(pulls)}`
      : only
        ? 'expired access'
        : caller === undefined
          ? 'no pull request'
          : `no pull request, by ${callerWords(caller)}`;
  const approved = approvals.map(
    ({ how: way, by, at }) => `${how[way]} ${sanitize(by)}${at === undefined ? '' : ` on ${at.slice(0, 10)}`}`,
  );
  const isUnclear =
    gate === 'unclear' ? ', but GitHub does not tell whether in this attempt of the run or in an earlier one' : '';
  if (approved.length > 0) return `${what}, ${joinWords(approved)}${isUnclear}`;
  if (gate === 'bypassed') return `${what}, not approved: the approval that the run asked for was bypassed`;
  return only ? what : `${what}, no approval known`;
}

/** `applied: 3 created, 1 deleted`, and what was not done; `access of 1 person adopted` where there was no step. */
export function workWords({ result, done: counts, left, adopted }: HistoryApply): string {
  const parts = [
    ...(Object.keys(counts) as (keyof typeof counts)[]).map((action) => [counts[action], done[action]] as const),
    [left.failed, 'failed'],
    [left.unknown, 'unknown'],
    [left.skipped, 'skipped'],
  ] as const;
  const { people = 0, permissionSets = 0 } = adopted ?? {};
  const told = [
    ...parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`),
    ...(people > 0 ? [`access of ${peopleCount(people)} adopted`] : []),
    ...(permissionSets > 0
      ? [`edits of ${nounCount(permissionSets, ['permission set', 'permission sets'])} adopted`]
      : []),
  ];
  const all = told.length === 0 ? 'nothing done' : told.join(', ');
  return result === 'nothing' ? all : `${result}: ${all}`;
}

/**
 * `sandbox.yaml`: of which file something is, and `ssoins-0123456789abcdef` where that does not say of which instance, as far as the
 * records are of several; empty where that is plain.
 * @param file undefined where it is not about one
 */
function originWords(instances: History['instances'], arn: string, file?: string): string {
  const files = instances.flatMap((one) => one.files);
  const ofInstance = instances.find((one) => one.arn === arn)?.files ?? [];
  const named = file ?? (ofInstance.length === 1 ? ofInstance[0] : undefined);
  const isShared = named === undefined || files.filter((one) => one === named).length > 1;
  const parts = [
    ...(new Set(files).size > 1 && named !== undefined ? [named] : []),
    ...(instances.length > 1 && isShared ? [arn.slice(arn.lastIndexOf('/') + 1)] : []),
  ];
  return parts.map(sanitizeName).join(', ');
}

const inBrackets = (text: string): string => (text === '' ? '' : ` (${text})`);

/** The file or the instance behind the number of a record. */
export const recordWords = (
  { number, instance, file = defaultFile }: Pick<HistoryApply, 'number' | 'instance' | 'file'>,
  { instances }: Pick<History, 'instances'>,
): string => `${number}${inBrackets(originWords(instances, instance, file))}`;

/** `Admin in production and staging to hanako` */
export function grantWords(
  { instance, permissionSet, accounts, users }: HistoryGrant,
  { accounts: names, instances }: Pick<History, 'accounts' | 'instances'>,
): string {
  const where = listOf(
    accounts.map((id) => sanitizeName(names[id] ?? id)),
    5,
  );
  const what = `${sanitizeName(permissionSet)} in ${where} to ${listOf(users.map(sanitizeName), 5)}`;
  return `${what}${instances.length > 1 ? inBrackets(originWords(instances, instance)) : ''}`;
}

/** `since 2026-10-03 10:15, through ops`, or `2026-02-01 08:10 to 2026-10-03 10:15` */
export function spanWords({ began, adopted, ended, groups }: HistoryGrant): string {
  const through = groups ? `, through ${joinWords(groups.map(sanitizeName))}` : '';
  const from = began && `${began.isUncertain ? 'perhaps ' : ''}${timeWords(began.at)}`;
  const to =
    ended && `${ended.isUncertain ? 'perhaps ' : ended.isOutside ? 'some time before ' : ''}${timeWords(ended.at)}`;
  const before = adopted ? `since before ${timeWords(adopted.at)}` : 'since before the history';
  const span =
    to === undefined
      ? from === undefined
        ? before
        : `since ${from}`
      : from === undefined
        ? `until ${to}`
        : `${from} to ${to}`;
  return `${span}${through}`;
}

/** What a grant has to tell of applies, in their order: `began by record 42: …`, `changed by record 44 (inlinePolicy): …`. */
export function eventLines({ began, adopted, edits = [], ended }: HistoryGrant, history: History): string[] {
  const byNumber = new Map(history.applies.map((apply) => [apply.number, apply]));
  const cause = ({ record, isUncertain }: Pick<HistoryEvent, 'record' | 'isUncertain'>): string => {
    const apply = byNumber.get(record);
    const doubt = isUncertain ? ' (AWS gave no answer, so it may not have happened)' : '';
    return `record ${apply ? `${recordWords(apply, history)}: ${causeWords(apply)}` : record}${doubt}`;
  };
  return [
    ...(began ? [`began by ${cause(began)}`] : []),
    ...(adopted ? [`adopted by ${cause(adopted)}; in AWS before, given outside idc`] : []),
    ...edits.map((edit) => {
      const fields = listOf(edit.fields.map(sanitizeName), 5);
      return `${edit.isAdopted ? 'edit outside idc adopted' : 'permission set edited'} (${fields}) by ${cause(edit)}`;
    }),
    ...(ended
      ? [ended.isOutside ? `ended outside idc, before record ${ended.record}` : `ended by ${cause(ended)}`]
      : []),
  ];
}

/** Where no grant is told: of what began before the time that was asked about, none is. */
export const noGrantWords = ({ since }: History['question']): string =>
  since === undefined
    ? 'No record gives or ends such access.'
    : `No record gives or ends such access since ${timeWords(since)}. What began before is not shown.`;

/** What the answer can't know. */
export const boundary =
  'What was given before the first record, or outside idc, has no beginning in the history. A grant that was removed outside idc counts as held until an apply finds it gone.';

const faults = {
  unreadable: "can't be read",
  edited: 'was edited: its digest is not that of what it says',
  misplaced: 'has a path that says another number or run',
  missing: 'is missing',
  twice: 'has the number or the run of another record',
  unlinked: 'does not follow from the record before',
  differs: 'has another digest than the comment says',
  'cut-off': 'is named by a comment, and is not there',
} as const satisfies Record<HistoryFault['problem'], string>;

export const faultWords = ({ problem, number, at, why }: HistoryFault): string => {
  const where = at === undefined ? '' : ` (${sanitize(at)})`;
  const because = why === undefined ? '' : `: ${sanitize(why)}`;
  return `${number === undefined ? 'A file' : `Record ${number}`} ${faults[problem]}${where}${because}`;
};

/** What was looked at, and what that can't show. */
export function checkWords({ records, comments, faults: found }: HistoryCheck): string[] {
  const last = records.count === 1 ? 'record 1' : `records 1 to ${records.count}`;
  const chain = found.length === 0 ? [`The chain of ${last} is whole.`] : [];
  if (!comments) {
    return [
      ...chain,
      'Not compared with the comments on pull requests, which needs GITHUB_TOKEN: without them, records that were cut off at the end, or written again with new digests, are not found.',
    ];
  }
  const { confirmed, unnamed, repository } = comments;
  const newest = confirmed.at(-1);
  return [
    ...chain,
    `Comments on pull requests of ${sanitize(repository)} have the same digest of ${nounCount(confirmed.length, ['record', 'records'])}${newest === undefined || found.length > 0 ? '' : `, the newest ${newest}: it vouches for all before it`}.`,
    ...(unnamed.length === 0
      ? []
      : [`No comment names ${nounCount(unnamed.length, ['record', 'records'])}: ${listOf(unnamed.map(String), 10)}.`]),
  ];
}
