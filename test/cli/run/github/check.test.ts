import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { approvalRule, startGitHub, type GitHubStandIn } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';
import { runIdc } from '../../../support/run-idc.ts';

const files = { CODEOWNERS: '* @mona\n' };

async function settled(more: Record<string, string> = {}): Promise<GitHubStandIn> {
  const github = await startGitHub({ files: { ...files, ...more } });
  const { code, err } = await runIdc(['github', 'setup', '--yes', '--reviewer', 'mona'], { env: github.env() });
  expect(code, err).toBe(0);
  return github;
}

/** With the rights of the job in drift.yml. */
const check = (github: GitHubStandIn, ...args: string[]) =>
  runStep(github, ['check', ...args], { GITHUB_TOKEN: github.grant({ actions: 'read', contents: 'read' }) });

it('a job sees all but what is an administrator’s, and never calls that missing', async () => {
  const { code, out } = await check(await settled());
  expect(code).toBe(0);
  expect(out).toBe(`identity-center-approve
    only main can use the environment
    a merge that waits needs the approval of mona
    the person who started a run cannot approve it
    administrators cannot bypass it

identity-center-plan
    only main can use the environment

identity-center-apply
    only main can use the environment

branch main
    a change needs a pull request with an approval
    a push dismisses the approvals before it
    the last push needs the approval of another person
    files with owners need the approval of one
    the status check plan is required
    it cannot be force-pushed
    it cannot be deleted
  ? who can bypass the pull request can't be seen with this token

workflow permissions
  ? what a job that names no permissions can do can't be seen with this token
  ? whether workflows can open and approve pull requests can't be seen with this token

CODEOWNERS
    GitHub finds no error in it

octo-org/access: 14 settings are right, 0 weaker, and 3 can't be seen with this token.
`);
});

it('prints JSON by its schema', async () => {
  const github = await settled();
  github.world.rules.set('main', []);
  github.world.workflowPermissions.byDefault = 'write';
  const { code, out } = await runIdc(['github', 'check', '--format', 'json'], { env: github.env() });
  const document = JSON.parse(out) as { summary: object; checks: { check: string }[] };
  const schema = JSON.parse(readFileSync('schemas/github-check.schema.json', 'utf8')) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(code).toBe(2);
  expect(document).toMatchObject({ repository: 'octo-org/access', branch: 'main' });
  expect(document.summary).toEqual({ right: 16, weaker: 1, unseen: 0 });
  expect(document.checks).toContainEqual({
    check: 'workflow-token',
    about: 'workflow permissions',
    verdict: 'weaker',
    message: 'a job that names no permissions can write',
    fix: 'run `idc github setup`',
  });
});

it('refuses a public repository', async () => {
  const github = await settled();
  github.world.visibility = 'public';
  const { code, err } = await check(github);
  expect(code).toBe(3);
  expect(err).toContain('octo-org/access is public, so anyone can read who has access to what');
});

describe('without a ruleset', () => {
  const bare = async (): Promise<GitHubStandIn> => {
    const github = await settled();
    github.world.rulesets.clear();
    return github;
  };
  const classic = {
    enforce_admins: { url: 'https://api.github.com/x', enabled: true },
    required_pull_request_reviews: {
      dismiss_stale_reviews: true,
      require_code_owner_reviews: true,
      require_last_push_approval: true,
      required_approving_review_count: 1,
    },
    required_status_checks: { contexts: ['plan'], checks: [] },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };

  it('a job does not know whether classic protection asks for it', async () => {
    const { code, out } = await check(await bare());
    expect(code).toBe(0);
    expect(out).toContain(
      "? a change needs no pull request with an approval by any ruleset, and classic branch protection can't be seen",
    );
  });

  it('an administrator does', async () => {
    const github = await bare();
    expect((await runIdc(['github', 'check'], { env: github.env() })).code).toBe(2);
    github.world.classic.set('main', classic);
    const { code, out } = await runIdc(['github', 'check'], { env: github.env() });
    expect(code, out).toBe(0);
    github.world.classic.set('main', { ...classic, enforce_admins: { ...classic.enforce_admins, enabled: false } });
    expect((await runIdc(['github', 'check'], { env: github.env() })).out).toContain('! some can bypass');
  });

  it('a ruleset that asks for less does not hide it, and two that ask for different things count together', async () => {
    const github = await bare();
    github.world.rules.set('main', [approvalRule({ lastPush: false })]);
    github.world.classic.set('main', classic);
    expect((await runIdc(['github', 'check'], { env: github.env() })).code).toBe(0);
  });

  it("GitHub's plan may have none", async () => {
    const github = await bare();
    github.world.plan = 'free';
    const { code, out } = await check(github);
    expect(code).toBe(2);
    expect(out).toContain('! the GitHub plan has no rules for branches of a private repository');
  });
});

describe('CODEOWNERS', () => {
  it('is weaker where it is missing', async () => {
    const github = await settled();
    github.world.push('main', { CODEOWNERS: undefined });
    const { code, out } = await check(github);
    expect([code, out]).toEqual([2, expect.stringContaining('! the default branch has no CODEOWNERS file')]);
  });

  it('is weaker where GitHub ignores a line', async () => {
    const github = await settled();
    github.world.codeOwnersErrors.push(3, 5, 7, 9);
    const { code, out } = await check(github);
    expect(code).toBe(2);
    expect(out).toContain('! GitHub ignores CODEOWNERS:3 (Invalid pattern), CODEOWNERS:5');
    expect(out).toContain('and 1 more\n');
  });
});

it('looks at the lock file of a team that installs idc by it', async () => {
  const place = 'node_modules/identity-center-as-code';
  const locked = { version: '1.0.0', integrity: 'sha512-AAAA' };
  const github = await settled({
    'package.json': JSON.stringify({ devDependencies: { 'identity-center-as-code': '1.0.0' } }),
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, [place]: locked } }),
  });
  expect((await check(github)).out).toContain('    it installs identity-center-as-code 1.0.0 alone, by its hash');
  github.world.push('main', { 'package-lock.json': undefined });
  const { code, out } = await check(github);
  expect([code, out]).toEqual([2, expect.stringContaining('package-lock.json\n  ! it does not exist')]);
});

it('names the permission that the job needs', async () => {
  const github = await settled();
  const token = github.grant({ actions: 'read' });
  const { code, err } = await runStep(github, ['check'], { GITHUB_TOKEN: token });
  expect(code).toBe(1);
  expect(err).toContain('the job needs `permissions: { contents: read }`');
});
