import { defaultFile } from '../../../core/file-name.ts';
import { listOf } from '../../../core/words.ts';
import { findAppliedCommits, type AppliedCommits, type RunCommit } from '../../../github/applied-commit.ts';
import type { GitHub } from '../../../github/client.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { baseFolder } from '../../../source/fetched-base.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import {
  areSame,
  checkIsNew,
  collectIdentityFiles,
  fileCount,
  identityPath,
  writeFiles,
  type IdentityFiles,
} from './identity-files.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubFetchBaseFlags extends CommonFlags {
  out?: string;
  workflow?: string;
  against?: string;
}

/**
 * Downloads the identity file as it was last applied, with all that it refers to, and beside it the files of later commits whose
 * apply began and did not finish. That there is none is an answer.
 */
export async function gitHubFetchBase(io: Io, flags: GitHubFetchBaseFlags, version: string): Promise<number> {
  const { file = defaultFile, out: folder = '', workflow = '', against } = flags;
  const main = identityPath(file);
  checkIsNew(folder);
  const gitHub = openGitHub(io, version);
  const commits = await findAppliedCommits(gitHub, workflow, main);
  const { branch, begun } = commits;
  const before = await fetchBefore(gitHub, commits, main);
  const later = await fetchBegun(gitHub, main, begun, before);
  const isFound = 'files' in before;
  const hasFolder = isFound || later.size > 0;
  if (hasFolder) {
    const note = {
      branch,
      file: main,
      ...(isFound ? { commit: before.sha } : { missing: before.missing.replace(/\.$/, '') }),
      begun: [...later].map(([commit, one]) => ({ commit, ...('missing' in one && { missing: one.missing }) })),
    };
    writeFiles(folder, baseFolder(note, isFound ? before.files : new Map(), later));
  }
  if (isFound) io.err(`Wrote ${fileCount(before)} of ${before.sha}, which run ${before.runId} applied.\n`);
  else io.err(`No base was found. ${sanitize(before.missing)}\n`);
  for (const [commit, one] of later) io.err(laterText(commit, one));

  // An apply that began may have changed part of what the commit takes back.
  const isChanged = !isFound || begun.length > 0 || (await differs(gitHub, against, main, before));
  if (!isChanged) io.err(`${against} has the same, so there is nothing to apply.\n`);
  const remark = begun.length === 0 ? undefined : begunText(begun);
  writeOutputs(io, {
    base: hasFolder ? folder : undefined,
    'base-sha': isFound ? before.sha : undefined,
    reason: isFound ? undefined : [sanitize(before.missing), ...(remark === undefined ? [] : [remark])].join(' '),
    ...(isFound && remark !== undefined && { remark }),
    ...(against !== undefined && { changed: isChanged }),
  });
  return exitCodes.done;
}

/** Whether a commit says something else; so it is where none is given. */
const differs = async (
  gitHub: GitHub,
  commit: string | undefined,
  main: string,
  before: IdentityFiles,
): Promise<boolean> => commit === undefined || !areSame(before, await collectIdentityFiles(gitHub, commit, main));

/** Why the identity file can't be read, as a sentence. */
interface Missing {
  missing: string;
}

async function fetchBefore(
  gitHub: GitHub,
  { applied }: AppliedCommits,
  main: string,
): Promise<(IdentityFiles & RunCommit) | Missing> {
  if ('reason' in applied) return { missing: applied.reason };
  const found = await fetchFiles(gitHub, applied.sha, main);
  return 'files' in found
    ? { ...found, ...applied }
    : { missing: `The file can't be read in ${applied.sha}, the commit that was applied last: ${found.missing}` };
}

/** By commit: the files of those whose apply began, each text once, and none that is as it was last applied. */
async function fetchBegun(
  gitHub: GitHub,
  main: string,
  begun: readonly RunCommit[],
  before: IdentityFiles | Missing,
): Promise<Map<string, IdentityFiles | Missing>> {
  const later = new Map<string, IdentityFiles | Missing>();
  for (const sha of new Set(begun.map((run) => run.sha))) {
    const found = await fetchFiles(gitHub, sha, main);
    const isKnown = [before, ...later.values()].some(
      (one) => 'files' in one && 'files' in found && areSame(one, found),
    );
    if (!isKnown) later.set(sha, found);
  }
  return later;
}

async function fetchFiles(gitHub: GitHub, commit: string, main: string): Promise<IdentityFiles | Missing> {
  const found = await collectIdentityFiles(gitHub, commit, main);
  const whyAbsent = found.absent.get(main);
  const missing = whyAbsent === undefined ? found.fault?.message : `${main} ${whyAbsent}.`;
  return missing === undefined ? found : { missing };
}

const laterText = (commit: string, found: IdentityFiles | Missing): string =>
  'files' in found
    ? `Wrote ${fileCount(found)} of ${commit} too, whose apply began and did not finish.\n`
    : `The file can't be read in ${commit}, whose apply began and did not finish: ${sanitize(found.missing)}\n`;

/** What a reviewer should know of the runs since then. */
function begunText(begun: readonly RunCommit[]): string {
  const runs = listOf(
    begun.map(({ runId, sha }) => `${runId} (${sha.slice(0, 7)})`),
    3,
  );
  const [noun, files] = begun.length === 1 ? ['Run', 'its file'] : ['Runs', 'their files'];
  return `${noun} ${runs} began to apply later and did not finish. What ${files} asked for may be live: it is removed unless this file asks for it, also where "ignore" hides it by a name.`;
}
