import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';

/**
 * Whether a ruleset of the branch has "Require approval of the most recent reviewable push". Undefined where none asks for a
 * pull request, or GitHub's plan has no rulesets: classic branch protection may then ask for the same, which only the token
 * of an administrator can read.
 */
export async function requiresLastPushApproval(
  { rest, paginate, at }: GitHub,
  branch: string,
): Promise<boolean | undefined> {
  const request = paginate(rest.repos.getBranchRules, { ...at, branch, per_page: 100 });
  const rules = await asking(`the rules of branch ${branch}`, 'metadata: read', answerUnless([403, 404], request));
  const reviews = (rules ?? []).flatMap((rule) => (rule.type === 'pull_request' ? [rule.parameters] : []));
  // Of several rulesets the strictest holds.
  return reviews.length === 0 ? undefined : reviews.some((review) => review?.require_last_push_approval === true);
}
