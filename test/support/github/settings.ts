import { idOf, repositoryUrl, userOf, type Json } from './answers.ts';
import { exampleOf, type Route } from './description.ts';
import { found, notFound, type Failure, type Handler } from './handler.ts';
import type { Environment, Reviewer, Rule, Ruleset, World } from './world.ts';

// The settings of the repository: environments, rules of branches, permissions of workflows, owners of files.

const environmentRoute = 'GET /repos/{owner}/{repo}/environments/{environment_name}';
const policiesRoute = '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies';

/** GitHub's words to an owner whose plan has no rules for branches of private repositories. */
const upgrade: Failure = {
  status: 403,
  message: 'Upgrade to GitHub Pro or make this repository public to enable this feature.',
};
const lacksRules = ({ plan, visibility }: World): boolean => plan === 'free' && visibility !== 'public';

const noReviewers: Failure = {
  status: 422,
  message:
    'Failed to create the environment protection rule. Please ensure the billing plan supports the required reviewers protection rule.',
};

function environmentAnswer(world: World, environment: Environment): Json {
  const { name, reviewers, preventSelfReview, waitTimer, adminsBypass, branches } = environment;
  const example = exampleOf(environmentRoute);
  const rules = (example['protection_rules'] as Json[]).flatMap((rule) => {
    if (rule['type'] === 'wait_timer') return waitTimer === 0 ? [] : [{ ...rule, wait_timer: waitTimer }];
    if (rule['type'] === 'branch_policy') return branches === undefined ? [] : [rule];
    if (reviewers === undefined) return [];
    const known = rule['reviewers'] as Json[];
    const list = reviewers.map((reviewer) => reviewerAnswer(reviewer, known));
    return [{ ...rule, prevent_self_review: preventSelfReview, reviewers: list }];
  });
  return {
    ...example,
    name,
    url: `${repositoryUrl(world)}/environments/${encodeURIComponent(name)}`,
    protection_rules: rules,
    deployment_branch_policy:
      branches === undefined
        ? null
        : { protected_branches: branches === 'protected', custom_branch_policies: branches !== 'protected' },
    ...(adminsBypass !== undefined && { can_admins_bypass: adminsBypass }),
  };
}

function reviewerAnswer(reviewer: Reviewer, known: readonly Json[]): Json | undefined {
  if (typeof reviewer === 'string') return known.find((one) => one['type'] === reviewer);
  const { type, name } = reviewer;
  const example = known.find((one) => one['type'] === type);
  const named = type === 'User' ? { login: name } : { slug: name, name };
  return { ...example, reviewer: { ...(example?.['reviewer'] as Json), id: idOf(name), ...named } };
}

/** What a PUT says replaces what was there, and what it leaves out is gone. */
function putEnvironment(world: World, name: string, body: Json): Environment | Failure {
  const asked = (body['reviewers'] ?? []) as { type: 'User' | 'Team'; id: number }[];
  if (asked.length > 0 && world.plan !== 'enterprise' && world.visibility !== 'public') return noReviewers;
  const names = { User: [...world.roles.keys()], Team: [...world.teams] };
  const reviewers = asked.flatMap(({ type, id }): Reviewer[] => {
    const known = names[type].find((one) => idOf(one) === id);
    return known === undefined ? [] : [{ type, name: known }];
  });
  if (reviewers.length < asked.length) return { status: 422, message: 'Reviewers must have access to the repository' };
  const policy = body['deployment_branch_policy'] as { custom_branch_policies: boolean } | null | undefined;
  const before = world.environments.get(name);
  const bypass = body['can_admins_bypass'] as boolean | undefined;
  const environment: Environment = {
    name,
    ...(reviewers.length > 0 && { reviewers }),
    preventSelfReview: body['prevent_self_review'] === true,
    waitTimer: (body['wait_timer'] as number | undefined) ?? 0,
    adminsBypass: bypass ?? true,
    ...(policy && {
      branches: policy.custom_branch_policies
        ? typeof before?.branches === 'object'
          ? before.branches
          : []
        : ('protected' as const),
    }),
  };
  world.environments.set(name, environment);
  return environment;
}

const environmentOf = (world: World, params: Readonly<Record<string, string>>): Environment | undefined =>
  world.environments.get(params['environment_name'] ?? '');

