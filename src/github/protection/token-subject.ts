import { answerUnless, asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import type { Finding } from './finding.ts';
import { seeing, unseen } from './seen.ts';

/** What GitHub's own form of the subject is made of. */
const byDefault = ['repo', 'context'];

/** Whether the tokens of jobs have the subject that the trust policies of `idc iam-policy` ask for. */
export async function checkTokenSubject({ rest, at }: GitHub): Promise<Finding> {
  const [check, about] = ['token-subject', 'OIDC tokens'];
  const request = seeing(answerUnless([404], rest.actions.getCustomOidcSubClaimForRepo(at)));
  const answer = await asking('the form of the subject of tokens', 'actions: read', request);
  if (answer === unseen || answer === undefined) {
    return { check, about, verdict: 'unseen', message: "the form of their subject can't be seen with this token" };
  }
  const { use_default: isDefault, include_claim_keys: keys } = answer.data;
  if (isDefault || (keys !== undefined && keys.join() === byDefault.join())) {
    return { check, about, verdict: 'right', message: 'their subject names the repository and the environment' };
  }
  if (keys === undefined || keys.length === 0) {
    const message = "their subject has the organization's own form, which can't be seen with this token";
    return { check, about, verdict: 'unseen', message };
  }
  return {
    check,
    about,
    verdict: 'weaker',
    message: `their subject is made of ${keys.join(', ')}, so it is not the one that the roles trust`,
    fix: 'gh api -X PUT repos/{owner}/{repo}/actions/oidc/customization/sub -F use_default=true',
  };
}
