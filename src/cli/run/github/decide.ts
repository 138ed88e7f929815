import { existsSync } from 'node:fs';
import { ReportedError } from '../../../core/errors.ts';
import { isPending, unknownApply, type Plan } from '../../../core/plan.ts';
import { comparePlans, differenceReason } from '../../../core/plan-difference.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { lessText } from '../../print-plan.ts';
import { readPlan } from '../../../planner/saved-plan.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubDecideFlags extends CommonFlags {
  plan?: string;
  reviewed?: string;
  approved?: string;
  waiting?: string;
}

/** Says which environment a plan is applied in: the one that waits for nobody only if exactly this was reviewed. */
export function gitHubDecide(io: Io, flags: GitHubDecideFlags): number {
  const { plan: planFile = '', reviewed: reviewedFile } = flags;
  const plan = readPlan(planFile);
  // There is nothing to approve in a plan that does nothing, and lets nothing more through.
  const needsReview = isPending(plan) || plan.violations.length > 0;
  const why =
    (needsReview ? (whyNotReviewed(io, plan, reviewedFile) ?? whyNotCompared(plan)) : undefined) ?? whyNotKnown(plan);
  const reason = sanitize(why ?? 'same');
  if (reason !== 'same') io.err(`An approval is needed: ${reason}.\n`);
  writeOutputs(io, {
    digest: plan.digest,
    changes: isPending(plan),
    refused: plan.violations.length > 0,
    environment: reason === 'same' ? flags.approved : flags.waiting,
    reason,
  });
  return exitCodes.done;
}

/** Undefined where exactly this plan was reviewed. Whatever is wrong with the reviewed one, it was not. */
function whyNotReviewed(io: Io, plan: Plan, file: string | undefined): string | undefined {
  if (file === undefined || !existsSync(file)) return 'no reviewed plan';
  let reviewed: Plan;
  try {
    reviewed = readPlan(file);
  } catch (error) {
    if (!(error instanceof ReportedError)) throw error;
    return `no reviewed plan: ${error.message.replace(/\.$/, '')}`;
  }
  if (reviewed.instance.arn !== plan.instance.arn) {
    return `the reviewed plan is for ${reviewed.instance.arn}, but this one is for ${plan.instance.arn}`;
  }
  // Another version may show less of what a plan does, or do another thing by the same steps.
  if (reviewed.toolVersion !== plan.toolVersion) {
    return `the reviewed plan was made by ${versionText(reviewed)}, but this one by ${versionText(plan)}`;
  }
  const difference = comparePlans(reviewed, plan);
  if (difference === undefined) {
    io.err(lessText(reviewed, plan, { color: false, width: io.columns() }));
    return undefined;
  }
  return differenceReason(difference, reviewed, plan);
}

/** A plan that could not be compared with the file before may loosen what no review has shown. */
const whyNotCompared = ({ base }: Plan): string | undefined => {
  if (base === undefined) return 'the plan was made without the file before (--base)';
  return 'missing' in base ? `the file before could not be loaded: ${base.missing}` : undefined;
};

/** An apply of this plan would end the time in which an unfinished one is looked at; so this is asked even of an empty plan. */
function whyNotKnown(plan: Plan): string | undefined {
  const unknown = unknownApply(plan);
  return unknown && `the apply of ${unknown.commit.slice(0, 7)} did not finish, and its file can't be used`;
}

const versionText = ({ toolVersion }: Plan): string =>
  toolVersion === undefined ? 'an unknown version of idc' : `idc ${toolVersion}`;
