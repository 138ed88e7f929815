import { createHash } from 'node:crypto';

// The little of GitHub that the stand-in remembers: one repository with its commits, pull requests, reviews, issues, runs,
// artifacts and environments. Time is counted, not taken: every event is a minute after the one before it.

export type Entry = string | Uint8Array | { link: string } | { submodule: string };
/** What a commit holds, by path. */
export type Tree = Readonly<Record<string, Entry>>;

export interface Account {
  login: string;
  type: 'User' | 'Bot';
  /** Where it is not the one that follows from the name: the account has been renamed. */
  id?: number;
}

export interface Commit {
  sha: string;
  parents: string[];
  tree: Tree;
  /** Null where the e-mail address is of no account. */
  author: Account | null;
  committer: Account | null;
  message: string;
}

/** By whom a commit came to be on a branch: by the pusher alone, where it says nothing else. */
export interface Hands {
  /** Null where the account is gone. */
  pusher?: Account | null;
  author?: Account | null;
  committer?: Account | null;
  message?: string;
}

/** A move of a branch. */
export interface Activity {
  id: number;
  /** `owner/repo`. */
  repository: string;
  branch: string;
  before: string;
  after: string;
  type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge';
  actor: Account | null;
  at: string;
}

/** What an account may do in the repository. */
export interface Role {
  name: string;
  permission: 'admin' | 'write' | 'read' | 'none';
  /** Of the account that has the login by now, where that is another one. */
  id?: number;
}

/** A rule of a ruleset, by its type and what it asks for. */
export interface Rule {
  type: string;
  parameters?: Readonly<Record<string, unknown>>;
}

export interface Pull {
  number: number;
  title: string;
  author: Account;
  /** `owner/repo` of the head; null where that is gone. */
  headRepository: string | null;
  branch: string;
  headSha: string;
  baseRef: string;
  /** All of its commits, oldest first. */
  commits: string[];
  /** Oldest first. */
  reviews: Review[];
  /** The commit that it became. */
  mergedAs?: string;
  mergedAt?: string;
  closed?: boolean;
  /** Its conversation: nobody but those who can write comments, and no app. */
  locked?: boolean;
  /** Logins of those who are asked for a review. */
  asked?: string[];
  /** How often its mergeability is still to be answered with null. */
  unsettled: number;
  /** How often the merge of an earlier push is still to be answered as if it were the present one. */
  stale: number;
  /** The test merge, of which base and head. */
  test?: { of: string; sha: string | null };
}

export interface Review {
  id: number;
  /** Null where the account is gone. */
  author: Account | null;
  /** A review that is dismissed keeps its time, and gets another state. */
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  /** Null where the commit is gone. */
  commitId: string | null;
  association: string;
  submittedAt: string;
}

export interface Comment {
  id: number;
  author: Account;
  body: string;
  createdAt: string;
  updatedAt: string;
}

export interface Issue {
  number: number;
  title: string;
  author: Account;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: string | null;
  createdAt: string;
  comments: Comment[];
  isPull: boolean;
}

export interface Run {
  id: number;
  event: string;
  path: string;
  conclusion: string | null;
  /** `owner/repo`. */
  repository: string;
  headRepository: string | null;
  /** Of a branch or of a tag. */
  headBranch: string;
  headSha: string;
  createdAt: string;
  /** Who started it. */
  actor: Account;
  attempt: number;
  /** Who started this attempt. */
  triggeringActor: Account;
  /** Of all attempts. */
  jobs: Job[];
}

export interface Job {
  name: string;
  /** Null where it has not ended. */
  conclusion: Conclusion | null;
  attempt: number;
  /** Where it is not said, just after the newest artifact of its run. */
  completedAt?: string;
  /** Where it is not said, of a job that began: the one that applies, which ended as the job did. */
  steps?: JobStep[];
}

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface JobStep {
  name: string;
  conclusion: Conclusion;
}

/** A run of a workflow that was asked for. */
export interface Dispatch {
  file: string;
  ref: string;
  inputs: Readonly<Record<string, string>>;
  actor: Account;
}

/** A workflow, by the name of its file. */
export interface Workflow {
  file: string;
  state: 'active' | 'disabled_manually' | 'disabled_inactivity';
  createdAt: string;
}

