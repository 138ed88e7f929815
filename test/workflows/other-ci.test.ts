import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { startEmulator } from '../support/emulator.ts';
import { plant } from '../support/organisation.ts';
import { installProgram } from '../support/workflow/program.ts';

// The scripts of docs/other-ci.md, as they stand there, run by sh. npm and curl are stand-ins: one installs the program as it is
// published, the other keeps what it was asked, since there is no GitLab.

interface Job {
  variables?: Record<string, string>;
  script?: string[];
}
type Pipeline = Record<string, Job> & { default: { before_script: string[] } };

const page = readFileSync('docs/other-ci.md', 'utf8');
const [, text = ''] = /^```yaml\n([^]*?)^```$/m.exec(page) ?? [];
const pipeline = parse(text) as Pipeline;

const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const file = (groups: object): string =>
  stringify({ version: 1, identityCenter: { region: 'us-east-1', instanceArn: arn }, groups: { ops: {}, ...groups } });

async function project() {
  const emulator = await startEmulator({ seed: { region: 'us-east-1', instanceArn: arn }, behaviour: { asyncMs: 0 } });
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-other-ci-'));
  onTestFinished(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await plant(emulator, { groups: { ops: {} } });
  const [checkout, home, tools] = ['checkout', 'home', 'tools'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [checkout, home, tools]) mkdirSync(one);
  const bin = await installProgram(folder);
  const tool = (name: string, script: string): void => {
    writeFileSync(path.join(tools, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(tools, name), 0o755);
  };
  tool('npm', `mkdir -p node_modules/.bin && cp '${path.join(bin, 'idc')}' node_modules/.bin/idc`);
  tool(
    'curl',
    `printf '%s\\n' "$@" >> '${folder}/asked.txt'
while [ $# -gt 1 ]; do if [ "$1" = --output ]; then cp '${folder}/artifact.json' "$2" || exit 22; fi; shift; done`,
  );
  const run = (command: string, args: readonly string[], env: Record<string, string> = {}) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const all = {
        PATH: `${tools}:${process.env['PATH'] ?? ''}`,
        HOME: home,
        AWS_ENDPOINT_URL: emulator.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'us-east-1',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ...env,
      };
      execFile(command, args, { cwd: checkout, env: all }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, said: out + err }),
      );
    });
  const git = async (...args: string[]): Promise<string> => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    const { code, said } = await run('git', [...who, ...args]);
    expect(code, said).toBe(0);
    return said.trim();
  };
  const commit = async (groups: object, message: string): Promise<string> => {
    writeFileSync(path.join(checkout, 'identity.yaml'), file(groups));
    await git('add', '.');
    await git('commit', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  await git('init', '-b', 'main');
  for (const name of ['package.json', 'package-lock.json']) writeFileSync(path.join(checkout, name), '{}\n');
  const first = await commit({}, 'first');
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  /** A job, as a runner joins its lines; the role is the emulator's. */
  const job = (name: string, env: Record<string, string> = {}) => {
    const lines = [...pipeline.default.before_script, ...(pipeline[name]?.script ?? [])];
    return run('sh', ['-ec', lines.join('\n')], {
      CI_DEFAULT_BRANCH: 'main',
      CI_COMMIT_BRANCH: 'main',
      CI_COMMIT_BEFORE_SHA: first,
      CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
      CI_PROJECT_ID: '7',
      CI_MERGE_REQUEST_IID: '42',
      CI_PIPELINE_URL: 'https://gitlab.example.com/p/1',
      AWS_TOKEN: 'token',
      ...env,
    });
  };
  const read = (name: string): string => readFileSync(path.join(checkout, name), 'utf8');
  return { emulator, folder, checkout, git, commit, job, read };
}

it('every job of the page has a script that a story below runs', () => {
  const jobs = Object.keys(pipeline).filter((name) => pipeline[name]?.script !== undefined);
  expect(jobs).toEqual(['review', 'note', 'plan', 'apply', 'approve']);
});

it('what was reviewed is applied after the merge, exactly; what moved since waits for a person', async () => {
  const { emulator, folder, checkout, commit, job, read } = await project();
  await commit({ trial: {} }, 'Add trial');
  // A file of the merge request that npm would obey, beside which nothing starts npm.
  writeFileSync(path.join(checkout, '.npmrc'), 'node-options=--import=data:text/javascript,process.exit(9)\n');
  const reviewed = await job('review');
  expect(reviewed.code, reviewed.said).toBe(0);
  expect(read('note.md')).toMatch(/^<!-- idc:plan -->\n## Plan/);
  expect(read('note.md')).toContain('trial');
  const noted = await job('note');
  expect(noted.code, noted.said).toBe(0);
  const asked = readFileSync(path.join(folder, 'asked.txt'), 'utf8');
  expect(asked).toContain('body@note.md\nhttps://gitlab.example.com/api/v4/projects/7/merge_requests/42/notes\n');
  writeFileSync(path.join(folder, 'artifact.json'), read('plan.json'));

  await commit({ trial: {} }, 'Merge branch trial\n\nSee merge request group/project!42');
  const planned = await job('plan');
  expect(planned.code, planned.said).toBe(0);
  expect(read('decision.txt')).toContain('environment=identity-center-apply\n');
  await plant(emulator, { groups: { stray: {} } });
  const moved = await job('apply');
  expect(moved.code, moved.said).not.toBe(0);
  expect(emulator.world.groups.size).toBe(2);

  const again = await job('plan');
  expect(again.code, again.said).toBe(0);
  expect(read('decision.txt')).toContain('environment=identity-center-approve\n');
  const waits = await job('apply');
  expect([waits.code, waits.said]).toEqual([0, expect.stringContaining('It waits for the job approve.')]);
  expect(emulator.world.groups.size).toBe(2);
  const approved = await job('approve');
  expect(approved.code, approved.said).toBe(0);
  expect(
    emulator.world.groups
      .rows()
      .map(({ DisplayName }) => DisplayName)
      .sort(),
  ).toEqual(['ops', 'trial']);
});

it('a merge without a reviewed plan waits', async () => {
  const { commit, job, read, checkout } = await project();
  await commit({ trial: {} }, 'pushed directly');
  const planned = await job('plan');
  expect(planned.code, planned.said).toBe(0);
  expect(existsSync(path.join(checkout, 'reviewed/plan.json'))).toBe(false);
  expect(read('decision.txt')).toContain('environment=identity-center-approve\n');
});
