import { answerUnless, asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import { listOf } from '../../core/words.ts';
import type { CommittedFiles } from './committed-files.ts';
import type { Finding } from './finding.ts';
import { ownersOf } from './owned-by.ts';
import { seeing, unseen } from './seen.ts';

const about = 'CODEOWNERS';

/** GitHub reads the first of these that is there. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** What npm obeys in the workflows, and a workflow that is not there yet. */
const ofCode = ['package.json', 'package-lock.json', '.npmrc', '.github/workflows/new.yml'];

/**
 * Whether GitHub takes every line of it, and whether what decides which code runs and who may do what has an owner.
 * @param identityFiles each identity file, with all that it refers to.
 */
export async function checkCodeOwners(
  { rest, at }: GitHub,
  files: CommittedFiles,
  identityFiles: readonly string[],
): Promise<Finding[]> {
  const request = seeing(answerUnless([404], rest.repos.codeownersErrors(at)));
  const answer = await asking('the errors of CODEOWNERS', 'contents: read', request);
  if (answer === unseen) {
    return [{ check: 'code-owners', about, verdict: 'unseen', message: "its errors can't be seen with this token" }];
  }
  if (answer === undefined) {
    const fix = 'add .github/CODEOWNERS, as docs/pull-requests.md says';
    const message = 'the default branch has no CODEOWNERS file';
    return [{ check: 'code-owners', about, verdict: 'weaker', message, fix }];
  }
  const { errors } = answer.data;
  const lines = new Set(errors.map(({ line }) => line));
  const needed = [...ofCode, ...(await files.below('.github')), ...identityFiles];
  return [judgeErrors(errors), judgeOwners(await readFirst(files), lines, needed)];
}

async function readFirst(files: CommittedFiles): Promise<string> {
  for (const place of places) {
    const text = await files.read(place);
    if (text !== undefined) return text;
  }
  return '';
}

/** GitHub ignores a line with an error, so its files have no owner. */
function judgeErrors(errors: readonly { path: string; line: number; kind: string }[]): Finding {
  const check = 'code-owners';
  if (errors.length === 0) return { check, about, verdict: 'right', message: 'GitHub finds no error in it' };
  const lines = errors.map(({ path, line, kind }) => `${path}:${line} (${kind})`);
  const message = `GitHub ignores ${listOf(lines, 3)}`;
  return { check, about, verdict: 'weaker', message, fix: 'correct these lines' };
}

function judgeOwners(text: string, ignored: ReadonlySet<number>, needed: readonly string[]): Finding {
  const check = 'owned-files';
  const ownedBy = ownersOf(text, ignored);
  const without = [...new Set(needed)].filter((path) => ownedBy(path).length === 0);
  if (without.length === 0) {
    const message = 'the workflows, what npm obeys, and the identity file with all that it refers to have owners';
    return { check, about, verdict: 'right', message };
  }
  const message = `the last line that matches names no owner for ${listOf(without, 5)}`;
  return { check, about, verdict: 'weaker', message, fix: 'add a line with an owner at the end of CODEOWNERS' };
}