export interface Artifact {
  id: number;
  name: string;
  runId: number | null;
  createdAt: string;
  expired: boolean;
}

export interface Environment {
  name: string;
  /** Undefined where there is no rule that asks for any. */
  reviewers?: Reviewer[];
  preventSelfReview: boolean;
  /** Minutes. */
  waitTimer: number;
  /** Undefined where GitHub does not say. */
  adminsBypass?: boolean;
  /** From where it may be used: undefined is anywhere. */
  branches?: 'protected' | BranchPolicy[];
}

/** By what it is, where it does not matter who. */
export type Reviewer = 'User' | 'Team' | { type: 'User' | 'Team'; name: string };

export interface BranchPolicy {
  id: number;
  name: string;
  type: 'branch' | 'tag';
}

/** A ruleset of the repository, or of its organization. */
export interface Ruleset {
  id: number;
  name: string;
  enforcement: 'active' | 'disabled';
  /** Names of branches as GitHub takes them: `~DEFAULT_BRANCH`, `refs/heads/main`. */
  include: string[];
  exclude: string[];
  rules: Rule[];
  bypass: Readonly<Record<string, unknown>>[];
}

export const actionsBot: Account = { login: 'github-actions[bot]', type: 'Bot' };
export const octocat: Account = { login: 'octocat', type: 'User' };
/** Who reviews. */
export const mona: Account = { login: 'mona', type: 'User' };
/** GitHub itself, as the committer of what is done in the browser. */
export const webFlow: Account = { login: 'web-flow', type: 'User' };

/** GitHub's account instead of one that was deleted. */
export const ghost: Account = { login: 'ghost', type: 'User', id: 10_137 };

/** A ruleset's rule that pull requests are to be approved. */
export const approvalRule = ({ lastPush, codeOwners = false }: { lastPush: boolean; codeOwners?: boolean }): Rule => ({
  type: 'pull_request',
  parameters: {
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: codeOwners,
    require_last_push_approval: lastPush,
    required_approving_review_count: 1,
    required_review_thread_resolution: false,
  },
});

/** Where a branch was before it was made, and is after it is deleted. */
const nowhere = '0'.repeat(40);

