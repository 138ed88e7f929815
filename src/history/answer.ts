import type { HistoryRecord } from '../core/apply-record.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { defaultFile } from '../core/file-name.ts';
import { groupBy } from '../core/group-by.ts';
import {
  HISTORY_FORMAT_VERSION,
  eventsOf,
  isOver,
  type History,
  type HistoryApply,
  type HistoryGrant,
  type HistoryQuestion,
  type HistorySource,
} from '../core/history.ts';
import { compilePattern } from '../core/pattern.ts';
import { mergeBlocks } from '../core/reach.ts';
import { periodsOf, type Period, type Wanted } from './periods.ts';

/** What the records say to a question. Pure. */
export function answerHistory(
  records: readonly HistoryRecord[],
  question: HistoryQuestion,
  source: HistorySource,
): History {
  const names = accountNames(records);
  const { users, accounts, permissionSets, since } = question;
  const asksAboutAccess = Boolean(users ?? accounts ?? permissionSets);
  const wanted: Wanted = {
    user: matcher(users, (name) => [name.toLowerCase()]),
    permissionSet: matcher(permissionSets, (name) => [name]),
    account: matcher(accounts, (id) => [id, names[id] ?? id]),
  };
  const isRecent = ({ at }: { at: string }): boolean => since === undefined || at >= since;
  const periods = asksAboutAccess
    ? periodsOf(records, wanted).filter((period) => since === undefined || eventsOf(period).some(isRecent))
    : [];
  const named = new Set(periods.flatMap(eventsOf).map(({ record }) => record));
  const told = records.filter(
    ({ number, endedAt, steps }) =>
      named.has(number) ||
      (isRecent({ at: endedAt }) &&
        (!asksAboutAccess || steps.some(({ subjects }) => isAbout(subjects, question, wanted)))),
  );
  const grants = grantsOf(periods);
  const inGrants = new Set(grants.flatMap((grant) => grant.accounts));
  return {
    formatVersion: HISTORY_FORMAT_VERSION,
    source,
    question,
    records: spanOf(records),
    instances: instancesOf(records),
    applies: told.map(applyOf).reverse(),
    ...(asksAboutAccess && { grants }),
    accounts: Object.fromEntries(Object.entries(names).filter(([id]) => inGrants.has(id))),
  };
}

/** @param formsOf by which names something may be asked for. */
function matcher(
  patterns: readonly string[] | undefined,
  formsOf: (name: string) => string[],
): (name: string) => boolean {
  if (!patterns) return () => true;
  const tests = patterns.map(compilePattern);
  const known = new Map<string, boolean>();
  return (name) => {
    let answer = known.get(name);
    if (answer === undefined)
      known.set(name, (answer = formsOf(name).some((form) => tests.some((test) => test(form)))));
    return answer;
  };
}

/** Whether a step names something of each kind that is asked about. */
function isAbout(
  { user, account, 'permission-set': set }: Readonly<Record<string, string>>,
  { users, accounts, permissionSets }: HistoryQuestion,
  wanted: Wanted,
): boolean {
  return (
    (!users || (user !== undefined && wanted.user(user))) &&
    (!accounts || (account !== undefined && wanted.account(account))) &&
    (!permissionSets || (set !== undefined && wanted.permissionSet(set)))
  );
}

/** How many there are, and of which time. */
export function spanOf(records: readonly HistoryRecord[]): History['records'] {
  const [first, last] = [records[0], records.at(-1)];
  return { count: records.length, ...(first && last && { from: first.startedAt, until: last.endedAt }) };
}

/** Whatever the records are of, in the order in which they come. */
const instancesOf = (records: readonly HistoryRecord[]): History['instances'] =>
  [...groupBy(records, ({ instance }) => instance.arn)].map(([arn, some]) => ({
    arn,
    files: [...new Set(some.map(({ file = defaultFile }) => file))],
  }));

/** By id, as the newest record has it. */
function accountNames(records: readonly HistoryRecord[]): Record<string, string> {
  return Object.assign({}, ...records.map(({ accounts }) => accounts)) as Record<string, string>;
}

/** People and accounts with the same permission set, from one apply to another, together; what is held now is first. */
function grantsOf(periods: readonly Period[]): HistoryGrant[] {
  const same = groupBy(periods, ({ instance, permissionSet, groups, isDirect, began, adopted, edits, ended }) =>
    JSON.stringify([instance, permissionSet, groups, isDirect, began, adopted, edits, ended]),
  );
  return [...same.values()]
    .flatMap((some) => {
      const [{ instance, permissionSet, groups, isDirect, began, adopted, edits, ended }] = some as [Period];
      const blocks = mergeBlocks(some.map(({ user, account }) => ({ users: [user], accounts: [account] })));
      return blocks.map(({ users, accounts }) => ({
        instance,
        permissionSet,
        users: [...users],
        accounts: [...accounts],
        ...(groups.length > 0 && { groups: [...groups] }),
        ...(isDirect && { isDirect }),
        ...(began && { began }),
        ...(adopted && { adopted }),
        ...(edits && { edits }),
        ...(ended && { ended }),
      }));
    })
    .sort(
      (a, b) =>
        Number(isOver(a)) - Number(isOver(b)) ||
        compareTexts(newestOf(b), newestOf(a)) ||
        compareTexts(a.permissionSet, b.permissionSet) ||
        compareTexts(a.users[0] ?? '', b.users[0] ?? ''),
    );
}

/** When it ended, else when it began, by what the records have of it. */
const newestOf = ({ began, adopted, ended }: HistoryGrant): string => (ended ?? began ?? adopted)?.at ?? '';

function applyOf(record: HistoryRecord): HistoryApply {
  const { number, digest, pullRequests, approvals, gate, startedAt, endedAt, result } = record;
  const { instance, file, only, caller, runId, workflow } = record;
  const done = { create: 0, update: 0, delete: 0 };
  const left = { failed: 0, unknown: 0, skipped: 0 };
  for (const { action, outcome } of record.steps) {
    if (outcome === 'done') done[action] += 1;
    else left[outcome] += 1;
  }
  return {
    number,
    digest,
    startedAt,
    endedAt,
    result,
    ...(only && { only }),
    pullRequests,
    approvals,
    ...(gate && { gate }),
    instance: instance.arn,
    ...(file !== undefined && { file }),
    ...(caller !== undefined && { caller }),
    runId,
    ...(workflow && { url: workflow.url, commit: workflow.commit }),
    done,
    ...adoptedBy(record),
    left,
  };
}

function adoptedBy({ access }: HistoryRecord): Pick<HistoryApply, 'adopted'> {
  const { people, adopted = [], edited = [] } = access;
  const holders = new Set(adopted.flatMap((change) => people[change.people] ?? []));
  const sets = new Set(edited.flatMap(({ permissionSet, isAdopted }) => (isAdopted ? [permissionSet] : [])));
  return holders.size + sets.size === 0 ? {} : { adopted: { people: holders.size, permissionSets: sets.size } };
}
