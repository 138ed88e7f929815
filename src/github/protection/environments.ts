import { answerUnless, asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import type { Change, Finding, Wishes } from './finding.ts';
import { seeing, unseen, type Seen } from './seen.ts';

/** The environments that the workflows name. The first one is where a merge waits for an approval. */
export const approval = 'identity-center-approve';
export const environmentNames = [approval, 'identity-center-plan', 'identity-center-apply'] as const;

export interface Reviewer {
  type: 'User' | 'Team';
  id: number;
  /** Login, or the team's name in its address. */
  name: string;
}

interface BranchPolicy {
  id: number;
  name: string;
  type: string;
}

export interface EnvironmentState {
  /** Minutes. */
  waitTimer: number;
  reviewers: Reviewer[];
  preventsSelfReview: boolean;
  /** Undefined where GitHub does not say. The field is not in GitHub's description of its API; go-github and gh read it. */
  adminsBypass: boolean | undefined;
  /** From where a job may use it: any branch or tag, any protected branch, or those that match a pattern. */
  branches: 'any' | 'protected' | BranchPolicy[];
}

export interface Environment {
  name: string;
  /** Undefined where there is none. */
  state: Seen<EnvironmentState | undefined>;
}

export const readEnvironments = (gitHub: GitHub): Promise<Environment[]> =>
  Promise.all(environmentNames.map(async (name) => ({ name, state: await readEnvironment(gitHub, name) })));

async function readEnvironment(
  { rest, paginate, at }: GitHub,
  name: string,
): Promise<Seen<EnvironmentState | undefined>> {
  const place = { ...at, environment_name: name };
  const request = seeing(answerUnless([404], rest.repos.getEnvironment(place)));
  const answer = await asking(`the environment ${name}`, 'actions: read', request);
  if (answer === unseen || answer === undefined) return answer;
  const { protection_rules: rules = [], deployment_branch_policy: policy, ...others } = answer.data;
  const byPeople = rules.flatMap((rule) => (rule.type === 'required_reviewers' && 'reviewers' in rule ? [rule] : []));
  const [waitTimer = 0] = rules.flatMap((rule) => ('wait_timer' in rule ? [rule.wait_timer ?? 0] : []));
  const bypass = (others as { can_admins_bypass?: boolean }).can_admins_bypass;
  return {
    waitTimer,
    reviewers: byPeople.flatMap(({ reviewers = [] }) =>
      reviewers.flatMap(({ type, reviewer }) =>
        type === undefined || reviewer?.id === undefined
          ? []
          : [{ type, id: reviewer.id, name: 'login' in reviewer ? reviewer.login : (reviewer.slug ?? '') }],
      ),
    ),
    preventsSelfReview: byPeople.some((rule) => rule.prevent_self_review === true),
    adminsBypass: bypass,
    branches: !policy ? 'any' : policy.custom_branch_policies ? await readPolicies() : 'protected',
  };

  async function readPolicies(): Promise<BranchPolicy[]> {
    const all = paginate(rest.repos.listDeploymentBranchPolicies, { ...place, per_page: 100 });
    const policies = await asking(`the deployment branches of ${name}`, 'actions: read', all);
    return policies.map(({ id = 0, name: pattern = '', type = 'branch' }) => ({ id, name: pattern, type }));
  }
}

const howToSet = 'run `idc github setup`';

/** @param isInternal GitHub has such repositories in its Enterprise plan alone, which has required reviewers. */
export function judgeEnvironment(
  { name, state }: Environment,
  branch: string,
  { requiresReviewers }: Wishes,
  isInternal: boolean,
): Finding[] {
  const find = (check: string, verdict: Finding['verdict'], message: string, fix?: string): Finding => ({
    check,
    about: name,
    verdict,
    message,
    ...(fix !== undefined && { fix }),
  });
  if (state === unseen) return [find('environment', 'unseen', "the environment can't be seen with this token")];
  if (state === undefined) {
    const why = 'the environment does not exist; a job that names it makes one that any branch can use';
    return [find('environment', 'weaker', why, howToSet)];
  }
  const { branches, reviewers, preventsSelfReview, adminsBypass } = state;
  const deploys = whoDeploys(branches, branch);
  const findings = [
    deploys === undefined
      ? find('deployment-branches', 'right', `only ${branch} can use the environment`)
      : find('deployment-branches', 'weaker', `${deploys}, not only ${branch}`, howToSet),
  ];
  if (name !== approval) return findings;
  if (reviewers.length === 0) {
    const isWeaker = requiresReviewers || isInternal;
    findings.push(
      isWeaker
        ? find('required-reviewers', 'weaker', 'it has no required reviewers', `${howToSet} with --reviewer`)
        : find(
            'required-reviewers',
            'right',
            'it has no required reviewers; a second person applies a merge that waits by starting the apply workflow',
          ),
    );
    return findings;
  }
  const names = reviewers.map((reviewer) => reviewer.name).join(', ');
  findings.push(
    find('required-reviewers', 'right', `a merge that waits needs the approval of ${names}`),
    preventsSelfReview
      ? find('self-review', 'right', 'the person who started a run cannot approve it')
      : find('self-review', 'weaker', 'the person who started a run can approve it', howToSet),
  );
  const where = `Settings > Environments > ${name} > "Allow administrators to bypass configured protection rules"`;
  findings.push(
    adminsBypass === undefined
      ? find('administrators', 'unseen', 'GitHub does not say whether administrators can bypass it', `look at ${where}`)
      : adminsBypass
        ? find('administrators', 'weaker', 'administrators can bypass it', `${howToSet}, or switch off ${where}`)
        : find('administrators', 'right', 'administrators cannot bypass it'),
  );
  return findings;
}

/** Undefined where nothing but the branch does. */
function whoDeploys(branches: EnvironmentState['branches'], branch: string): string | undefined {
  if (branches === 'any') return 'any branch and tag can use the environment';
  if (branches === 'protected') return 'any protected branch can use the environment';
  if (branches.length === 0) return 'no branch can use the environment';
  const others = branches.filter(({ name, type }) => name !== branch || type !== 'branch');
  if (others.length === 0) return undefined;
  return `${others.map(({ name, type }) => (type === 'tag' ? `tag ${name}` : name)).join(', ')} can use the environment`;
}

/**
 * What makes an environment right. GitHub replaces what it had, so all of that is sent again.
 * @param reviewers whom a team names; undefined keeps those that are there.
 */
export function mendEnvironment(
  gitHub: GitHub,
  { name, state }: Environment,
  branch: string,
  wanted: readonly Reviewer[] | undefined,
): Change[] {
  if (state === unseen) return [];
  const { rest, at } = gitHub;
  const place = { ...at, environment_name: name };
  const isApproval = name === approval;
  const before = state?.reviewers ?? [];
  const reviewers = isApproval ? (wanted ?? before) : before;
  const needsSelfReview = isApproval && reviewers.length > 0 && state?.preventsSelfReview !== true;
  const isNewMode = typeof state?.branches !== 'object';
  const lines = [
    ...(state === undefined ? [`make the environment`] : []),
    ...(isNewMode ? [`let only selected branches use it`] : []),
    ...(areSame(before, reviewers) ? [] : [`require the approval of ${reviewers.map((one) => one.name).join(', ')}`]),
    ...(needsSelfReview ? ['prevent self-review'] : []),
    ...(isApproval && (state === undefined || state.adminsBypass) ? ['let administrators not bypass it'] : []),
  ];
  const bypass = isApproval ? false : state?.adminsBypass;
  const body = {
    wait_timer: state?.waitTimer ?? 0,
    prevent_self_review: needsSelfReview || (state?.preventsSelfReview ?? false),
    reviewers: reviewers.length === 0 ? null : reviewers.map(({ type, id }) => ({ type, id })),
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    ...(bypass !== undefined && { can_admins_bypass: bypass }),
  };
  const policies = typeof state?.branches === 'object' ? state.branches : [];
  const isThere = policies.some((policy) => policy.name === branch && policy.type === 'branch');
  const others = policies.filter((policy) => policy.name !== branch || policy.type !== 'branch');
  const write = (line: string, request: () => Promise<unknown>): Change => ({
    lines: [`${name}: ${line}`],
    write: () => asking(`a change of the environment ${name}`, 'administration: write', request()),
  });
  return [
    ...(lines.length === 0
      ? []
      : [
          {
            ...write('', () => rest.repos.createOrUpdateEnvironment({ ...place, ...body })),
            lines: lines.map((line) => `${name}: ${line}`),
          },
        ]),
    ...(isThere
      ? []
      : [
          write(`let ${branch} use it`, () =>
            rest.repos.createDeploymentBranchPolicy({ ...place, name: branch, type: 'branch' }),
          ),
        ]),
    ...others.map((other) =>
      write(`let the ${other.type} ${other.name} not use it any more`, () =>
        rest.repos.deleteDeploymentBranchPolicy({ ...place, branch_policy_id: other.id }),
      ),
    ),
  ];
}

function areSame(one: readonly Reviewer[], other: readonly Reviewer[]): boolean {
  const key = ({ type, id }: Reviewer): string => `${type} ${id}`;
  const keys = new Set(one.map(key));
  return one.length === other.length && other.every((reviewer) => keys.has(key(reviewer)));
}
