import { managementAccountOf, type Plan, type Warning } from '../../core/plan.ts';
import type { Place } from '../../core/errors.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';
import { countOf, joinWords, nounCount } from '../../core/words.ts';
import { viewAccess, type AccessView, type FileLine } from './access-view.ts';
import { adoptedSentences } from './adopted-words.ts';
import { endSentences } from './findings-view.ts';
import { viewGone, type GoneView } from './gone-view.ts';
import { loosenedText, viewLimits, type LimitsView } from './limits-view.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { riskSentence } from './risk-words.ts';
import { groupSteps, type StepGroup } from './step-view.ts';
import { listOf, stepName } from './wording.ts';

export interface WarningView {
  code: string;
  message: string;
  /** `identity.yaml:310:7` */
  place?: string;
  /** The line that it names. */
  line?: FileLine;
}

/** All that a plan says to people, in the order in which it is said. Every text in it is sanitized. */
export interface PlanView {
  /** `Identity Center ssoins-… in us-east-1`. */
  title: string;
  /** `Made from a snapshot of 2026-06-15 03:00 UTC, 9 hours old, not from what is live now.`; absent where it is live. */
  source?: string;
  /** `production (111122223333)`: the accounts that the plan speaks of. */
  accounts: string[];
  /** Names that nothing has any more. */
  gone: GoneView;
  /** Absent where none has changed, or where they could not be compared. */
  limits?: LimitsView;
  access: AccessView;
  /** Who holds what by grants that are live already and newly in the file. */
  adopted: string[];
  /** Entries that end soon, or whose end is another than in the file before. */
  ends: string[];
  groups: StepGroup[];
  warnings: WarningView[];
  blocked: { what: string; reason: string }[];
  violations: { code: string; message: string; allow: string }[];
  /** What the plan leaves alone: what is ignored, and orphans. */
  leftAlone: string[];
  hasChanges: boolean;
  /** `Plan: 3 to create, 1 to update, 0 to delete.`, or that there is nothing to do. */
  summary: string;
  /** Absent where there is nothing to do. */
  cost?: string;
  digest: string;
}

/** @param now tells how old a snapshot is by now. */
export function viewPlan(plan: Plan, now?: Date): PlanView {
  const accounts = nameAccounts(plan);
  const hasChanges = plan.steps.length > 0;
  const limits = viewLimits(plan);
  return {
    title: `Identity Center ${sanitize(plan.instance.arn.replace(/^.*instance\//, ''))} in ${sanitize(plan.instance.region)}`,
    ...(plan.snapshot && {
      source: `Made from ${describeSnapshot(plan.snapshot.takenAt, now)}, not from what is live now.`,
    }),
    accounts: accounts.all,
    gone: viewGone(plan.gone),
    ...(limits && { limits }),
    access: viewAccess(plan, accounts.nameOf),
    adopted: adoptedSentences(plan, accounts.nameOf),
    ends: endSentences(plan),
    groups: groupSteps(plan.steps, plan.notes, accounts.nameOf),
    warnings: [...viewRisks(plan, accounts.nameOf), ...plan.warnings.map(viewWarning)],
    blocked: plan.blocked.map((entry) => ({
      what: `${entry.action} ${stepName(entry)}`,
      reason: sanitize(entry.reason),
    })),
    violations: plan.violations.map(({ code, message, allow }) => ({
      code: sanitize(code),
      message: sanitize(message),
      allow: sanitize(allow),
    })),
    leftAlone: leftAlone(plan),
    hasChanges,
    summary: summaryOf(plan),
    ...(hasChanges && { cost: costOf(plan.cost) }),
    digest: sanitize(plan.digest),
  };
}

const viewRisks = ({ risks, access, instance }: Plan, nameOf: (id: string) => string): WarningView[] =>
  risks.map((risk) => ({
    code: risk.code,
    message: riskSentence(risk, { people: access.people, managementAccount: managementAccountOf(instance), nameOf }),
  }));

