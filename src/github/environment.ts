import type { GitHub } from './client.ts';
import { asking, unlessMissing } from './errors.ts';

/** Whom a job waits for that names the environment. */
export interface Approvers {
  /** People and teams, of whom one is enough. */
  count: number;
  /** Whoever started the run may approve it as well. */
  mayApproveOwn: boolean;
}

/** Undefined where there is no such environment. */
export async function findApprovers({ rest, at }: GitHub, name: string): Promise<Approvers | undefined> {
  const request = rest.repos.getEnvironment({ ...at, environment_name: name });
  const answer = await asking(`the environment ${name}`, 'actions: read', unlessMissing(request));
  if (answer === undefined) return undefined;
  const rules = (answer.data.protection_rules ?? []).flatMap((rule) =>
    rule.type === 'required_reviewers' && 'reviewers' in rule ? [rule] : [],
  );
  return {
    count: rules.reduce((sum, { reviewers }) => sum + (reviewers?.length ?? 0), 0),
    mayApproveOwn: !rules.some((rule) => rule.prevent_self_review === true),
  };
}