export interface World {
  owner: string;
  repo: string;
  /** `owner/repo`. */
  repository: string;
  defaultBranch: string;
  commits: Map<string, Commit>;
  branches: Map<string, string>;
  /** What has been made for a commit to come, by its hash. */
  blobs: Map<string, Uint8Array>;
  trees: Map<string, Tree>;
  pulls: Map<number, Pull>;
  issues: Map<number, Issue>;
  runs: Map<number, Run>;
  artifacts: Map<number, Artifact>;
  environments: Map<string, Environment>;
  /** By commit and context, as in `SHA plan`. */
  statuses: Map<string, string>;
  /** Who approved or rejected a run in an environment, by the run. Whoever bypasses the rules is not among them. */
  runApprovals: Map<number, { environment: string; by: Account; state?: 'approved' | 'rejected' }[]>;
  /** Of workflows, that wait to be run; oldest first. */
  dispatches: Dispatch[];
  /** Oldest first. */
  activities: Activity[];
  /** How the activity of a deleted branch is answered where it is asked for by its name. */
  activityOfDeleted: 'kept' | 'empty' | 'unknown';
  /** By login. Who is not among them may read, as in a public repository. */
  roles: Map<string, Role>;
  /** Of a ruleset that is made by hand, by branch. */
  rules: Map<string, Rule[]>;
  rulesets: Map<number, Ruleset>;
  /** Classic protection, by branch. */
  classic: Map<string, Readonly<Record<string, unknown>>>;
  visibility: 'public' | 'private' | 'internal';
  /** The owner's plan at GitHub. */
  plan: 'free' | 'team' | 'enterprise';
  /** Of the organization, by the name in their address. */
  teams: Set<string>;
  workflowPermissions: { byDefault: 'read' | 'write'; approves: boolean };
  /** Every action has to be named by a commit. */
  pinsActions: boolean;
  /** Undefined: GitHub's own form. */
  subjectClaims: string[] | undefined;
  /** Lines of CODEOWNERS that GitHub ignores. */
  codeOwnersErrors: number[];
  workflows: Map<string, Workflow>;
  /** Whether the repository has issues at all; pull requests are commented all the same. */
  hasIssues: boolean;
  /** How many entries of a tree are answered at most. */
  longestTree: number;
  /** The time of the next event. */
  tick(): string;
  newId(): number;
  commit(tree: Tree, parents?: string[], by?: Hands): string;
  /** A commit on a branch: its tree with these files changed, or gone where they are undefined. */
  push(branch: string, change: Readonly<Record<string, Entry | undefined>>): string;
  /** Opened from a branch that is made for it, by its author unless another person pushed. */
  openPull(change: Readonly<Record<string, Entry | undefined>>, rest?: Partial<Pull>, by?: Hands): Pull;
  /** Opened from a branch that is there. */
  openFrom(branch: string, pull: Pick<Pull, 'title' | 'author'> & { body: string }): Pull;
  /** A move of a branch, and of the open pull request that it is of. */
  moveTo(branch: string, sha: string, actor: Account): void;
  /** A further commit on a pull request, by its author unless another person pushed. */
  pushTo(pull: Pull, change: Readonly<Record<string, Entry | undefined>>, by?: Hands): string;
  /** A move of a pull request's branch, from where it is to its head unless it says otherwise. */
  addActivity(pull: Pull, activity: Partial<Activity>): void;
  deleteBranch(pull: Pull): void;
  /** A member's approval of its last commit, unless it says otherwise. */
  addReview(pull: Pull, review?: Partial<Review>): Review;
  /** The test merge of a pull request, made when it is asked for; null where it conflicts. */
  testMerge(pull: Pull): string | null;
  /** The commit on the default branch that the pull request becomes. */
  merge(pull: Pull, method?: 'merge' | 'squash' | 'rebase'): string;
  addIssue(issue: Partial<Issue>): Issue;
  addComment(issue: number, comment: Partial<Comment>): Comment;
  /** A successful run of plan.yml on a pull request, unless it says otherwise. */
  addRun(run?: Partial<Run>): Run;
  /** One that is enabled, unless it says otherwise. */
  addWorkflow(workflow: Partial<Workflow> & { file: string }): Workflow;
  addArtifact(artifact: Partial<Artifact> & { name: string }): Artifact;
  /** One that waits for a person, unless it says otherwise. */
  addEnvironment(environment: Partial<Environment> & { name: string }): Environment;
}

export interface WorldOptions {
  owner?: string;
  repo?: string;
  defaultBranch?: string;
  /** What the default branch holds. */
  files?: Tree;
}

