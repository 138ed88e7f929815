import { expect, onTestFinished } from 'vitest';
import { startGitHubServer, type GitHubStandIn } from './server.ts';
import type { WorldOptions } from './world.ts';

export type { Fault, GitHubStandIn, Logged } from './server.ts';
export { actionsBot, ghost, approvalRule, mona, octocat, webFlow } from './world.ts';
export type {
  Account,
  Artifact,
  Entry,
  Hands,
  Job,
  JobStep,
  Pull,
  Review,
  Run,
  Tree,
  Workflow,
  World,
} from './world.ts';

/**
 * A GitHub for the length of one test, which fails where a request or an answer could not be GitHub's. It lives in the
 * process of the test, so a CLI that is to talk to it is spawned without waiting for it in that process (no `spawnSync`).
 */
export async function startGitHub(options?: WorldOptions): Promise<GitHubStandIn> {
  const standIn = await startGitHubServer(options);
  onTestFinished(async () => {
    await standIn.close();
    expect(standIn.mismatches).toEqual([]);
  });
  return standIn;
}