export function viewWarning({ code, message, place }: Warning): WarningView {
  return {
    code: sanitize(code),
    message: sanitize(message),
    ...(place && { place: positionText(place), line: { file: sanitize(place.file), line: place.line } }),
  };
}

const positionText = ({ file, line, column }: Place): string => `${sanitize(file)}:${line}:${column}`;

/** Accounts by name; where two share one, by name and id. The ids of all stand once, in the header. */
export function nameAccounts({ accounts, organizationsNames = {} }: Pick<Plan, 'accounts' | 'organizationsNames'>): {
  all: string[];
  nameOf: (id: string) => string;
} {
  const known = Object.entries(accounts)
    .map(([id, name]) => ({ id, name: sanitizeName(name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const full = ({ id, name }: { id: string; name: string }): string =>
    name === id ? name : `${name} (${sanitize(id)})`;
  const withOther = (account: { id: string; name: string }): string => {
    const other = Object.hasOwn(organizationsNames, account.id) ? organizationsNames[account.id] : undefined;
    return other === undefined
      ? full(account)
      : `${account.name} (${sanitize(account.id)}, in Organizations ${sanitizeName(other)})`;
  };
  const shared = new Set(known.filter(({ name }, index) => known[index + 1]?.name === name).map(({ name }) => name));
  const shown = new Map(known.map((account) => [account.id, shared.has(account.name) ? full(account) : account.name]));
  return { all: known.map(withOther), nameOf: (id) => shown.get(id) ?? sanitize(id) };
}

function leftAlone({ ignored, orphans = 0, left }: Plan): string[] {
  const counts = Object.entries(ignored).flatMap(([kind, count]) =>
    count > 0 ? [countOf(count, sanitize(kind))] : [],
  );
  return [
    ...(left === undefined ? [] : [`Only what has expired is removed here (--only expired). ${leftText(left)}`]),
    ...(counts.length > 0 ? [`Left alone, since the file says nothing about them: ${listOf(counts)}.`] : []),
    ...(orphans === 1
      ? ['1 assignment is for somebody who no longer exists and gives nobody anything; --orphans removes it.']
      : []),
    ...(orphans > 1
      ? [
          `${orphans} assignments are for somebody who no longer exists and give nobody anything; --orphans removes them.`,
        ]
      : []),
  ];
}

const leftText = (left: number): string =>
  left === 0
    ? 'No other change is pending.'
    : `${left === 1 ? '1 other change is' : `${left} other changes are`} pending, and left for another apply.`;

function summaryOf(plan: Plan): string {
  const { steps, blocked, summary, left, adopted, gone } = plan;
  const loosened = loosenedText(plan);
  if (steps.length > 0) {
    const counts = `Plan: ${summary.create} to create, ${summary.update} to update, ${summary.delete} to delete.`;
    return loosened === undefined ? counts : `${counts} ${loosened}`;
  }
  if (left !== undefined) return `${loosened ?? 'No changes.'} Nothing that has expired can be removed by itself.`;
  if (adopted.length > 0) {
    const things = nounCount(adopted.length, ['thing', 'things']);
    const live = `The file newly asks for ${things} that ${adopted.length === 1 ? 'is' : 'are'} live already.`;
    return `${loosened ?? 'No steps.'} ${live}`;
  }
  const others = [
    ...(blocked.length > 0 ? ['blocked'] : []),
    ...(gone.some(({ effect }) => effect === 'frozen') ? ['frozen'] : []),
  ];
  const but = others.length > 0 ? `, but for what is ${joinWords(others)}` : '';
  return `${loosened ?? 'No changes.'} Identity Center matches the file${but}.`;
}

function costOf({ apiCalls, seconds }: Plan['cost']): string {
  const calls = apiCalls === 1 ? '1 call' : `${apiCalls} calls`;
  const rounded = Math.max(1, Math.ceil(seconds));
  const time =
    rounded < 120 ? (rounded === 1 ? '1 second' : `${rounded} seconds`) : `${Math.ceil(rounded / 60)} minutes`;
  return `Applying it takes about ${calls} to AWS and ${time}.`;
}
