import { ReportedError } from '../../../core/errors.ts';
import { defaultFile, fileName } from '../../../core/file-name.ts';
import { keepDriftIssue } from '../../../github/drift-issue.ts';
import { parsePlan } from '../../../formats/plan.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { code } from '../../../render/markdown/inline.ts';
import { openGitHub } from './session.ts';
import { writeSummary } from './write-summary.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { readText } from '../../../files/read-text.ts';

export interface GitHubDriftFlags extends CommonFlags {
  plan?: string;
  body?: string;
  author?: string;
}

/** Keeps one open issue while the plan has anything to do, or is refused. */
export async function gitHubDrift(io: Io, flags: GitHubDriftFlags, version: string): Promise<number> {
  const { plan: planFile = '', body = '', author = '' } = flags;
  const plan = parsePlan(readText(planFile));
  const file = flags.file === undefined ? plan.file : fileName(flags.file);
  const isPending = plan.steps.length > 0 || plan.violations.length > 0;
  const name = sanitize(file ?? defaultFile);
  const { done, url, remarks } = await keepDriftIssue(openGitHub(io, version), {
    body: isPending ? readText(body) : undefined,
    file,
    title: `Identity Center has drifted from ${name}`,
    farewell: `Identity Center matches ${file === undefined ? name : code(name)} again.`,
    author,
  });
  if (done === 'disabled' && isPending) {
    writeSummary(io, `Issues are disabled in this repository, so no issue shows this drift.\n\n${readText(body)}`);
    throw new ReportedError(
      'issues-disabled',
      'Issues are disabled in this repository, so no issue can show the drift.',
      'Turn on "Issues" in the repository\'s Settings > General > Features. Until then the drift is in the summary of this run.',
    );
  }
  io.err(url === undefined ? 'Nothing is pending, and no issue is open.\n' : `The issue is ${done}: ${url}\n`);
  for (const remark of remarks) io.err(`${sanitize(remark)}\n`);
  return exitCodes.done;
}
