import { answerUnless, asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import { RefusedError } from '../../core/errors.ts';
import { judgeBranch, readBranch, type BranchState } from './branch.ts';
import { checkCodeOwners } from './code-owners.ts';
import {
  judgeEnvironment,
  mendEnvironment,
  readEnvironments,
  type Environment,
  type Reviewer,
} from './environments.ts';
import type { Change, Finding, Wishes } from './finding.ts';
import { checkLockFile } from './lock-file.ts';
import { findOwnRuleset, mendBranch } from './ruleset.ts';
import type { Seen } from './seen.ts';
import {
  judgeWorkflowPermissions,
  mendWorkflowPermissions,
  readWorkflowPermissions,
  type WorkflowPermissions,
} from './workflow-permissions.ts';

/** What protects the file of a repository on GitHub, as it is now. */
export interface Protection {
  branch: string;
  isInternal: boolean;
  isAdministrator: boolean;
  environments: Environment[];
  rules: BranchState;
  workflows: Seen<WorkflowPermissions>;
  /** What is not a setting. */
  files: Finding[];
}

/** Refuses a public repository: its plans, comments and artifacts say who can reach what. */
export async function readProtection(gitHub: GitHub): Promise<Protection> {
  const { rest, at, repository } = gitHub;
  const { data } = await asking('the repository', 'metadata: read', rest.repos.get(at));
  if (!data.private) {
    throw new RefusedError(
      `${repository} is public, so anyone can read who has access to what: in the file, in the plans and in the runs.`,
      { hint: 'Make it private (Settings > General > Danger Zone > Change visibility), or use another repository.' },
    );
  }
  const branch = data.default_branch;
  const tip = answerUnless([404], rest.repos.getBranch({ ...at, branch }));
  const commit = (await asking(`the branch ${branch}`, 'contents: read', tip))?.data.commit.sha;
  if (commit === undefined) {
    throw new RefusedError(`${repository} has no commit on its default branch ${branch} yet.`, {
      hint: 'Push the files first, the workflows and CODEOWNERS among them.',
    });
  }
  const [environments, rules, workflows, owners, lock] = await Promise.all([
    readEnvironments(gitHub),
    readBranch(gitHub, branch),
    readWorkflowPermissions(gitHub),
    checkCodeOwners(gitHub),
    checkLockFile(gitHub, commit),
  ]);
  return {
    branch,
    isInternal: data.visibility === 'internal',
    isAdministrator: data.permissions?.admin === true,
    environments,
    rules,
    workflows,
    files: [owners, ...lock],
  };
}

export const judgeProtection = (protection: Protection, wishes: Wishes): Finding[] => [
  ...protection.environments.flatMap((one) => judgeEnvironment(one, protection.branch, wishes, protection.isInternal)),
  ...judgeBranch(protection.rules, protection.branch, wishes),
  ...judgeWorkflowPermissions(protection.workflows, wishes),
  ...protection.files,
];

/**
 * The writes that make the settings right, in their order: the one that GitHub's plan may lack is first.
 * @param reviewers whom a team names; undefined keeps those that are there.
 */
export async function mendProtection(
  gitHub: GitHub,
  { environments, branch, rules, workflows }: Protection,
  wishes: Wishes,
  reviewers: readonly Reviewer[] | undefined,
): Promise<Change[]> {
  return [
    ...environments.flatMap((one) => mendEnvironment(gitHub, one, branch, reviewers)),
    ...mendBranch(gitHub, rules, await findOwnRuleset(gitHub), wishes),
    ...mendWorkflowPermissions(gitHub, workflows, wishes),
  ];
}

/** @param name `mona`, or `octo-org/security` of a team. */
export async function findReviewer({ rest }: GitHub, name: string): Promise<Reviewer> {
  const [org = '', team] = name.replace(/^@/, '').split('/');
  const permission = 'metadata: read';
  if (team !== undefined) {
    const request = rest.teams.getByName({ org, team_slug: team });
    const { data } = await asking(`the team ${name}`, permission, request);
    return { type: 'Team', id: data.id, name: data.slug };
  }
  const answer = await asking(
    `the user ${name}`,
    permission,
    answerUnless([404], rest.users.getByUsername({ username: org })),
  );
  if (answer?.data.type !== 'User') throw new RefusedError(`${name} is not a user of GitHub, or not a person.`);
  return { type: 'User', id: answer.data.id, name: answer.data.login };
}
