import { answerUnless, asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import { RefusedError } from '../../core/errors.ts';
import { judgeBranch, readBranch, type BranchState } from './branch.ts';
import { defaultFile, fileSuffix } from '../../core/file-name.ts';
import { checkCodeOwners } from './code-owners.ts';
import { openCommit } from './committed-files.ts';
import {
  judgeEnvironment,
  mendEnvironment,
  readEnvironments,
  type Environment,
  type Reviewer,
} from './environments.ts';
import type { Change, Finding, Wishes } from './finding.ts';
import { checkLockFile } from './lock-file.ts';
import { filesOf, judgeOwnWorkflows, openingPullRequests, readOwnWorkflows } from './own-workflows.ts';
import {
  judgePinnedActions,
  mendPinnedActions,
  readActionsPermissions,
  type ActionsPermissions,
} from './pinned-actions.ts';
import { findOwnRuleset, mendBranch } from './ruleset.ts';
import { seeing, unseen, type Seen } from './seen.ts';
import { checkTokenSubject } from './token-subject.ts';
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
  actions: Seen<ActionsPermissions>;
  /** The status checks of the plans of its identity files. */
  planChecks: string[];
  /** The workflows of its templates that open pull requests. */
  opening: string[];
  /** What is not a setting. */
  files: Finding[];
}

/** How the files of the repository are read. */
export interface FileAccess {
  /** The file that a checkout has at a path: what is the same there is not downloaded. */
  checkedOut(path: string): Buffer | undefined;
  /** An identity file and all that it refers to, in a commit. */
  referredTo(gitHub: GitHub, commit: string, file: string): Promise<string[]>;
}

/** Refuses a public repository: its plans, comments and artifacts say who can reach what. */
export async function readProtection(gitHub: GitHub, access: FileAccess): Promise<Protection> {
  const { rest, at, repository } = gitHub;
  const { data } = await asking('the repository', 'metadata: read', rest.repos.get(at));
  if (!data.private) {
    throw new RefusedError(
      `${repository} is public, so anyone can read who has access to what: in the file, in the plans and in the runs.`,
      { hint: 'Make it private (Settings > General > Danger Zone > Change visibility), or use another repository.' },
    );
  }
  const branch = data.default_branch;
  const tip = seeing(answerUnless([404], rest.repos.getBranch({ ...at, branch })));
  const answer = await asking(`the branch ${branch}`, 'contents: read', tip);
  if (answer === undefined) {
    throw new RefusedError(`${repository} has no commit on its default branch ${branch} yet.`, {
      hint: 'Push the files first, the workflows and CODEOWNERS among them.',
    });
  }
  const [environments, rules, workflows, actions, subject, { planChecks, opening, findings }] = await Promise.all([
    readEnvironments(gitHub),
    readBranch(gitHub, branch),
    readWorkflowPermissions(gitHub),
    readActionsPermissions(gitHub),
    checkTokenSubject(gitHub),
    answer === unseen ? unseenFiles : readFiles(gitHub, answer.data.commit.sha, access),
  ]);
  return {
    branch,
    isInternal: data.visibility === 'internal',
    isAdministrator: data.permissions?.admin === true,
    environments,
    rules,
    workflows,
    actions,
    planChecks,
    opening,
    files: [subject, ...findings],
  };
}

/** What the files of the default branch say. */
interface FromFiles {
  planChecks: string[];
  opening: string[];
  findings: Finding[];
}

const unseenFiles: FromFiles = {
  planChecks: ['plan'],
  opening: [],
  findings: [
    {
      check: 'owned-files',
      about: 'files',
      verdict: 'unseen',
      message: "CODEOWNERS, the lock file and the workflows can't be seen with this token",
    },
  ],
};

async function readFiles(gitHub: GitHub, commit: string, { checkedOut, referredTo }: FileAccess): Promise<FromFiles> {
  const files = openCommit(gitHub, commit, checkedOut);
  const workflows = await readOwnWorkflows(files);
  const ofWorkflows = filesOf(workflows);
  const identityFiles = ofWorkflows.length > 0 ? ofWorkflows : [defaultFile];
  const all = await Promise.all(identityFiles.map((file) => referredTo(gitHub, commit, file)));
  return {
    planChecks: identityFiles.map((file) => `plan${fileSuffix(file)}`),
    opening: openingPullRequests(workflows),
    findings: [
      ...(await checkCodeOwners(gitHub, files, all.flat())),
      ...judgeOwnWorkflows(workflows),
      ...(await checkLockFile(files)),
    ],
  };
}

export const judgeProtection = (protection: Protection, wishes: Wishes): Finding[] => [
  ...protection.environments.flatMap((one) => judgeEnvironment(one, protection.branch, wishes, protection.isInternal)),
  ...judgeBranch(protection.rules, protection.branch, { ...wishes, planChecks: protection.planChecks }),
  ...judgeWorkflowPermissions(protection.workflows, { ...wishes, opening: protection.opening }),
  ...judgePinnedActions(protection.actions, wishes),
  ...protection.files,
];

/**
 * The writes that make the settings right, in their order: the one that GitHub's plan may lack is first.
 * @param reviewers whom a team names; undefined keeps those that are there.
 */
export async function mendProtection(
  gitHub: GitHub,
  { environments, branch, rules, workflows, actions, planChecks, opening }: Protection,
  wishes: Wishes,
  reviewers: readonly Reviewer[] | undefined,
): Promise<Change[]> {
  return [
    ...environments.flatMap((one) => mendEnvironment(gitHub, one, branch, reviewers)),
    ...mendBranch(gitHub, rules, await findOwnRuleset(gitHub), { ...wishes, planChecks }),
    ...mendWorkflowPermissions(gitHub, workflows, { ...wishes, opening }),
    ...mendPinnedActions(gitHub, actions, wishes),
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
