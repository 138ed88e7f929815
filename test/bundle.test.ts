import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { bundleOptions } from '../scripts/bundle.mjs';

let outputs: Metafile['outputs'];
beforeAll(async () => {
  const { metafile } = await build({ ...bundleOptions, outdir: 'dist', write: false, metafile: true as const });
  outputs = metafile.outputs;
});

/** All that is loaded with a source file: its chunk, and what that imports statically. */
function loadedWith(source: string): string[] {
  const start = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === source) ?? '';
  expect(start, `${source} has no chunk of its own`).not.toBe('');
  const files = new Set([start]);
  for (const file of files) {
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') files.add(path);
  }
  return [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

const packagesOf = (inputs: string[]): string[] => [
  ...new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [])),
];

it('the start, and with it --help, loads the argument parser alone', () => {
  expect(packagesOf([...loadedWith('src/main.ts'), ...loadedWith('src/cli/program.ts')])).toEqual(['commander']);
});

it('the start, and with it every definition of a command, loads nothing of ours but the command line', () => {
  const own = [...loadedWith('src/main.ts'), ...loadedWith('src/cli/program.ts')].filter((file) =>
    file.startsWith('src/'),
  );
  expect(own).toContain('src/cli/commands/github/fetch.ts');
  const core = ['src/core/clock.ts', 'src/core/file-name.ts', 'src/core/version.ts', 'src/main.ts'];
  expect(own.filter((file) => !core.includes(file) && !/^src\/cli\/(commands\/.*|[a-z-]+\.ts)$/.test(file))).toEqual(
    [],
  );
});

it.each(['validate', 'profiles', 'iam-policy'])('%s does not load the AWS SDK', (command) => {
  const packages = packagesOf(loadedWith(`src/cli/run/${command}.ts`));
  expect(packages).toContain('yaml');
  expect(packages.filter((name) => /^@(aws-sdk|smithy|octokit)/.test(name))).toEqual([]);
});

it.each(['cli/run/plan', 'source/snapshot', 'source/snapshot-format'])(
  'plan --snapshot loads %s, and no AWS SDK with it',
  (part) => {
    const packages = packagesOf(loadedWith(`src/${part}.ts`));
    expect(packages).toContain('zod');
    expect(packages.filter((name) => /^@(aws-sdk|smithy|octokit)/.test(name))).toEqual([]);
  },
);

it.each(['cli/run/doctor', 'doctor/snapshot'])('doctor --snapshot loads %s, and no AWS SDK with it', (part) => {
  const packages = packagesOf(loadedWith(`src/${part}.ts`));
  expect(packages).toContain('zod');
  expect(packages.filter((name) => /^@(aws-sdk|smithy|octokit)/.test(name))).toEqual([]);
});

it.each([
  ['fetch', true],
  ['comment', true],
  ['find-plan', true],
  ['drift', true],
  ['check-tip', true],
  ['check-approvers', true],
  ['decide', false],
])('github %s does not load the AWS SDK; it loads GitHub’s client: %s', (command, asksGitHub) => {
  const packages = packagesOf(loadedWith(`src/cli/run/github/${command}.ts`));
  expect(packages.filter((name) => /^@(aws-sdk|smithy)/.test(name))).toEqual([]);
  expect(packages.includes('@octokit/rest')).toBe(asksGitHub);
});

it.each(['plan', 'apply'])('%s does not load GitHub’s client', (command) => {
  expect(packagesOf(loadedWith(`src/cli/run/${command}.ts`)).filter((name) => name.startsWith('@octokit'))).toEqual([]);
});

it('access loads the page only where one is asked for, and never what runs in the browser', () => {
  const loaded = [...loadedWith('src/cli/run/access.ts'), ...loadedWith('src/cli/run/plan.ts')];
  expect(loaded.filter((file) => file.startsWith('src/access-page/'))).toEqual([]);
  const page = loadedWith('src/access-page/write-page.ts');
  expect(page).toContain('src/access-page/html.ts');
  expect(packagesOf(page).filter((name) => name === 'preact')).toEqual([]);
  expect(page.filter((file) => /access-page\/(browser|model)\//.test(file))).toEqual([]);
});
