import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'idc-release-'));
const tree = path.join(folder, 'tree');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const workflow = parse(readFileSync(path.join(root, '.github/workflows/release.yml'), 'utf8')) as {
  jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
};
const scriptOf = (name: string): string =>
  Object.values(workflow.jobs)
    .flatMap(({ steps }) => steps)
    .find((step) => step.name === name)?.run ?? '';

function bash(script: string, env: Record<string, string> = {}): { status: number | null; stderr: string } {
  const own = { PATH: process.env['PATH'], HOME: folder, npm_config_offline: 'true', DEFAULT_BRANCH: 'main' };
  // As GitHub runs a step.
  const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: tree,
    env: { ...own, ...env },
    encoding: 'utf8',
  });
  return { status, stderr };
}

const git = (text: string): void =>
  expect(bash(`git -c user.name=a -c user.email=a@b.example ${text}`).stderr).toBe('');

beforeAll(() => {
  const notCloned = ['.git', '.idc', 'coverage', 'dist', 'node_modules'];
  cpSync(root, tree, { recursive: true, filter: (file) => !notCloned.includes(path.relative(root, file)) });
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  const text = readFileSync(path.join(tree, 'CHANGELOG.md'), 'utf8');
  writeFileSync(path.join(tree, 'CHANGELOG.md'), text.replace('## Unreleased', `## ${version} (2026-12-01)`));
  git('init -q -b main .');
  git('commit -q --allow-empty -m one');
  git('update-ref refs/remotes/origin/main HEAD');
});

const check = (tag: string, sha: string): ReturnType<typeof bash> =>
  bash(scriptOf('Refuse a tag that is not the version, or not on the default branch'), {
    GITHUB_REF_NAME: tag,
    GITHUB_SHA: sha,
  });

it('a tag that is the version and has its section is taken, and its notes are those', () => {
  expect(check(`v${version}`, 'HEAD')).toEqual({ status: 0, stderr: '' });
  const notes = readFileSync(path.join(tree, 'notes.md'), 'utf8');
  expect(notes).toMatch(/^### Added\n/);
  expect(notes).not.toContain('## 0');
});

it('another tag, another branch and a version that the changelog lacks are refused', () => {
  expect(check('v99.0.0', 'HEAD').stderr).toContain(`the version in package.json is ${version}`);
  git('checkout -q -b other');
  git('commit -q --allow-empty -m two');
  expect(check(`v${version}`, 'HEAD').status).not.toBe(0);
  git('checkout -q main');
  const file = path.join(tree, 'CHANGELOG.md');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(`## ${version} (`, '## Unreleased ('));
  expect(check(`v${version}`, 'HEAD').stderr).toContain(`no section "## ${version} (DATE)"`);
  writeFileSync(file, text);
});

it('what is packed is the package, what it is made of, the schema and the digests', () => {
  expect(check(`v${version}`, 'HEAD').status).toBe(0);
  expect(bash(scriptOf('Pack it'), { GITHUB_REF_NAME: `v${version}` }).status).toBe(0);
  const release = path.join(tree, 'release');
  const tarball = `identity-center-as-code-${version}.tgz`;
  expect(readdirSync(release).sort()).toEqual(
    [
      'SHA256SUMS',
      'THIRD-PARTY-NOTICES',
      `identity-${version}.schema.json`,
      tarball,
      'notes.md',
      'sbom.cdx.json',
    ].sort(),
  );
  const digest = createHash('sha256')
    .update(readFileSync(path.join(release, tarball)))
    .digest('hex');
  expect(readFileSync(path.join(release, 'SHA256SUMS'), 'utf8')).toContain(`${digest}  ./${tarball}\n`);
});

it('the release on GitHub is drafted with all of that', () => {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/asked'\n`, { mode: 0o755 });
  const env = { GITHUB_REF_NAME: `v${version}`, PATH: `${bin}:${process.env['PATH']}` };
  expect(bash(scriptOf('Draft the release'), env)).toEqual({ status: 0, stderr: '' });
  const asked = readFileSync(path.join(folder, 'asked'), 'utf8').trim().split('\n');
  expect(asked.slice(0, 5)).toEqual(['release', 'create', `v${version}`, '--draft', '--verify-tag']);
  const files = asked.map((file) => path.basename(file));
  for (const file of readdirSync(path.join(tree, 'release'))) expect(files).toContain(file);
});

it('the changelog has a section for what comes, or for the version', () => {
  const text = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  expect(text.split('\n').some((line) => line === '## Unreleased' || line.startsWith(`## ${version} (`))).toBe(true);
});
