import { answerUnless, asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import type { Finding } from './finding.ts';
import { seeing, unseen } from './seen.ts';

/** GitHub ignores a line of CODEOWNERS with an error, so its files have no owner. */
export async function checkCodeOwners({ rest, at }: GitHub): Promise<Finding> {
  const about = 'CODEOWNERS';
  const check = 'code-owners';
  const request = seeing(answerUnless([404], rest.repos.codeownersErrors(at)));
  const answer = await asking('the errors of CODEOWNERS', 'contents: read', request);
  if (answer === unseen) {
    return { check, about, verdict: 'unseen', message: "its errors can't be seen with this token" };
  }
  if (answer === undefined) {
    const fix = 'add .github/CODEOWNERS, as docs/pull-requests.md says';
    return { check, about, verdict: 'weaker', message: 'the default branch has no CODEOWNERS file', fix };
  }
  const { errors } = answer.data;
  if (errors.length === 0) return { check, about, verdict: 'right', message: 'GitHub finds no error in it' };
  const lines = errors.map(({ path, line, kind }) => `${path}:${line} (${kind})`);
  const more = lines.length > 3 ? ` and ${lines.length - 3} more` : '';
  const message = `GitHub ignores ${lines.slice(0, 3).join(', ')}${more}`;
  return { check, about, verdict: 'weaker', message, fix: 'correct these lines' };
}