export function createWorld(options: WorldOptions = {}): World {
  const { owner = 'octo-org', repo = 'access', defaultBranch = 'main', files = {} } = options;
  const repository = `${owner}/${repo}`;
  let minutes = 0;
  let id = 1000;
  let number = 0;

  const world: World = {
    owner,
    repo,
    repository,
    defaultBranch,
    commits: new Map(),
    branches: new Map(),
    blobs: new Map(),
    trees: new Map(),
    pulls: new Map(),
    issues: new Map(),
    runs: new Map(),
    artifacts: new Map(),
    environments: new Map(),
    statuses: new Map(),
    runApprovals: new Map(),
    dispatches: [],
    activities: [],
    activityOfDeleted: 'kept',
    roles: new Map([
      [octocat.login, { name: 'write', permission: 'write' }],
      [mona.login, { name: 'write', permission: 'write' }],
    ]),
    rules: new Map(),
    rulesets: new Map(),
    classic: new Map(),
    visibility: 'private',
    plan: 'enterprise',
    teams: new Set(['security']),
    workflowPermissions: { byDefault: 'write', approves: false },
    pinsActions: false,
    subjectClaims: undefined,
    codeOwnersErrors: [],
    workflows: new Map(),
    hasIssues: true,
    longestTree: 100_000,
    tick: () => new Date(Date.UTC(2026, 0, 1) + (minutes += 1) * 60_000).toISOString().replace('.000', ''),
    newId: () => (id += 1),
    commit(tree, parents = [], { pusher = octocat, author = pusher, committer = pusher, message = 'A change' } = {}) {
      const sha = createHash('sha1').update(String(world.newId())).digest('hex');
      world.commits.set(sha, { sha, parents, tree, author, committer, message });
      return sha;
    },
    push(branch, change) {
      const tip = tipOf(branch);
      const sha = world.commit(changed(treeOf(tip), change), [tip]);
      moveBranch(branch, sha, { type: 'push', actor: octocat });
      return sha;
    },
    openPull(change, rest = {}, by = {}) {
      const tip = tipOf(defaultBranch);
      const { author = octocat } = rest;
      const issue = world.addIssue({ title: rest.title ?? 'A change', author, isPull: true });
      const headSha = world.commit(changed(treeOf(tip), change), [tip], { pusher: author, ...by });
      const pull: Pull = {
        number: issue.number,
        title: issue.title,
        author: octocat,
        headRepository: repository,
        branch: `change-${issue.number}`,
        headSha,
        baseRef: defaultBranch,
        commits: [headSha],
        reviews: [],
        unsettled: 0,
        stale: 0,
        ...rest,
      };
      world.pulls.set(pull.number, pull);
      const { pusher = author } = by;
      world.addActivity(pull, { type: 'branch_creation', before: nowhere, actor: pusher });
      return pull;
    },
    openFrom(branch, { title, author, body }) {
      const headSha = tipOf(branch);
      const { number } = world.addIssue({ title, author, body, isPull: true });
      const pull: Pull = {
        number,
        title,
        author,
        headRepository: repository,
        branch,
        headSha,
        baseRef: defaultBranch,
        commits: commitsOf(headSha),
        reviews: [],
        unsettled: 0,
        stale: 0,
      };
      world.pulls.set(number, pull);
      return pull;
    },
    moveTo(branch, sha, actor) {
      moveBranch(branch, sha, { type: world.branches.has(branch) ? 'push' : 'branch_creation', actor });
      const pull = [...world.pulls.values()].find((one) => one.branch === branch && !one.closed);
      if (pull) Object.assign(pull, { headSha: sha, commits: commitsOf(sha) });
    },
    pushTo(pull, change, by = {}) {
      const { headSha: before, author } = pull;
      const { pusher = author } = by;
      pull.headSha = world.commit(changed(treeOf(before), change), [before], { ...by, pusher });
      if (world.branches.has(pull.branch)) world.branches.set(pull.branch, pull.headSha);
      pull.commits.push(pull.headSha);
      world.addActivity(pull, { before, actor: pusher });
      return pull.headSha;
    },
    addActivity({ headRepository, branch, headSha, author }, rest) {
      if (headRepository === null) return;
      world.activities.push({
        id: world.newId(),
        repository: headRepository,
        branch,
        before: headSha,
        after: headSha,
        type: 'push',
        actor: author,
        at: world.tick(),
        ...rest,
      });
    },
    deleteBranch(pull) {
      world.branches.delete(pull.branch);
      world.addActivity(pull, { type: 'branch_deletion', after: nowhere });
    },
    addReview(pull, rest = {}) {
      const review: Review = {
        id: world.newId(),
        author: mona,
        state: 'APPROVED',
        commitId: pull.headSha,
        association: 'MEMBER',
        submittedAt: world.tick(),
        ...rest,
      };
      pull.reviews.push(review);
      return review;
    },
    testMerge(pull) {
      const base = tipOf(pull.baseRef);
      const of = `${base} ${pull.headSha}`;
      if (pull.test?.of === of) return pull.test.sha;
      const [first = ''] = pull.commits;
      const [begin = ''] = world.commits.get(first)?.parents ?? [];
      const fork = ancestorsOf(pull.headSha).has(base) ? base : begin;
      const tree = mergeTrees(treeOf(fork), treeOf(base), treeOf(pull.headSha));
      const sha = tree === undefined ? null : world.commit(tree, [base, pull.headSha]);
      pull.test = { of, sha };
      return sha;
    },
    merge(pull, method = 'merge') {
      const base = tipOf(pull.baseRef);
      const test = world.testMerge(pull);
      if (test === null) throw new Error(`#${pull.number} conflicts`);
      const tree = treeOf(test);
      if (method === 'merge') pull.mergedAs = world.commit(tree, [base, pull.headSha]);
      else if (method === 'squash') pull.mergedAs = world.commit(tree, [base]);
      else pull.mergedAs = pull.commits.reduce((parent) => world.commit(tree, [parent]), base);
      pull.mergedAt = world.tick();
      pull.closed = true;
      const issue = world.issues.get(pull.number);
      if (issue) issue.state = 'closed';
      moveBranch(pull.baseRef, pull.mergedAs, { type: 'pr_merge', actor: mona });
      return pull.mergedAs;
    },
    addIssue(rest) {
      number += 1;
      const issue: Issue = {
        number,
        title: 'Something',
        author: octocat,
        body: null,
        state: 'open',
        stateReason: null,
        createdAt: world.tick(),
        comments: [],
        isPull: false,
        ...rest,
      };
      world.issues.set(number, issue);
      return issue;
    },
    addComment(issue, rest) {
      const now = world.tick();
      const comment = { id: world.newId(), author: octocat, body: 'Me too', createdAt: now, updatedAt: now, ...rest };
      world.issues.get(issue)?.comments.push(comment);
      return comment;
    },
    addRun(rest = {}) {
      const run: Run = {
        id: world.newId(),
        event: 'pull_request_target',
        path: '.github/workflows/plan.yml',
        conclusion: 'success',
        repository,
        headRepository: repository,
        headBranch: defaultBranch,
        headSha: tipOf(defaultBranch),
        createdAt: world.tick(),
        actor: octocat,
        attempt: 1,
        triggeringActor: rest.actor ?? octocat,
        jobs: [],
        ...rest,
      };
      world.runs.set(run.id, run);
      return run;
    },
    addWorkflow(rest) {
      const workflow: Workflow = { state: 'active', createdAt: world.tick(), ...rest };
      world.workflows.set(workflow.file, workflow);
      return workflow;
    },
    addArtifact(rest) {
      const artifact = { id: world.newId(), runId: null, createdAt: world.tick(), expired: false, ...rest };
      world.artifacts.set(artifact.id, artifact);
      return artifact;
    },
    addEnvironment(rest) {
      const environment: Environment = { reviewers: ['User'], preventSelfReview: true, waitTimer: 0, ...rest };
      world.environments.set(environment.name, environment);
      return environment;
    },
  };

  const tipOf = (branch: string): string => world.branches.get(branch) ?? '';
  const treeOf = (sha: string): Tree => world.commits.get(sha)?.tree ?? {};
  const ancestorsOf = (sha: string): Set<string> => {
    const found = new Set([sha]);
    for (const one of found) for (const parent of world.commits.get(one)?.parents ?? []) found.add(parent);
    return found;
  };
  /** Those that the default branch has not, oldest first. */
  const commitsOf = (sha: string): string[] => {
    const known = ancestorsOf(tipOf(defaultBranch));
    return [...ancestorsOf(sha)].filter((one) => !known.has(one)).toReversed();
  };
  const moveBranch = (branch: string, after: string, how: Pick<Activity, 'type' | 'actor'>): void => {
    const before = world.branches.get(branch) ?? nowhere;
    world.branches.set(branch, after);
    world.activities.push({ id: world.newId(), repository, branch, before, after, at: world.tick(), ...how });
  };
  moveBranch(defaultBranch, world.commit(files), { type: 'branch_creation', actor: octocat });
  return world;
}

function changed(tree: Tree, change: Readonly<Record<string, Entry | undefined>>): Tree {
  const entries = Object.entries({ ...tree, ...change });
  return Object.fromEntries(entries.filter((entry): entry is [string, Entry] => entry[1] !== undefined));
}

/** What both sides changed, file by file; undefined where both changed the same one differently. */
function mergeTrees(origin: Tree, ours: Tree, theirs: Tree): Tree | undefined {
  const same = (a: Entry | undefined, b: Entry | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
  const change: Record<string, Entry | undefined> = {};
  for (const path of new Set([...Object.keys(origin), ...Object.keys(theirs)])) {
    if (same(origin[path], theirs[path])) continue;
    if (!same(origin[path], ours[path]) && !same(ours[path], theirs[path])) return undefined;
    change[path] = theirs[path];
  }
  return changed(ours, change);
}