/** The rulesets of a branch with their rules: one that is made by hand, and those with names. */
function rulesOf(world: World, branch: string): Json[] {
  const named = [...world.rulesets.values()].filter(({ enforcement, include, exclude }) => {
    const names = [`refs/heads/${branch}`, '~ALL', ...(branch === world.defaultBranch ? ['~DEFAULT_BRANCH'] : [])];
    const has = (list: readonly string[]): boolean => list.some((one) => names.includes(one));
    return enforcement === 'active' && has(include) && !has(exclude);
  });
  const answer = (id: number, rules: readonly Rule[]): Json[] =>
    rules.map((rule) => ({
      ...rule,
      ruleset_source_type: 'Repository',
      ruleset_source: world.repository,
      ruleset_id: id,
    }));
  return [...answer(byHand, world.rules.get(branch) ?? []), ...named.flatMap(({ id, rules }) => answer(id, rules))];
}

const byHand = 42;

function rulesetAnswer(world: World, ruleset: Ruleset, isWhole: boolean, mayAdminister: boolean): Json {
  const { bypass_actors: _bypass, ...example } = exampleOf('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}');
  const { id, name, enforcement, include, exclude, rules, bypass } = ruleset;
  const { conditions: _conditions, rules: _rules, ...short } = example;
  return {
    ...short,
    id,
    name,
    enforcement,
    source: world.repository,
    ...(isWhole && { conditions: { ref_name: { include, exclude } }, rules }),
    ...(isWhole && mayAdminister && { bypass_actors: bypass }),
  };
}

function rulesetFrom(id: number, body: Json): Ruleset {
  const {
    name,
    enforcement,
    conditions,
    rules,
    bypass_actors: bypass,
  } = body as unknown as Omit<Ruleset, 'id'> & {
    conditions: { ref_name: { include: string[]; exclude: string[] } };
    bypass_actors?: Ruleset['bypass'];
  };
  return { id, name, enforcement, ...conditions.ref_name, rules, bypass: bypass ?? [] };
}

const ofRulesets = (needs: Handler['needs'], answer: Handler['answer']): Handler => ({
  needs,
  answer: (request) => (lacksRules(request.world) ? upgrade : answer(request)),
});

const [read, administer] = [[['metadata', 'read']], [['administration', 'write']]] as const;

