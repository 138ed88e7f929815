import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { identityFormat } from '../src/config/schema/document.ts';
import { load } from './config/support.ts';

const root = path.join(import.meta.dirname, '..');
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('emulator'))
  .map((file) => readFileSync(path.join(root, 'src', file), 'utf8'));

const sorted = (texts: string[]): string[] => [...new Set(texts)].sort();

it('docs/codes.md explains every code, and no other', () => {
  const text = readFileSync(path.join(root, 'docs', 'codes.md'), 'utf8');
  const explained = [...text.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code),
  );
  const used = sources.flatMap((source) => [
    ...[...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code = '']) => code),
    ...[...source.matchAll(/new ReportedError\(\s*'([a-z-]+)'/g)].map(([, code = '']) => code),
    ...[...(/diagnosticCodes = \{([\s\S]*?)\} as const/.exec(source)?.[1] ?? '').matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(
      ([, code = '']) => code,
    ),
  ]);
  used.push(...identityFormat.references.map(({ to }) => `unknown-${to}`));
  // Inside another message, never on their own.
  const inner = [
    'file-outside',
    'file-too-large',
    'files-too-large',
    'not-text',
    'not-utf-8',
    'git-failed',
    'no-git',
    'no-merge-base',
    'no-such-commit',
    'not-in-commit',
  ];
  expect(used.length).toBeGreaterThan(50);
  expect(sorted(explained)).toEqual(sorted([...used, 'access-denied'].filter((code) => !inner.includes(code))));
});

it('the files in docs/several-files.md can be read as they stand there', () => {
  const text = readFileSync(path.join(root, 'docs', 'several-files.md'), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n# (\S+)\n([^]*?)^```$/gm)];
  const [[, main = '', first = ''] = [], ...others] = blocks;
  const policy = '{ "Statement": { "Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*" } }';
  const files = Object.fromEntries(others.map(([, file = '', content = '']) => [file, content]));
  const loaded = load(first, { ...files, 'teams/policies/no-secrets.json': policy });
  expect(main).toBe('identity.yaml');
  expect(loaded.includes?.map(({ file }) => file)).toEqual(Object.keys(files));
  expect(loaded.warnings).toEqual([]);
  const { DataReader, DataNightReader } = loaded.document.permissionSets ?? {};
  expect(DataNightReader).toEqual({ ...DataReader, sessionDuration: '8h' });
});
