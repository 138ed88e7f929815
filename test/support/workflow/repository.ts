import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { testClock } from '../clock.ts';
import { startEmulator, type TimedEmulator } from '../emulator.ts';
import { printed } from '../in-force.ts';
import type { Permissions } from '../github/handler.ts';
import {
  actionsBot,
  approvalRule,
  octocat,
  startGitHub,
  type Account,
  type GitHubStandIn,
  type Pull,
  type Run,
  type Tree,
} from '../github/index.ts';
import { cloneFrom } from './origin.ts';
import { installHandover, installProgram } from './program.ts';
import { runWorkflow, type Action, type RunningJob, type WorkflowResult } from './runner.ts';

const root = path.resolve(import.meta.dirname, '../../..');

const pathOf = (name: string, suffix: string): string => `.github/workflows/${name}${suffix}.yml`;

/** Every command that any test has run. */
export const ran = new Set<string>();

/** A repository on GitHub with this project's workflows in it, and the Identity Center that its roles lead to. */
export interface Repository extends Workflows {
  github: GitHubStandIn;
  emulator: TimedEmulator;
  /** Of the repository, for all jobs. */
  variables: Record<string, string>;
  /** By the management accounts: the roles in an account lead to its Identity Center. All are closed in the end. */
  emulators: Map<string, TimedEmulator>;
  /**
   * Another Identity Center.
   * @param managementAccountId of its organization: the roles in that account lead to it.
   */
  addInstance(managementAccountId: string, instanceArn: string): Promise<TimedEmulator>;
  /** The workflows of another identity file, whose names end with this. */
  ofFile(suffix: string): Workflows;
  /** The text of a file in an artifact of the newest run that has one of this name; undefined where there is none. */
  artifactFolder(name: string): string | undefined;
}

/** What the workflows of an identity file do. */
export interface Workflows {
  /** What `plan.yml` does for a pull request as it is now. */
  plan(pull: Pull): Promise<WorkflowResult>;
  /** What `apply.yml` does for the tip of the default branch, unless it is told otherwise. */
  apply(how?: ApplyRun): Promise<WorkflowResult & { environments: string[] }>;
  /** The same where `plan.yml` is started for its number, from the default branch unless it is said: a branch or `refs/tags/…`. */
  planByHand(pull: Pull, branch?: string): Promise<WorkflowResult>;
  /** What `plan.yml` does for the pull requests that the merge queue is about to merge. */
  queue(): Promise<WorkflowResult>;
  /**
   * What `drift.yml` does at night, or where a person starts it from a branch, or from `refs/tags/…`, or something is pushed
   * there.
   */
  drift(branch?: string, event?: 'workflow_dispatch' | 'push'): Promise<WorkflowResult>;
  /** What `expire.yml` does at night, or where a person starts it from a branch, or from `refs/tags/…`. */
  expire(branch?: string): Promise<WorkflowResult>;
  /** What `review.yml` does once a month, or where a person starts it, for an owner or for all. */
  review(by?: { actor: Account; owner?: string; branch?: string; attempt?: number }): Promise<WorkflowResult>;
  /** The runs of `plan.yml` that a workflow has started since the last time. */
  dispatched(): Promise<WorkflowResult[]>;
}

export interface ApplyRun {
  /** The commit that was pushed. */
  sha?: string;
  event?: 'push' | 'workflow_dispatch';
  /** What a person gives who starts it, and who that is. */
  digest?: string;
  inputs?: Record<string, string>;
  actor?: Account;
  /** Where a person starts it: a branch, or `refs/tags/…`. */
  branch?: string;
  /** More than 1: run again. */
  attempt?: number;
  /** What happens before a job of an environment begins; false rejects the job. */
  onEnvironment?: (environment: string) => Promise<boolean | void>;
  /** The role that writes has lost its rights. */
  isDenied?: boolean;
}

/**
 * @param files of the default branch. With workflows among them, those are what runs, as in a team's own repository: region and
 * roles stand in them. Otherwise this project's are.
 * @param install puts `idc` into a folder for the path: the program as it is published, on the machine's own clock, or what hands
 * its commands to this process.
 */
