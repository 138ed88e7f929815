import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../src/cli/io.ts';
import { startEmulator, type TimedEmulator } from './support/emulator.ts';
import { inFolder } from './support/in-folder.ts';
import { parseLine, wordsOf } from './support/parse-line.ts';
import { runIdc, type Ran } from './support/run-idc.ts';

// Every line of a shell block in the README and in docs/: those of idc are run, in a folder with all that they name and on an
// Identity Center that has what the example file says. The Japanese README has the blocks of the English one (docs.test.ts).

const root = path.join(import.meta.dirname, '..');
const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

interface Block {
  page: string;
  text: string;
}

const blocks: Block[] = pages.flatMap((page) =>
  [...readFileSync(path.join(root, page), 'utf8').matchAll(/^( *)```(?:sh|bash|console)\n([^]*?)^ *```$/gm)].map(
    ([, indent = '', text = '']) => ({ page, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }),
  ),
);

/** Without comments and what only a shell does with the output. */
const commandOf = (line: string): string => line.replace(/(^| +)# .*$/, '').replace(/^npx (?=idc )/, '');
const lines = [...new Set(blocks.flatMap(({ text }) => text.split('\n').map(commandOf)))].filter((line) => line !== '');
const isIdc = (line: string): boolean => /^idc |^eval "\$\(idc /.test(line);

/** Lines of idc that are only parsed here, by how they begin, and what runs them. */
const onlyParsed: Record<string, string> = {
  'idc github ': 'asks GitHub; test/cli/run/github/ and test/workflows/story.test.ts',
  'idc history': 'reads the history of a repository; test/cli/run/history.test.ts',
  'idc emulator': 'runs until it is ended; test/cli/run/emulator.test.ts',
  'eval "$(idc emulator': 'is evaluated by the shell; test/cli/run/emulator.test.ts',
  'idc demo': 'starts idc as other programs; test/package.test.ts',
  'idc completion': 'is read by a shell; test/cli/completion.test.ts',
  'idc validate - <': 'reads the standard input of the process; test/cli/process.test.ts',
};

/** Lines of other programs, whose syntax alone is checked, and why they are not run. */
const otherPrograms: Record<string, string> = {
  'npm ci && npm run demo': 'installs from a registry; npm run demo is idc demo',
  'npm ci': 'installs from a registry',
  'aws identitystore list-users': "the AWS CLI on the emulator is test/emulator/aws-cli.test.ts's",
  'aws cloudformation deploy': 'needs an AWS account; the template is read by test/cli/run/iam-templates.test.ts',
  'git fetch origin ': 'needs a repository on GitHub',
  'gh api ': 'needs GitHub',
  'gh workflow run ': 'needs GitHub; test/workflows/story.test.ts starts the workflows',
  'export GITHUB_TOKEN=$(gh auth token)': 'needs GitHub',
  'source <(idc completion': 'is read by a shell; test/cli/completion.test.ts',
};

const begins = (line: string, starts: object): string | undefined =>
  Object.keys(starts).find((start) => line.startsWith(start));

let emulator: TimedEmulator;
let prepared: string;
const folders = mkdtempSync(path.join(tmpdir(), 'idc-docs-'));

const env = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: folders,
  AWS_ENDPOINT_URL: emulator.url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  AWS_CONFIG_FILE: path.join(folders, 'aws-config'),
});

const answer = (question: string): Promise<string> =>
  Promise.resolve(/code owner/i.test(question) ? '@octo-org/identity' : 'yes');

const idc = (folder: string, args: readonly string[], io: Partial<Io> = {}): Promise<Ran> =>
  inFolder(folder, () => runIdc(args, { env: env(), canAsk: true, ask: answer, ...io }), env());

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      region: 'us-east-1',
      managementAccountId: '999988887777',
      instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
      accounts: Object.entries({
        management: '999988887777',
        production: '111122223333',
        staging: '444455556666',
        sandbox: '012345678901',
      }).map(([name, id]) => ({ name, id })),
    },
    behaviour: { asyncMs: 1 },
  });
  writeFileSync(
    path.join(folders, 'aws-config'),
    ['admin', 'production-admin']
      .map((name) => `[profile ${name}]\nregion = us-east-1\naws_access_key_id = a\naws_secret_access_key = b\n`)
      .join(''),
  );
  prepared = path.join(folders, 'prepared');
  mkdirSync(prepared);
  cpSync(path.join(root, 'policies'), path.join(prepared, 'policies'), { recursive: true });
  for (const file of ['identity.yaml', 'prod.yaml', 'sandbox.yaml'])
    cpSync(path.join(root, 'identity.yaml'), path.join(prepared, file));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: prepared });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'The file');
  const applied = await idc(prepared, ['apply', '--yes']);
  if (applied.code !== 0) throw new Error(applied.err);
  for (const plan of ['plan.json', 'reviewed.json']) await idc(prepared, ['plan', '--out', plan]);
  writeFileSync(path.join(prepared, 'policy.json'), (await idc(prepared, ['iam-policy', 'plan'])).out);
  for (const snapshot of ['live.json', 'monday.json', 'friday.json'])
    await idc(prepared, ['snapshot', '--out', snapshot]);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folders, { recursive: true, force: true });
});

it('there are blocks on most pages, and no entry of a list here is out of date', () => {
  expect(blocks.length).toBeGreaterThan(40);
  expect(lines.filter(isIdc).length).toBeGreaterThan(70);
  const unused = [...Object.keys(onlyParsed), ...Object.keys(otherPrograms)].filter(
    (start) => !lines.some((line) => line.startsWith(start)),
  );
  expect(unused).toEqual([]);
  expect(lines.filter((line) => !isIdc(line) && begins(line, otherPrograms) === undefined)).toEqual([]);
});

it('a shell can read every block', () => {
  for (const { page, text } of blocks) {
    execFileSync('bash', ['-n'], { input: text, stdio: ['pipe', 'ignore', 'inherit'] });
    expect(page).not.toBe('');
  }
});

describe('a line of idc', () => {
  it.each(lines.filter(isIdc))('has flags and arguments that exist: %s', async (line) => {
    const [, ...args] = wordsOf(/^eval "\$\((.*)\)"$/.exec(line)?.[1] ?? line);
    const { err, call } = await parseLine(args);
    expect(err).toBe('');
    expect(call).toBeDefined();
  });

  it.each(lines.filter((line) => isIdc(line) && begins(line, onlyParsed) === undefined))(
    'does its work: %s',
    async (line) => {
      const folder = mkdtempSync(path.join(folders, 'line-'));
      // What is written first of all is written in an empty folder.
      if (!/^idc (init|import)\b/.test(line)) cpSync(prepared, folder, { recursive: true });
      else cpSync(path.join(prepared, 'live.json'), path.join(folder, 'live.json'));
      const [, ...args] = wordsOf(line);
      const { code, out, err } = await idc(folder, args, { runNpm: () => Promise.resolve(true) });
      expect(code, `${out}\n${err}`).toBe(0);
    },
  );
});
