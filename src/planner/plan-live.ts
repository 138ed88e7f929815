import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import type { Warning } from '../core/plan.ts';
import { countOf } from '../core/words.ts';
import { makePlan, type MadePlan } from './plan-with-live.ts';
import type { PlanOptions } from './plan.ts';

/** A plan for people to read, who should know where an apply is under way while it is made: what is live then moves. */
export async function planLive(aws: Aws, loaded: LoadedFile, options: PlanOptions): Promise<MadePlan> {
  const [underWay, made] = await Promise.all([
    aws.unlessDenied(aws.requests.underWay(['creation', 'deletion'])),
    makePlan(aws, loaded, options),
  ]);
  const { plan } = made;
  return { ...made, plan: { ...plan, warnings: [...underWayWarnings(underWay), ...plan.warnings] } };
}

function underWayWarnings(ids: string[] | undefined): Warning[] {
  if (ids?.length === 0) return [];
  const message =
    ids === undefined
      ? 'Whether an apply is under way could not be seen: that needs sso:ListAccountAssignmentCreationStatus and sso:ListAccountAssignmentDeletionStatus.'
      : `${countOf(ids.length, 'request')} for assignments ${ids.length === 1 ? 'is' : 'are'} under way in AWS, perhaps of an apply: this plan was made while what is live was moving. Make it again when that has ended.`;
  return [{ code: 'under-way', message }];
}
