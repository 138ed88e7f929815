import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll } from 'vitest';
import { parse } from 'yaml';
import type { JobStep } from '../github/index.ts';
import { readOutputs } from '../github/run.ts';
import { holds, interpolate, type Context } from './expressions.ts';

export interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, string | boolean | number>;
  env?: Record<string, string>;
  'working-directory'?: string;
  'continue-on-error'?: boolean;
}

interface Job {
  needs?: string | string[];
  if?: string;
  environment?: string;
  permissions?: Record<string, string>;
  env?: Record<string, string>;
  outputs?: Record<string, string>;
  steps: Step[];
}

interface Workflow {
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

export interface JobResult {
  result: 'success' | 'failure' | 'skipped';
  outputs: Record<string, string>;
  /** How each of them ended; none of a job that did not begin. */
  steps: JobStep[];
}

/** What a step's action sees of the job that it is part of. */
export interface RunningJob {
  workspace: string;
  /** `runner.temp` */
  temp: string;
  permissions: Record<string, string>;
  environment: string | undefined;
  /** For all later steps of the job. */
  env: Record<string, string>;
}

/** Stands in for an action; throws where the action would fail. */
export type Action = (
  input: Record<string, string>,
  job: RunningJob,
) => Promise<Record<string, string>> | Record<string, string>;

export interface WorkflowRun {
  file: string;
  folder: string;
  github: Context & { run_id: string };
  /** Of a person who starts it by hand. */
  inputs: Record<string, string>;
  vars: Record<string, string>;
  /** The variables of an environment, which GitHub makes where a job names one that is not there. */
  openEnvironment(name: string): Record<string, string>;
  /** By the name of the action, without its version. */
  actions: Record<string, Action>;
  env: Record<string, string>;
  /** The token of a job, which may do no more than the job's permissions say. */
  tokenOf(permissions: Record<string, string>): string;
  /** Every command that is run is noted here. */
  ran: Set<string>;
  /** Called when a job has ended. */
  onJobEnd?: (name: string, job: JobResult) => void;
  /** Called before a job of an environment begins, where GitHub asks for its approval; false rejects it. */
  onEnvironment?: (environment: string) => Promise<boolean>;
}

export interface WorkflowResult {
  jobs: Record<string, JobResult>;
  log: string;
  summary: string;
}

/** Runs a workflow's jobs one after another, as GitHub would: conditions, outputs, environments, and its commands for real. */
export async function runWorkflow(run: WorkflowRun): Promise<WorkflowResult> {
  const workflow = parse(readFileSync(run.file, 'utf8')) as Workflow;
  const jobs: Record<string, JobResult> = {};
  const summary = path.join(run.folder, 'summary.md');
  mkdirSync(run.folder, { recursive: true });
  writeFileSync(summary, '');
  let log = '';
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const needs = [job.needs ?? []].flat();
    for (const need of needs) if (!jobs[need]) throw new Error(`${name} needs ${need}, which stands after it`);
    const context = {
      github: run.github,
      inputs: run.inputs,
      vars: run.vars,
      needs: Object.fromEntries(needs.map((need) => [need, jobs[need]])),
    };
    const status = {
      success: () => needs.every((need) => jobs[need]?.result === 'success'),
      failure: () => needs.some((need) => jobs[need]?.result === 'failure'),
      cancelled: () => false,
      always: () => true,
    };
    if (!holds(job.if, context, status)) {
      const skipped: JobResult = { result: 'skipped', outputs: {}, steps: [] };
      jobs[name] = skipped;
      run.onJobEnd?.(name, skipped);
      continue;
    }
    const ended = await runJob(run, { ...workflow.env }, name, job, context, summary);
    jobs[name] = ended;
    log += ended.log;
    run.onJobEnd?.(name, ended);
  }
  return { jobs, log, summary: readFileSync(summary, 'utf8') };
}

