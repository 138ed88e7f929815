import { subjectAddress, subjectKey, type Address } from '../core/address.ts';
import {
  RECORD_FORMAT_VERSION,
  type ApplyRecord,
  type Outcome,
  type RecordedStep,
  type Result,
  type WorkflowRun,
} from '../core/apply-record.ts';
import { fieldNames, type Instance, type Step } from '../core/plan.ts';
import { group } from '../kinds/group/kind.ts';
import { kinds } from '../kinds/index.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import { user } from '../kinds/user/kind.ts';
import type { MadePlan } from '../planner/make-plan.ts';
import { recordedAccess } from './recorded-access.ts';

/** What a record says besides of the run. */
export interface RecordedRun {
  runId: string;
  version: string;
  /** The digest of the plan that was reviewed. */
  reviewed?: string | undefined;
  only?: 'expired' | undefined;
  workflow?: WorkflowRun | undefined;
}

/** An apply as far as it has come. */
export interface RecordedApply {
  instance: Instance;
  /** Absent where AWS was not asked. */
  caller: string | undefined;
  made: MadePlan;
  startedAt: string;
  endedAt: string;
  /** Nothing more comes. */
  isOver: boolean;
}

export interface StepEnd {
  outcome: Outcome;
  error?: string;
  at?: string;
  /** Nothing more was to be begun. */
  isInterrupted?: boolean;
}

/** What was heard of the steps; one of which nothing was heard may have been begun. */
export interface Heard {
  ends: ReadonlyMap<Address, StepEnd>;
  requests: ReadonlyMap<Address, string[]>;
  /** The AWS ids of what was made. */
  ids: ReadonlyMap<Address, string>;
}

/** The record of an apply. Pure. */
export function recordOf(
  { instance, caller, made, startedAt, endedAt, isOver }: RecordedApply,
  { runId, version, reviewed, only, workflow }: RecordedRun,
  { ends, requests, ids }: Heard,
): ApplyRecord {
  const { plan, live } = made;
  const { arn, identityStoreId, region } = instance;
  const endOfStep = ({ id }: Step): StepEnd => ends.get(id) ?? { outcome: 'unknown' };
  const withOutcome = (wanted: Outcome): Set<Address> =>
    new Set(plan.steps.filter((step) => endOfStep(step).outcome === wanted).map(({ id }) => id));
  const access = recordedAccess(made, withOutcome('done'), withOutcome('unknown'));
  const { people, gained, lost, adopted = [], edited = [], perhaps } = access;
  const changes = [...gained, ...lost, ...adopted, ...(perhaps?.gained ?? []), ...(perhaps?.lost ?? [])];
  const all = [...changes, ...edited, ...(perhaps?.edited ?? [])];
  const steps = plan.steps.map((step) => recordedStep(step, endOfStep(step), requests.get(step.id)));

  /** The ids of what steps and changes name. */
  const idsOf = (kind: string, more: Iterable<string>): Record<string, string> => {
    const names = new Set(
      [...steps.flatMap(({ subjects }) => subjects[kind] ?? []), ...more].map((name) => subjectKey(kind, name)),
    );
    return Object.fromEntries(
      [...names].sort().flatMap((name) => {
        const address = subjectAddress(kind, name);
        const id = ids.get(address) ?? live.get(address)?.id;
        return id === undefined ? [] : [[name, id]];
      }),
    );
  };
  const accountIds = new Set([
    ...steps.flatMap(({ subjects }) => subjects['account'] ?? []),
    ...all.flatMap(({ accounts }) => accounts),
  ]);
  return {
    formatVersion: RECORD_FORMAT_VERSION,
    toolVersion: version,
    runId,
    startedAt,
    endedAt,
    result: resultOf(plan.steps.map(endOfStep), isOver),
    instance: { arn, identityStoreId, region },
    ...(plan.file !== undefined && { file: plan.file }),
    ...(only && { only }),
    ...(caller !== undefined && { caller }),
    plan: { digest: plan.digest, ...(reviewed !== undefined && { reviewed }) },
    ...(workflow && { workflow }),
    steps,
    access,
    users: idsOf(user.name, people.flat()),
    groups: idsOf(
      group.name,
      changes.flatMap(({ groups = [] }) => groups),
    ),
    permissionSets: idsOf(
      permissionSet.name,
      all.map((one) => one.permissionSet),
    ),
    accounts: Object.fromEntries(
      [...accountIds].sort().flatMap((id) => (plan.accounts[id] === undefined ? [] : [[id, plan.accounts[id]]])),
    ),
  };
}

function resultOf(ends: readonly StepEnd[], isOver: boolean): Result {
  if (ends.length === 0) return 'nothing';
  if (!isOver || ends.some(({ isInterrupted }) => isInterrupted)) return 'interrupted';
  return ends.every(({ outcome }) => outcome === 'done') ? 'applied' : 'failed';
}

function recordedStep(step: Step, { outcome, error, at }: StepEnd, requests: string[] | undefined): RecordedStep {
  const { action, kind, subjects, changes } = step;
  const fields = fieldNames(changes);
  return {
    action,
    kind,
    subjects: { ...subjects },
    ...previousName(step),
    ...(action === 'update' && fields.length > 0 && { fields }),
    outcome,
    ...(error !== undefined && { error }),
    ...(at !== undefined && { at }),
    ...(requests && { requests }),
  };
}

/** Of what is renamed. */
function previousName({ kind: name, action, before, after }: Step): { previously?: string } {
  const kind = action === 'update' ? kinds.find((one) => one.name === name) : undefined;
  const [old, now] = [before, after].map((spec) => kind?.subjects(spec)[name]);
  return old !== undefined && old !== now ? { previously: old } : {};
}
