import { answerUnless, asking, isPlanLimit } from '../errors.ts';
import type { GitHub } from '../client.ts';
import { isRequestFailure } from '../retry.ts';
import type { Finding, Wanted } from './finding.ts';
import { seeing, unseen, type Seen } from './seen.ts';

/** What one ruleset asks for that applies to the branch, or its classic protection. */
export interface Guard {
  /** Some people or apps may do without it. */
  isBypassed: Seen<boolean>;
  pullRequest: PullRequestRule | undefined;
  /** Contexts of required status checks. */
  checks: string[];
  forbidsForcePush: boolean;
  forbidsDeletion: boolean;
}

interface PullRequestRule {
  approvals: number;
  dismissesStale: boolean;
  lastPush: boolean;
  codeOwners: boolean;
}

export interface BranchState {
  rulesets: Guard[];
  /** Undefined where there is none. */
  classic: Seen<Guard | undefined>;
  /** The owner's plan at GitHub has neither. */
  isPlanLimited: boolean;
}

export async function readBranch(gitHub: GitHub, branch: string): Promise<BranchState> {
  try {
    const [rulesets, classic] = await Promise.all([readRulesets(gitHub, branch), readClassic(gitHub, branch)]);
    return { rulesets, classic, isPlanLimited: false };
  } catch (error) {
    if (!isPlanLimit(error)) throw error;
    return { rulesets: [], classic: undefined, isPlanLimited: true };
  }
}

async function readRulesets(gitHub: GitHub, branch: string): Promise<Guard[]> {
  const { rest, paginate, at } = gitHub;
  const request = rulesOf(paginate(rest.repos.getBranchRules, { ...at, branch, per_page: 100 }));
  const rules = await asking(`the rules of branch ${branch}`, 'metadata: read', request);
  const ids = [...new Set(rules.map(({ ruleset_id: id }) => id))];
  return Promise.all(
    ids.map(async (id) => {
      const own = rules.filter((rule) => rule.ruleset_id === id);
      return { ...guardOf(own), isBypassed: id === undefined ? unseen : await isBypassed(gitHub, id) };
    }),
  );
}

/** A rule as GitHub answers it: the types of its description don't tell the parameters of one rule from another's. */
export interface Rule {
  type: string;
  ruleset_id?: number;
  parameters?: {
    required_approving_review_count?: number;
    dismiss_stale_reviews_on_push?: boolean;
    require_last_push_approval?: boolean;
    require_code_owner_review?: boolean;
    required_review_thread_resolution?: boolean;
    required_status_checks?: { context: string }[];
    strict_required_status_checks_policy?: boolean;
  };
}

const rulesOf = (request: Promise<unknown[]>): Promise<Rule[]> => request as Promise<Rule[]>;

/** What the rules of one ruleset ask for. */
export function guardOf(rules: readonly Rule[]): Omit<Guard, 'isBypassed'> {
  const pullRequest = rules.find(({ type }) => type === 'pull_request');
  const { parameters: asked } = pullRequest ?? {};
  return {
    pullRequest: pullRequest && {
      approvals: asked?.required_approving_review_count ?? 0,
      dismissesStale: asked?.dismiss_stale_reviews_on_push === true,
      lastPush: asked?.require_last_push_approval === true,
      codeOwners: asked?.require_code_owner_review === true,
    },
    checks: rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []).map(({ context }) => context),
    forbidsForcePush: rules.some(({ type }) => type === 'non_fast_forward'),
    forbidsDeletion: rules.some(({ type }) => type === 'deletion'),
  };
}

/** GitHub names the actors only to those who may change the ruleset. */
async function isBypassed({ rest, at }: GitHub, id: number): Promise<Seen<boolean>> {
  const request = rest.repos.getRepoRuleset({ ...at, ruleset_id: id, includes_parents: true });
  const answer = await asking(`ruleset ${id}`, 'metadata: read', seeing(answerUnless([404], request)));
  if (answer === unseen || answer === undefined) return unseen;
  const { bypass_actors: actors } = answer.data;
  return actors === undefined ? unseen : actors.length > 0;
}

