import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { approvalRule, startGitHub, type GitHubStandIn } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';
import { runIdc } from '../../../support/run-idc.ts';
import { answersOf } from '../../../../src/repository/places.ts';
import { teamFiles } from '../../../support/team-files.ts';

const files = { CODEOWNERS: '* @mona\n' };

/** Set up, whatever its files are. */
async function settled(more: Record<string, string> = {}): Promise<GitHubStandIn> {
  const github = await startGitHub({ files: { ...files, ...more } });
  const { code, err } = await runIdc(['github', 'setup', '--yes', '--reviewer', 'mona'], { env: github.env() });
  expect([0, 2], err).toContain(code);
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

actions
  ? whether each has to be named by a commit can't be seen with this token

OIDC tokens
    their subject names the repository and the environment

CODEOWNERS
    GitHub finds no error in it
    the workflows, what npm obeys, and the identity file with all that it refers to have owners

octo-org/access: 16 settings are right, 0 weaker, and 4 can't be seen with this token.
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
  expect(document.summary).toEqual({ right: 19, weaker: 1, unseen: 0 });
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
    github.world.codeOwnersErrors.push(3, 5, 7, 9, 11);
    const { code, out } = await check(github);
    expect(code).toBe(2);
    expect(out).toContain('! GitHub ignores CODEOWNERS:3 (Invalid pattern), CODEOWNERS:5');
    expect(out).toContain('and 2 more\n');
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

describe('of the files', () => {
  const company = {
    version: 1,
    include: ['teams/*.yaml'],
    permissionSets: { Read: { inlinePolicy: { file: 'p.json' } } },
  };
  const identity = {
    'identity.yaml': JSON.stringify(company),
    'p.json': '{}',
    'teams/a.yaml': 'groups: {}\n',
  };
  const owners =
    '/.github/ @mona\n/package*.json @mona\n/.npmrc @mona\n/identity.yaml @mona\n/p.json @mona\n/teams/ @hanako\n';

  it.each<[string, string, string | undefined]>([
    ['all have owners', owners, undefined],
    ['an included file has none', owners.replace('/teams/ @hanako\n', ''), 'names no owner for teams/a.yaml\n'],
    ['a policy has none', owners.replace('/p.json @mona\n', ''), 'names no owner for p.json\n'],
    [
      'the last line takes them away',
      `${owners}/.github/workflows/\n/package.json\n`,
      'names no owner for package.json and .github/workflows/new.yml\n',
    ],
    ['.npmrc has none, which is not there yet', owners.replace('/.npmrc @mona\n', ''), 'names no owner for .npmrc\n'],
  ])('%s', async (_what, text, said) => {
    const { code, out } = await check(await settled({ ...identity, CODEOWNERS: text }));
    expect([code, out.includes('! the last line that matches')]).toEqual(said === undefined ? [0, false] : [2, true]);
    if (said !== undefined) expect(out).toContain(said);
  });

  it('a line with an error owns nothing', async () => {
    const github = await settled({ ...identity, CODEOWNERS: owners });
    github.world.codeOwnersErrors = [1];
    const { code, out } = await check(github);
    expect(code).toBe(2);
    expect(out).toContain('no owner for .github/workflows/new.yml\n');
  });

  it('workflows of other templates are named, with what brings them up', async () => {
    const team = { ...teamFiles(), ...teamFiles(answersOf('sandbox/identity.yaml')) };
    const more: Record<string, string> = {
      ...team,
      CODEOWNERS: '* @mona\n',
      '.github/CODEOWNERS': '* @mona\n',
      'package.json': '{}',
    };
    const right = await check(await settled(more));
    expect(right.out).toContain('    they are of the templates of this idc (');
    // The plan of each file is a check of its own.
    for (const name of ['plan', 'plan-sandbox'])
      expect(right.out).toContain(`    the status check ${name} is required\n`);
    const old = more['.github/workflows/drift-sandbox.yml'] ?? '';
    const github = await settled({
      ...more,
      '.github/workflows/drift-sandbox.yml': old.replace(/idc templates \d+/, 'idc templates 0'),
    });
    const { code, out } = await check(github);
    expect(code).toBe(2);
    expect(out).toMatch(/! workflows\/drift-sandbox\.yml are of templates 0, and this idc has \d+\n/);
    expect(out).toContain('run `idc init --upgrade --file sandbox/identity.yaml`\n');
  });
});

describe('what the roles trust', () => {
  it.each<[string, string[] | undefined, number, string]>([
    ['is GitHub’s own form', undefined, 0, '    their subject names the repository and the environment'],
    ['is the same, said by the team', ['repo', 'context'], 0, '    their subject names the repository'],
    [
      'is another one',
      ['repo', 'context', 'job_workflow_ref'],
      2,
      '! their subject is made of repo, context, job_workflow_ref, so it is not the one that the roles trust',
    ],
    ['is the organization’s', [], 0, "? their subject has the organization's own form"],
  ])('%s', async (_what, claims, code, said) => {
    const github = await settled();
    github.world.subjectClaims = claims;
    const ran = await check(github);
    expect([ran.code, ran.out.includes(said)], ran.out).toEqual([code, true]);
  });

  it('is not known to a token that may not read it, as the files are not', async () => {
    const github = await settled();
    const { code, out } = await runStep(github, ['check'], { GITHUB_TOKEN: github.grant({}) });
    expect(code, out).toBe(0);
    expect(out).toContain("? the form of their subject can't be seen with this token");
    expect(out).toContain("? CODEOWNERS, the lock file and the workflows can't be seen with this token");
  });
});

it('actions that a tag can name are weaker, unless the team wants that', async () => {
  const github = await settled();
  const admin = (...args: string[]) => runIdc(['github', 'check', ...args], { env: github.env() });
  expect((await admin()).out).toContain('    each has to be named by a commit\n');
  github.world.pinsActions = false;
  const { code, out } = await admin();
  expect(code).toBe(2);
  expect(out).toContain('! they can be named by a tag, which can be moved\n');
  expect((await admin('--no-pinned-actions')).code).toBe(0);
});