export const settingRoutes: Readonly<Record<Route, Handler>> = {
  [environmentRoute]: {
    needs: [['actions', 'read']],
    answer: ({ world, params }) =>
      found(environmentOf(world, params), (environment) => ({ json: environmentAnswer(world, environment) })),
  },
  'PUT /repos/{owner}/{repo}/environments/{environment_name}': {
    needs: administer,
    answer: ({ world, params, body }) => {
      const put = putEnvironment(world, params['environment_name'] ?? '', (body ?? {}) as Json);
      return 'status' in put ? put : { json: environmentAnswer(world, put) };
    },
  },
  [`GET ${policiesRoute}`]: {
    needs: [['actions', 'read']],
    answer: ({ world, params }) => {
      const { branches } = environmentOf(world, params) ?? {};
      return typeof branches === 'object' ? { list: branches, under: 'branch_policies' } : notFound;
    },
  },
  [`POST ${policiesRoute}`]: {
    needs: administer,
    answer: ({ world, params, body }) => {
      const { branches } = environmentOf(world, params) ?? {};
      if (typeof branches !== 'object') return notFound;
      const { name, type = 'branch' } = body as { name: string; type?: 'branch' | 'tag' };
      if (branches.some((one) => one.name === name && one.type === type)) return { status: 303, none: true };
      const policy = { id: world.newId(), name, type };
      branches.push(policy);
      return { json: policy };
    },
  },
  [`DELETE ${policiesRoute}/{branch_policy_id}`]: {
    needs: administer,
    answer: ({ world, params }) => {
      const { branches } = environmentOf(world, params) ?? {};
      const at =
        typeof branches === 'object' ? branches.findIndex(({ id }) => String(id) === params['branch_policy_id']) : -1;
      if (typeof branches !== 'object' || at < 0) return notFound;
      branches.splice(at, 1);
      return { status: 204, none: true };
    },
  },
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': ofRulesets(read, ({ world, params }) => ({
    list: rulesOf(world, params['branch'] ?? ''),
  })),
  'GET /repos/{owner}/{repo}/rulesets': ofRulesets(read, ({ world }) => ({
    list: [...world.rulesets.values()].map((one) => rulesetAnswer(world, one, false, false)),
  })),
  'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}': ofRulesets(read, ({ world, params, mayAdminister }) => {
    const id = Number(params['ruleset_id']);
    const own: Ruleset = {
      id,
      name: 'by hand',
      enforcement: 'active',
      include: [],
      exclude: [],
      rules: [],
      bypass: [],
    };
    const ruleset = id === byHand && world.rules.size > 0 ? own : world.rulesets.get(id);
    return found(ruleset, (one) => ({ json: rulesetAnswer(world, one, true, mayAdminister) }));
  }),
  'POST /repos/{owner}/{repo}/rulesets': ofRulesets(administer, ({ world, body }) => {
    const ruleset = rulesetFrom(world.newId(), body as Json);
    world.rulesets.set(ruleset.id, ruleset);
    return { status: 201, json: rulesetAnswer(world, ruleset, true, true) };
  }),
  'PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}': ofRulesets(administer, ({ world, params, body }) =>
    found(world.rulesets.get(Number(params['ruleset_id'])), ({ id }) => {
      const ruleset = rulesetFrom(id, body as Json);
      world.rulesets.set(id, ruleset);
      return { json: rulesetAnswer(world, ruleset, true, true) };
    }),
  ),
  'GET /repos/{owner}/{repo}/branches/{branch}/protection': ofRulesets(
    [['administration', 'read']],
    ({ world, params }) => {
      const json = world.classic.get(params['branch'] ?? '');
      return json ? { json } : { status: 404, message: 'Branch not protected' };
    },
  ),
  'GET /repos/{owner}/{repo}/actions/permissions': {
    needs: [['administration', 'read']],
    answer: ({ world: { pinsActions } }) => ({
      json: { enabled: true, allowed_actions: 'all', sha_pinning_required: pinsActions },
    }),
  },
  'PUT /repos/{owner}/{repo}/actions/permissions': {
    needs: administer,
    answer: ({ world, body }) => {
      world.pinsActions = (body as { sha_pinning_required?: boolean }).sha_pinning_required === true;
      return { status: 204, none: true };
    },
  },
  'GET /repos/{owner}/{repo}/actions/oidc/customization/sub': {
    needs: [['actions', 'read']],
    answer: ({ world: { subjectClaims: claims } }) => ({
      json: claims === undefined ? { use_default: true } : { use_default: false, include_claim_keys: claims },
    }),
  },
  'GET /repos/{owner}/{repo}/actions/permissions/workflow': {
    needs: [['administration', 'read']],
    answer: ({ world: { workflowPermissions: is } }) => ({
      json: { default_workflow_permissions: is.byDefault, can_approve_pull_request_reviews: is.approves },
    }),
  },
  'PUT /repos/{owner}/{repo}/actions/permissions/workflow': {
    needs: administer,
    answer: ({ world: { workflowPermissions: is }, body }) => {
      const asked = body as {
        default_workflow_permissions?: 'read' | 'write';
        can_approve_pull_request_reviews?: boolean;
      };
      is.byDefault = asked.default_workflow_permissions ?? is.byDefault;
      is.approves = asked.can_approve_pull_request_reviews ?? is.approves;
      return { status: 204, none: true };
    },
  },
  'GET /repos/{owner}/{repo}/codeowners/errors': {
    needs: [['contents', 'read']],
    answer: ({ world }) => {
      const tree = world.commits.get(world.branches.get(world.defaultBranch) ?? '')?.tree ?? {};
      const path = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'].find((one) => tree[one] !== undefined);
      if (path === undefined) return notFound;
      const [example] = exampleOf('GET /repos/{owner}/{repo}/codeowners/errors')['errors'] as Json[];
      return { json: { errors: world.codeOwnersErrors.map((line) => ({ ...example, line, path })) } };
    },
  },
  'GET /users/{username}': {
    needs: read,
    answer: ({ world, params }) => {
      const { username: login = '' } = params;
      if (!world.roles.has(login)) return notFound;
      const like = exampleOf('GET /users/{username}');
      return { json: userOf({ login, type: 'User' }, like) };
    },
  },
  'GET /orgs/{org}/teams/{team_slug}': {
    needs: read,
    answer: ({ world, params }) => {
      const { org, team_slug: slug = '' } = params;
      if (org !== world.owner || !world.teams.has(slug)) return notFound;
      // GitHub's own example is of an older form.
      const { organization, ...like } = exampleOf('GET /orgs/{org}/teams/{team_slug}');
      const whole = { ...(organization as Json), archived_at: null };
      return { json: { ...like, type: 'organization', id: idOf(slug), slug, name: slug, organization: whole } };
    },
  },
};