async function runJob(
  run: WorkflowRun,
  workflowEnv: Record<string, string>,
  name: string,
  job: Job,
  context: Context,
  summary: string,
): Promise<JobResult & { log: string }> {
  const environment = job.environment === undefined ? undefined : interpolate(job.environment, context);
  const ofEnvironment = environment === undefined ? {} : run.openEnvironment(environment);
  if (environment !== undefined && (await run.onEnvironment?.(environment)) === false) {
    return { result: 'failure', outputs: {}, steps: [], log: `${name}: rejected\n` };
  }
  const vars = { ...run.vars, ...ofEnvironment };
  const workspace = mkdtempSync(path.join(run.folder, `${name}-`));
  const temp = mkdtempSync(path.join(run.folder, `${name}-temp-`));
  const running: RunningJob = { workspace, temp, permissions: job.permissions ?? {}, environment, env: {} };
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  let failed = false;
  let log = '';
  const github = { ...run.github, token: run.tokenOf(running.permissions) };
  const here = (): Context => ({ ...context, github, vars, steps, env: running.env, runner: { temp } });
  const functions = {
    success: () => !failed,
    failure: () => failed,
    cancelled: () => false,
    always: () => true,
  };
  const fill = (texts: Record<string, unknown> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, interpolate(String(text), here(), functions)]));
  Object.assign(running.env, fill({ ...workflowEnv, ...job.env }));

  const ended: JobStep[] = [];
  for (const step of job.steps) {
    const noted: JobStep = { name: step.name ?? step.uses ?? step.run ?? '', conclusion: 'skipped' };
    ended.push(noted);
    if (!holds(step.if, here(), functions)) continue;
    noted.conclusion = 'success';
    const outputs: Record<string, string> = {};
    if (step.id !== undefined) steps[step.id] = { outputs };
    try {
      if (step.uses !== undefined) {
        Object.assign(outputs, await actionOf(run, step.uses)(fill(step.with), running));
        continue;
      }
      const { folder = '.' } = fill({ ...(step['working-directory'] && { folder: step['working-directory'] }) });
      const { code, written } = await runCommand(
        run,
        running,
        { ...step, folder },
        fill(step.env),
        summary,
        (text) => (log += text),
      );
      // What a command has written counts, also where it fails afterwards.
      Object.assign(outputs, written);
      if (code !== 0) throw new Error(`exit ${code}`);
    } catch (error) {
      log += `${step.name ?? step.uses ?? step.run}: ${(error as Error).message}\n`;
      if (step['continue-on-error'] === true) continue;
      failed = true;
      noted.conclusion = 'failure';
    }
  }
  return { result: failed ? 'failure' : 'success', outputs: fill(job.outputs), steps: ended, log };
}

function actionOf({ actions }: WorkflowRun, uses: string): Action {
  const action = actions[uses.replace(/@.*/, '')];
  if (!action) throw new Error(`nothing stands in for ${uses}`);
  return action;
}

async function runCommand(
  run: WorkflowRun,
  job: RunningJob,
  { run: script = '', folder }: Pick<Step, 'run'> & { folder: string },
  env: Record<string, string>,
  summary: string,
  tell: (text: string) => void,
): Promise<{ code: number | null; written: Record<string, string> }> {
  run.ran.add(script);
  const output = path.join(mkdtempSync(path.join(run.folder, 'step-')), 'output');
  writeFileSync(output, '');
  const code = await runScript(
    {
      script,
      cwd: path.resolve(job.workspace, folder),
      env: {
        ...run.env,
        ...job.env,
        ...env,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: job.workspace,
        RUNNER_TEMP: job.temp,
      },
    },
    tell,
  );
  return { code, written: readOutputs(readFileSync(output, 'utf8')) };
}

let starter: ChildProcess | undefined;
afterAll(async () => {
  starter?.disconnect();
  if (starter) await once(starter, 'exit');
});

/** One at a time, as the steps of a job are. */
async function runScript(
  command: { script: string; cwd: string; env: Record<string, string> },
  tell: (text: string) => void,
): Promise<number | null> {
  const process = (starter ??= fork(path.join(import.meta.dirname, 'starter.mjs'), { execArgv: [] }));
  return await new Promise((resolve) => {
    process.on('message', function hear(said: { text: string } | { code: number | null }) {
      if ('text' in said) return tell(said.text);
      process.off('message', hear);
      resolve(said.code);
    });
    process.send(command);
  });
}
