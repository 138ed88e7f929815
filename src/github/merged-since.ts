import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';
import { artifactName } from './reviewed-plan.ts';

/** How many commits and pull requests are looked at, newest first. */
const mostPages = 3;
const mostPulls = 20;

/** A pull request as a list has it. */
export type MergedPull = RestEndpointMethodTypes['pulls']['list']['response']['data'][number];

/**
 * The pull requests that were merged into the branch behind one commit and up to another, as far as GitHub is asked.
 * @param since empty where it is not known, and of zeros where the branch has just been made.
 */
export async function findMergedSince(
  gitHub: GitHub,
  { since, commit, branch }: { since: string; commit: string; branch: string },
): Promise<MergedPull[]> {
  const { rest, at } = gitHub;
  const commits = await listCommits(gitHub, since, commit);
  if (commits.size === 0) return [];
  const request = rest.pulls.list({
    ...at,
    state: 'closed',
    base: branch,
    sort: 'updated',
    direction: 'desc',
    per_page: 100,
  });
  const { data: pulls } = await asking('the closed pull requests', 'pull-requests: read', request);
  return pulls.filter(({ merged_at: time, merge_commit_sha: sha }) => time !== null && sha && commits.has(sha));
}

/**
 * Those of them whose plan of this file was made: a merge queue merges several in one push, and an apply makes up for earlier merges whose
 * apply failed or never began.
 */
export async function planned(gitHub: GitHub, merged: readonly MergedPull[], file: string): Promise<number[]> {
  const { rest, paginate, at } = gitHub;
  const numbers: number[] = [];
  for (const { number, head } of merged.slice(0, mostPulls)) {
    const name = artifactName(number, head.sha, file);
    const artifacts = paginate(rest.actions.listArtifactsForRepo, { ...at, name, per_page: 100 });
    const found = await asking(`the artifacts called ${name}`, 'actions: read', artifacts);
    if (found.length > 0) numbers.push(number);
  }
  return numbers;
}

async function listCommits({ rest, at }: GitHub, since: string, commit: string): Promise<Set<string>> {
  const shas = new Set<string>();
  if (since === '') return shas;
  for (let page = 1; page <= mostPages; page += 1) {
    const basehead = `${since}...${commit}`;
    const request = rest.repos.compareCommitsWithBasehead({ ...at, basehead, per_page: 100, page });
    // A commit that a force push has replaced may be gone.
    const answer = await asking(`the commits of ${basehead}`, 'contents: read', answerUnless([404], request));
    const { commits = [], total_commits: total = 0 } = answer?.data ?? {};
    for (const { sha } of commits) shas.add(sha);
    if (shas.size >= total || commits.length === 0) return shas;
  }
  return shas;
}