async function readClassic({ rest, at }: GitHub, branch: string): Promise<Seen<Guard | undefined>> {
  const request = rest.repos.getBranchProtection({ ...at, branch }).catch((error: unknown) => {
    if (!isRequestFailure(error) || error.status !== 404) throw error;
    // To others than administrators GitHub says "Not Found" of any branch.
    return /not protected/i.test(error.message) ? undefined : unseen;
  });
  const answer = await asking(`the protection of branch ${branch}`, 'administration: read', seeing(request));
  if (answer === unseen || answer === undefined) return answer;
  const { required_pull_request_reviews: reviews, ...data } = answer.data;
  const { users = [], teams = [], apps = [] } = reviews?.bypass_pull_request_allowances ?? {};
  return {
    isBypassed: data.enforce_admins?.enabled !== true || users.length + teams.length + apps.length > 0,
    pullRequest: reviews && {
      approvals: reviews.required_approving_review_count ?? 0,
      dismissesStale: reviews.dismiss_stale_reviews,
      lastPush: reviews.require_last_push_approval === true,
      codeOwners: reviews.require_code_owner_reviews,
    },
    checks: data.required_status_checks?.contexts ?? [],
    forbidsForcePush: data.allow_force_pushes?.enabled !== true,
    forbidsDeletion: data.allow_deletions?.enabled !== true,
  };
}

/** What has to hold of the default branch. */
interface Requirement {
  check: string;
  right: string;
  weaker: string;
  isMet(guard: Guard): boolean;
}

const pullRequests: Requirement = {
  check: 'pull-request',
  right: 'a change needs a pull request with an approval',
  weaker: 'a change needs no pull request with an approval',
  isMet: ({ pullRequest }) => (pullRequest?.approvals ?? 0) > 0,
};

const requirements = ({ requiresPlan, planChecks }: Wanted): Requirement[] => [
  pullRequests,
  {
    check: 'stale-approvals',
    right: 'a push dismisses the approvals before it',
    weaker: 'a push keeps the approvals before it',
    isMet: ({ pullRequest }) => pullRequest?.dismissesStale === true,
  },
  {
    check: 'last-push',
    right: 'the last push needs the approval of another person',
    weaker: 'the person who pushed last can approve',
    isMet: ({ pullRequest }) => pullRequest?.lastPush === true,
  },
  {
    check: 'code-owner-review',
    right: 'files with owners need the approval of one',
    weaker: 'files with owners need no approval of an owner',
    isMet: ({ pullRequest }) => pullRequest?.codeOwners === true,
  },
  ...(requiresPlan ? planChecks : []).map((name) => ({
    check: 'required-plan',
    right: `the status check ${name} is required`,
    weaker: `the status check ${name} is not required`,
    isMet: ({ checks }: Guard) => checks.includes(name),
  })),
  {
    check: 'force-push',
    right: 'it cannot be force-pushed',
    weaker: 'it can be force-pushed',
    isMet: ({ forbidsForcePush }) => forbidsForcePush,
  },
  {
    check: 'deletion',
    right: 'it cannot be deleted',
    weaker: 'it can be deleted',
    isMet: ({ forbidsDeletion }) => forbidsDeletion,
  },
];

const fix = 'run `idc github setup`';

export function judgeBranch(state: BranchState, branch: string, wishes: Wanted): Finding[] {
  const about = `branch ${branch}`;
  const { rulesets, classic, isPlanLimited } = state;
  if (isPlanLimited) {
    const message =
      'the GitHub plan has no rules for branches of a private repository, so anyone who can write can push';
    return [{ check: 'rulesets', about, verdict: 'weaker', message, fix: 'change to GitHub Team, Pro or Enterprise' }];
  }
  const guards = [...rulesets, ...(classic === unseen || classic === undefined ? [] : [classic])];
  const findings = requirements(wishes).map(({ check, right, weaker, isMet }): Finding => {
    if (guards.some(isMet)) return { check, about, verdict: 'right', message: right };
    if (classic !== unseen) return { check, about, verdict: 'weaker', message: weaker, fix };
    const message = `${weaker} by any ruleset, and classic branch protection can't be seen with this token`;
    return { check, about, verdict: 'unseen', message };
  });
  const reviewed = guards.filter(pullRequests.isMet).map(({ isBypassed }) => isBypassed);
  if (reviewed.length === 0) return findings;
  const check = 'bypass';
  if (reviewed.includes(false)) {
    findings.push({ check, about, verdict: 'right', message: 'no one can bypass the pull request' });
  } else if (reviewed.includes(unseen)) {
    const message = "who can bypass the pull request can't be seen with this token";
    findings.push({ check, about, verdict: 'unseen', message });
  } else {
    findings.push({ check, about, verdict: 'weaker', message: 'some can bypass the pull request', fix });
  }
  return findings;
}

/** Whether the rulesets alone, which a job's token can read, ask for everything, of everybody as far as that can be seen. */
export function isGuarded({ rulesets }: BranchState, wishes: Wanted): boolean {
  const strict = rulesets.filter(({ isBypassed }) => isBypassed !== true);
  return requirements(wishes).every(({ isMet }) => strict.some(isMet));
}
