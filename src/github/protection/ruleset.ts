import type { RestEndpointMethodTypes } from '@octokit/rest';
import { createOnce } from '../create-once.ts';
import { asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import { guardOf, isGuarded, type BranchState, type Rule } from './branch.ts';
import type { Change, Wanted } from './finding.ts';

type NewRuleset = RestEndpointMethodTypes['repos']['createRepoRuleset']['parameters'];

/** A ruleset that `idc github setup` writes, as GitHub has it. */
export interface OwnRuleset {
  id: number;
  enforcement: string;
  include: string[];
  exclude: string[];
  hasBypass: boolean;
  rules: Rule[];
}

const ofDefaultBranch = 'idc: default branch';
const defaultBranch = '~DEFAULT_BRANCH';

/** Found by its name; undefined where there is none. */
export async function findOwnRuleset(
  { rest, paginate, at }: GitHub,
  name: string = ofDefaultBranch,
): Promise<OwnRuleset | undefined> {
  const what = 'the rulesets';
  const list = paginate(rest.repos.getRepoRulesets, { ...at, includes_parents: false, per_page: 100 });
  const found = (await asking(what, 'metadata: read', list)).find((one) => one.name === name);
  if (found === undefined) return undefined;
  const { data } = await asking(what, 'metadata: read', rest.repos.getRepoRuleset({ ...at, ruleset_id: found.id }));
  const { include = [], exclude = [] } =
    data.conditions && 'ref_name' in data.conditions ? (data.conditions.ref_name ?? {}) : {};
  const rules = (data.rules ?? []) as Rule[];
  const hasBypass = data.bypass_actors === undefined || data.bypass_actors.length > 0;
  return { id: data.id, enforcement: data.enforcement, include, exclude, hasBypass, rules };
}

/** Makes the ruleset, or mends it; nothing where the rulesets of the branch, an organization's as well, ask for it all. */
export function mendBranch(gitHub: GitHub, state: BranchState, own: OwnRuleset | undefined, wishes: Wanted): Change[] {
  const lines = changesOf(own, wishes);
  if (isGuarded(state, wishes) || lines.length === 0) return [];
  const wanted = { name: ofDefaultBranch, ref: defaultBranch, rules: rulesFrom(own?.rules ?? [], wishes) };
  return [writeRuleset(gitHub, own, wanted, lines)];
}

/** The write that makes a ruleset or replaces its rules, for one ref more, with no one who may bypass it. */
export function writeRuleset(
  gitHub: GitHub,
  own: OwnRuleset | undefined,
  { name, ref, rules }: { name: string; ref: string; rules: Rule[] },
  lines: readonly string[],
): Change {
  const { rest, at } = gitHub;
  const ruleset: NewRuleset = {
    ...at,
    name,
    target: 'branch',
    enforcement: 'active',
    bypass_actors: [],
    conditions: { ref_name: { include: [...new Set([...(own?.include ?? []), ref])], exclude: [] } },
    rules: rules as NonNullable<NewRuleset['rules']>,
  };
  const write = async (): Promise<unknown> =>
    own === undefined
      ? createOnce(
          gitHub,
          () => findOwnRuleset(gitHub, name),
          async () => void (await rest.repos.createRepoRuleset(ruleset)),
        )
      : rest.repos.updateRepoRuleset({ ...ruleset, ruleset_id: own.id });
  return {
    lines: lines.map((line) => `ruleset "${name}": ${line}`),
    write: () => asking(`the ruleset "${name}"`, 'administration: write', write()),
  };
}

/** The rules that are there, each at least as strict as it has to be. */
function rulesFrom(before: readonly Rule[], { requiresPlan, planChecks }: Wanted): Rule[] {
  const parametersOf = (type: string): NonNullable<Rule['parameters']> =>
    before.find((rule) => rule.type === type)?.parameters ?? {};
  const reviews = parametersOf('pull_request');
  const checks = parametersOf('required_status_checks');
  const required = checks.required_status_checks ?? [];
  const wanted: Rule[] = [
    { type: 'deletion' },
    { type: 'non_fast_forward' },
    {
      type: 'pull_request',
      parameters: {
        required_review_thread_resolution: false,
        ...reviews,
        required_approving_review_count: Math.max(1, reviews.required_approving_review_count ?? 0),
        dismiss_stale_reviews_on_push: true,
        require_last_push_approval: true,
        require_code_owner_review: true,
      },
    },
    ...(requiresPlan
      ? [
          {
            type: 'required_status_checks',
            parameters: {
              strict_required_status_checks_policy: false,
              ...checks,
              required_status_checks: [
                ...required,
                ...planChecks
                  .filter((name) => required.every(({ context }) => context !== name))
                  .map((context) => ({ context })),
              ],
            },
          },
        ]
      : []),
  ];
  const types = new Set(wanted.map(({ type }) => type));
  return [...before.filter(({ type }) => !types.has(type)), ...wanted];
}

/** What the ruleset does not do yet. */
function changesOf(own: OwnRuleset | undefined, { requiresPlan, planChecks }: Wanted): string[] {
  const { pullRequest, checks, forbidsForcePush, forbidsDeletion } = guardOf(own?.rules ?? []);
  const lines: [isThere: boolean, line: string][] = [
    [own !== undefined, 'make it, for the default branch'],
    [own === undefined || own.enforcement === 'active', 'switch it on'],
    [
      own === undefined || (own.include.includes(defaultBranch) && own.exclude.length === 0),
      'apply it to the default branch',
    ],
    [own === undefined || !own.hasBypass, 'let no one bypass it'],
    [(pullRequest?.approvals ?? 0) > 0, 'require a pull request with an approval'],
    [pullRequest?.dismissesStale === true, 'dismiss approvals when something is pushed after them'],
    [pullRequest?.lastPush === true, 'require the approval of the last push by another person'],
    [pullRequest?.codeOwners === true, 'require the approval of code owners'],
    ...planChecks.map((name): [boolean, string] => [
      !requiresPlan || checks.includes(name),
      `require the status check ${name}`,
    ]),
    [forbidsForcePush, 'forbid force pushes'],
    [forbidsDeletion, 'forbid its deletion'],
  ];
  return lines.flatMap(([isThere, line]) => (isThere ? [] : [line]));
}