export async function createRepository(
  files: Record<string, string>,
  install: typeof installProgram = installHandover,
): Promise<Repository> {
  const clock = install === installProgram ? systemClock : testClock;
  const github = await startGitHub({ files: { CODEOWNERS: '* @mona\n', ...files } });
  const emulators = new Map<string, TimedEmulator>();
  const addInstance = async (managementAccountId: string, instanceArn: string): Promise<TimedEmulator> => {
    const accounts = [
      { id: managementAccountId, name: 'management' },
      { id: '111122223333', name: 'production' },
    ];
    const started = await startEmulator({
      seed: { region: 'us-east-1', instanceArn, managementAccountId, accounts },
      behaviour: { asyncMs: 0 },
    });
    emulators.set(managementAccountId, started);
    return started;
  };
  const emulator = await addInstance('999988887777', 'arn:aws:sso:::instance/ssoins-0123456789abcdef');
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-workflow-'));
  const bin = await install(folder);
  onTestFinished(async () => {
    for (const started of emulators.values()) await started.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { world } = github;
  const isOfTeam = Object.keys(files).some((file) => file.startsWith('.github/workflows/'));
  const workflows = path.join(isOfTeam ? path.join(folder, 'team') : root, '.github', 'workflows');
  if (isOfTeam) writeTree(path.join(folder, 'team'), files);
  const roles: Record<string, string> = {
    'identity-center-plan': 'arn:aws:iam::999988887777:role/idc-plan',
    'identity-center-apply': 'arn:aws:iam::999988887777:role/idc-apply',
    'identity-center-approve': 'arn:aws:iam::999988887777:role/idc-apply',
  };
  for (const name of Object.keys(roles)) {
    const branches = [{ id: world.newId(), name: world.defaultBranch, type: 'branch' as const }];
    const environment = world.addEnvironment({ name, adminsBypass: false, branches });
    if (name !== 'identity-center-approve') delete environment.reviewers;
  }
  world.rulesets.set(1, {
    id: 1,
    name: 'idc: default branch',
    enforcement: 'active',
    include: ['~DEFAULT_BRANCH'],
    exclude: [],
    bypass: [],
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      approvalRule({ lastPush: true, codeOwners: true }),
      {
        type: 'required_status_checks',
        parameters: { required_status_checks: [{ context: 'plan' }], strict_required_status_checks_policy: false },
      },
    ],
  });
  const variables: Record<string, string> = isOfTeam ? {} : { IDC_REGION: 'us-east-1' };
  const names = readdirSync(workflows).filter((file) => /^(plan|apply|drift|expire|review)\b/.test(file));
  for (const file of names) world.addWorkflow({ file });
  const lastNight = new Date(clock.now().getTime() - 3_600_000).toISOString();
  for (const file of names.filter((name) => /^(drift|expire)\b/.test(name)))
    world.addRun({ event: 'schedule', path: `.github/workflows/${file}`, createdAt: lastNight });

  const freeAll = (): void => {
    for (const one of emulators.values()) one.setPolicy(undefined);
  };

  const runOf = async (file: string, run: Run, event: object, how: ApplyRun = {}) => {
    const { sha = world.branches.get(world.defaultBranch) ?? '', attempt = 1, branch = world.defaultBranch } = how;
    run.headSha = sha;
    const result = await runWorkflow({
      file: path.join(workflows, file),
      folder: path.join(folder, String(run.id)),
      github: {
        run_id: String(run.id),
        sha,
        run_attempt: attempt,
        event_name: run.event,
        server_url: 'https://github.example',
        repository: world.repository,
        ref: branch.startsWith('refs/tags/') ? branch : `refs/heads/${branch}`,
        ref_name: branch.replace(/^refs\/tags\//, ''),
        event: {
          ...(run.event === 'push' && { before: world.commits.get(sha)?.parents[0] ?? '0'.repeat(40) }),
          // Of a schedule, GitHub tells nothing but the line that it stands in.
          ...(run.event !== 'schedule' && { repository: { default_branch: world.defaultBranch } }),
          ...event,
        },
      },
      inputs: { ...how.inputs, ...(how.digest !== undefined && { digest: how.digest }) },
      vars: variables,
      openEnvironment(name) {
        if (!world.environments.has(name)) delete world.addEnvironment({ name }).reviewers;
        const role = roles[name];
        return role === undefined || isOfTeam ? {} : { IDC_ROLE: role };
      },
      tokenOf: (permissions) => github.grant(permissions as Permissions),
      actions: actionsOf(github, emulators, folder, run, { bin, isOfTeam, isDenied: how.isDenied ?? false }),
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: sha,
        GITHUB_RUN_ID: String(run.id),
        GITHUB_RUN_ATTEMPT: String(attempt),
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_REPOSITORY: world.repository,
        GITHUB_API_URL: github.url,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      ran,
      onJobEnd: (name, { result: conclusion, steps }) => {
        run.jobs.push({ name, conclusion, attempt, steps, completedAt: world.tick() });
      },
      onEnvironment: async (name) => {
        // Whatever happens between two jobs, nobody's role limits it.
        freeAll();
        return (await how.onEnvironment?.(name)) !== false;
      },
    });
    freeAll();
    run.conclusion = Object.values(result.jobs).some((job) => job.result === 'failure') ? 'failure' : 'success';
    return result;
  };

  const runWatcher = (file: string, branch?: string, how: string = 'workflow_dispatch'): Promise<WorkflowResult> => {
    const event = branch === undefined ? 'schedule' : how;
    const run = world.addRun({ event, path: `.github/workflows/${file}`, conclusion: null });
    return runOf(file, run, {}, branch === undefined ? {} : { branch });
  };

  const ofFile = (suffix: string): Workflows => ({
    plan: (pull) =>
      runOf(`plan${suffix}.yml`, world.addRun({ path: pathOf('plan', suffix), conclusion: null }), {
        pull_request: { number: pull.number, head: { sha: pull.headSha } },
      }),
    async apply(how = {}) {
      const environments: string[] = [];
      const { event = how.digest === undefined ? 'push' : 'workflow_dispatch', attempt = 1, actor = octocat } = how;
      const run = world.addRun({ event, path: pathOf('apply', suffix), conclusion: null, attempt, actor });
      const result = await runOf(
        `apply${suffix}.yml`,
        run,
        {},
        {
          ...how,
          onEnvironment: async (name) => {
            environments.push(name);
            return how.onEnvironment?.(name);
          },
        },
      );
      return { ...result, environments };
    },
    planByHand: (pull, branch = world.defaultBranch) => {
      const headBranch = branch.replace(/^refs\/tags\//, '');
      const run = world.addRun({
        event: 'workflow_dispatch',
        path: pathOf('plan', suffix),
        headBranch,
        actor: actionsBot,
        conclusion: null,
      });
      return runOf(`plan${suffix}.yml`, run, {}, { branch, inputs: { 'pull-request': String(pull.number) } });
    },
    queue: () => {
      const branch = `gh-readonly-queue/${world.defaultBranch}/pr-1`;
      const run = world.addRun({
        event: 'merge_group',
        path: pathOf('plan', suffix),
        headBranch: branch,
        conclusion: null,
      });
      return runOf(`plan${suffix}.yml`, run, { merge_group: { head_ref: `refs/heads/${branch}` } }, { branch });
    },
    drift: (branch, event) => runWatcher(`drift${suffix}.yml`, branch, event),
    expire: (branch) => runWatcher(`expire${suffix}.yml`, branch),
    review: (by) => {
      const { actor = octocat, owner = '', branch = world.defaultBranch, attempt = 1 } = by ?? {};
      const run = world.addRun({
        event: by ? 'workflow_dispatch' : 'schedule',
        path: pathOf('review', suffix),
        headBranch: branch.replace(/^refs\/tags\//, ''),
        conclusion: null,
        actor,
        attempt,
      });
      return runOf(`review${suffix}.yml`, run, {}, { branch, attempt, ...(by && { inputs: { owner } }) });
    },
    async dispatched() {
      const results: WorkflowResult[] = [];
      for (const { file, ref, inputs, actor } of world.dispatches.splice(0)) {
        const run = world.addRun({
          event: 'workflow_dispatch',
          path: `.github/workflows/${file}`,
          headBranch: ref,
          actor,
          conclusion: null,
        });
        results.push(await runOf(file, run, {}, { branch: ref, inputs }));
      }
      return results;
    },
  });

  return {
    github,
    emulator,
    emulators,
    variables,
    addInstance,
    ofFile,
    ...ofFile(''),
    artifactFolder(name) {
      const found = [...world.artifacts.values()].findLast((artifact) => artifact.name === name);
      return found && path.join(folder, 'artifacts', String(found.id));
    },
  };
}

function actionsOf(
  github: GitHubStandIn,
  emulators: ReadonlyMap<string, TimedEmulator>,
  folder: string,
  run: Run,
  { bin, isOfTeam, isDenied }: { bin: string; isOfTeam: boolean; isDenied: boolean },
): Record<string, Action> {
  const { world } = github;
  const folderOf = (id: number): string => path.join(folder, 'artifacts', String(id));
  return {
    'actions/checkout': (input, { workspace }) => {
      if (input['persist-credentials'] !== 'false') throw new Error('the token would stay in the checkout');
      const tip = world.commits.get(world.branches.get(world.defaultBranch) ?? '');
      writeTree(workspace, tip?.tree ?? {});
      cloneFrom(world, 'identity-center-history', { origin: path.join(folder, 'origin'), clone: workspace });
      // No command writes to it.
      if (!isOfTeam) symlinkSync(path.join(root, '.github'), path.join(workspace, '.github'));
      return {};
    },
    './.github/actions/setup': (_input, job) => {
      const action = path.join(job.workspace, '.github/actions/setup/action.yml');
      if (!existsSync(action)) throw new Error('no checkout');
      job.env['PATH'] = `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`;
      return {};
    },
    'aws-actions/configure-aws-credentials': (input, job) => takeRole(emulators, input, job, isDenied),
    'actions/upload-artifact': (input, { workspace }) => {
      const files = (input['path'] ?? '').trim().split('\n');
      const relative = files.find((file) => file.split('/').some((part) => part === '.' || part === '..'));
      if (relative !== undefined) throw new Error(`Invalid pattern '${relative}'. Relative pathing is not allowed`);
      // A relative one is one of the checkout; the jobs keep what they make outside of it.
      const there = files.filter((file) => existsSync(path.resolve(workspace, file)));
      if (there.length === 0 && input['if-no-files-found'] === 'error') throw new Error('no files to upload');
      if (there.length === 0) return {};
      const name = input['name'] ?? '';
      const isThere = [...world.artifacts.values()].some((one) => one.runId === run.id && one.name === name);
      if (isThere && input['overwrite'] !== 'true') throw new Error(`an artifact ${name} already exists on the run`);
      const { id } = world.addArtifact({ name, runId: run.id });
      // The folder that all that is named has in common becomes the top: of one file its folder, of one folder itself.
      const [first = ''] = there;
      const top = files.length > 1 ? commonFolder(files) : statSync(first).isDirectory() ? first : path.dirname(first);
      for (const file of there) {
        const filter = (one: string): boolean => one === file || isTaken(path.relative(file, one));
        cpSync(file, path.join(folderOf(id), path.relative(top, file)), { recursive: true, filter });
      }
      return { 'artifact-id': String(id) };
    },
    'actions/download-artifact': (input, { workspace }) => {
      const from = Number(input['run-id'] ?? run.id);
      const found = [...world.artifacts.values()].findLast(({ id, name, runId }) =>
        input['artifact-ids'] === undefined
          ? name === input['name'] && runId === from
          : String(id) === input['artifact-ids'],
      );
      if (!found || found.expired) throw new Error('Artifact not found');
      cpSync(folderOf(found.id), path.resolve(workspace, input['path'] ?? '.'), { recursive: true });
      return {};
    },
  };
}

/** What is hidden is left out of an artifact. Errors: a name that some file system does not take is refused. */
function isTaken(file: string): boolean {
  if (/["<>|*?:\r\n]/.test(file)) throw new Error(`The path ${file} is not valid in an artifact`);
  return !path.basename(file).startsWith('.');
}

/** The deepest folder that all of these files are in. */
function commonFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map((file) => path.dirname(file).split(path.sep));
  const depth = first.findIndex((part, index) => others.some((parts) => parts[index] !== part));
  return first.slice(0, depth === -1 ? undefined : depth).join(path.sep);
}

function writeTree(folder: string, files: Tree): void {
  for (const [name, entry] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof entry === 'string' || entry instanceof Uint8Array) writeFileSync(file, entry);
    else if ('link' in entry) symlinkSync(entry.link, file);
    else mkdirSync(file);
  }
}

async function takeRole(
  emulators: ReadonlyMap<string, TimedEmulator>,
  input: Record<string, string>,
  job: RunningJob,
  isDenied: boolean,
): Promise<Record<string, string>> {
  if (job.permissions['id-token'] !== 'write') throw new Error('the job may not ask for a token');
  const [, account = '', purpose] = /::(\d+):role\/idc-(plan|apply)$/.exec(input['role-to-assume'] ?? '') ?? [];
  const emulator = emulators.get(account);
  if ((purpose !== 'plan' && purpose !== 'apply') || !emulator) throw new Error('no role to assume');
  // From here on the jobs have this role's rights: they run one after another.
  const nothing = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
  emulator.setPolicy(isDenied && purpose === 'apply' ? nothing : await printed(purpose, emulator));
  Object.assign(job.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: input['aws-region'] ?? '',
    AWS_ENDPOINT_URL: emulator.url,
  });
  return {};
}
