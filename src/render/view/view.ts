import { isPending, managementAccountOf, type Plan, type Warning } from '../../core/plan.ts';
import type { Place } from '../../core/errors.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';
import { countOf, joinWords, nounCount } from '../../core/words.ts';
import { nameAccounts, type AccountNames } from './account-names.ts';
import type { FileLine } from './access-line.ts';
import { viewAccess, type AccessView } from './access-view.ts';
import { adoptedAdministrators, adoptedSentences } from './adopted-words.ts';
import { endSentences, type PlacedSentence } from './findings-view.ts';
import { viewGone, type GoneView } from './gone-view.ts';
import { viewLimits, type LimitsView } from './limits-view.ts';
import { sanitize } from '../../core/sanitize.ts';
import { riskSentence } from './risk-words.ts';
import { groupSteps, type StepGroup } from './step-view.ts';
import { listOf, stepName } from './wording.ts';

export interface WarningView {
  code: string;
  message: string;
  /** What a heading says of it. */
  lead?: string;
  /** What a heading ends with. */
  aside?: string;
  /** `identity.yaml:310:7` */
  place?: string;
  /** The line that it names. */
  line?: FileLine;
}

/** All that a plan says to people. Every text in it is sanitized. */
export interface PlanView {
  /** `ssoins-…`. */
  instance: string;
  region: string;
  /** `Made from a snapshot of 2026-06-15 03:00 UTC, 9 hours old, not from what is live now.`; absent where it is live. */
  source?: string;
  /** `production (111122223333)`: the accounts that the plan speaks of. */
  accounts: string[];
  /** Names that nothing has any more. */
  gone: GoneView;
  /** Absent where none has changed, or where they could not be compared. */
  limits?: LimitsView;
  /** Whether the file was compared with the one before. */
  hasBase: boolean;
  access: AccessView;
  /** Who holds what by grants that are live already and newly in the file. */
  adopted: PlacedSentence[];
  /** Who is an administrator by these. */
  adoptedAdministrators: string[];
  /** Entries that end soon, or whose end is another than in the file before. */
  ends: PlacedSentence[];
  groups: StepGroup[];
  /** Who gets more power by it, and what else may hurt. */
  risks: WarningView[];
  warnings: WarningView[];
  blocked: { what: string; reason: string }[];
  violations: { code: string; message: string; allow: string }[];
  /** What the plan leaves alone: what is ignored, and orphans. */
  leftAlone: string[];
  hasChanges: boolean;
  /** `Plan: 3 to create, 1 to update, 0 to delete.`, or that there is nothing to do. */
  summary: string;
  /** The steps that change something in place. */
  updates: number;
  /** `about 12 calls to AWS, 8 seconds`; absent where there is nothing to do. */
  cost?: string;
  digest: string;
}

/** @param now tells how old a snapshot is by now. */
export function viewPlan(plan: Plan, now?: Date): PlanView {
  const accounts = nameAccounts(plan);
  const hasChanges = plan.steps.length > 0;
  const limits = viewLimits(plan);
  return {
    instance: sanitize(plan.instance.arn.replace(/^.*instance\//, '')),
    region: sanitize(plan.instance.region),
    ...(plan.snapshot && {
      source: `Made from ${describeSnapshot(plan.snapshot.takenAt, now)}, not from the live state.`,
    }),
    accounts: accounts.all,
    gone: viewGone(plan.gone),
    ...(limits && { limits }),
    hasBase: plan.base !== undefined && 'name' in plan.base,
    access: viewAccess(plan, accounts),
    adopted: adoptedSentences(plan, accounts),
    adoptedAdministrators: adoptedAdministrators(plan),
    ends: endSentences(plan),
    groups: groupSteps(plan.steps, plan.notes, accounts.nameOf),
    risks: [...viewRisks(plan, accounts), ...plan.warnings.filter(({ isRisk }) => isRisk).map(viewWarning)],
    warnings: plan.warnings.filter(({ isRisk }) => !isRisk).map(viewWarning),
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
    updates: plan.summary.update,
    ...(hasChanges && { cost: costOf(plan.cost) }),
    digest: sanitize(plan.digest),
  };
}

const viewRisks = ({ risks, access, instance }: Plan, { nameOf }: AccountNames): WarningView[] =>
  risks.map((risk) => ({
    code: risk.code,
    message: riskSentence(risk, { people: access.people, managementAccount: managementAccountOf(instance), nameOf }),
  }));

export function viewWarning({ code, message, place, lead, aside }: Warning): WarningView {
  return {
    code: sanitize(code),
    message: sanitize(message),
    ...(lead !== undefined && { lead: sanitize(lead) }),
    ...(aside !== undefined && { aside: sanitize(aside) }),
    ...(place && { place: positionText(place), line: { file: sanitize(place.file), line: place.line } }),
  };
}

const positionText = ({ file, line, column }: Place): string => `${sanitize(file)}:${line}:${column}`;

function leftAlone({ ignored, orphans = 0, left }: Plan): string[] {
  const counts = Object.entries(ignored).flatMap(([kind, count]) =>
    count > 0 ? [countOf(count, sanitize(kind))] : [],
  );
  return [
    ...(left === undefined ? [] : [`This plan only removes expired access (--only expired). ${leftText(left)}`]),
    ...(counts.length > 0 ? [`Not managed by the file: ${listOf(counts)}.`] : []),
    ...(orphans === 1
      ? ['1 orphaned assignment (its user or group was deleted) grants nothing; --orphans removes it.']
      : []),
    ...(orphans > 1
      ? [`${orphans} orphaned assignments (their user or group was deleted) grant nothing; --orphans removes them.`]
      : []),
  ];
}

const leftText = (left: number): string =>
  left === 0
    ? 'No other change is pending.'
    : `${left === 1 ? '1 other change is' : `${left} other changes are`} pending for another apply.`;

function summaryOf(plan: Plan): string {
  const { steps, blocked, summary, left, adopted, gone } = plan;
  if (steps.length > 0) {
    return `Plan: ${summary.create} to create, ${summary.update} to update, ${summary.delete} to delete.`;
  }
  const nothing = isPending(plan) ? 'No steps.' : 'No changes.';
  if (left !== undefined) return `${nothing} No expired access can be removed on its own.`;
  if (adopted.length > 0) {
    const things = nounCount(adopted.length, ['thing', 'things']);
    const live = `The file newly declares ${things} that ${adopted.length === 1 ? 'is' : 'are'} live already.`;
    return `${nothing} ${live}`;
  }
  const others = [
    ...(blocked.length > 0 ? ['blocked'] : []),
    ...(gone.some(({ effect }) => effect === 'frozen') ? ['frozen'] : []),
  ];
  const but = others.length > 0 ? `, except for what is ${joinWords(others)}` : '';
  return `${nothing} Identity Center matches the file${but}.`;
}

function costOf({ apiCalls, seconds }: Plan['cost']): string {
  const calls = apiCalls === 1 ? '1 call' : `${apiCalls} calls`;
  const rounded = Math.max(1, Math.ceil(seconds));
  const time =
    rounded < 120 ? (rounded === 1 ? '1 second' : `${rounded} seconds`) : `${Math.ceil(rounded / 60)} minutes`;
  return `about ${calls} to AWS, ${time}`;
}
