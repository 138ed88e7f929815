import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
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
    ...[...source.matchAll(/(?:new ReportedError|super)\(\s*'([a-z-]+)'/g)].map(([, code = '']) => code),
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

describe('links', () => {
  const pages = ['README.md', 'README.ja.md', 'CHANGELOG.md', 'SECURITY.md', '.github/CONTRIBUTING.md'].concat(
    readdirSync(path.join(root, 'docs'))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  );
  const textOf = (page: string): string =>
    readFileSync(path.join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
  /** As GitHub names a heading. */
  const anchorsOf = (page: string): string[] =>
    [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    );

  it.each(pages)('of %s lead to files and headings that exist', (page) => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const wrong = links.filter((link) => {
      if (/^[a-z]+:/.test(link)) return !URL.canParse(link) || !link.startsWith('https://');
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(wrong).toEqual([]);
  });

  it('lead from the README to every page', () => {
    const linked = new Set([...textOf('README.md').matchAll(/\]\((docs\/[\w-]+\.md)/g)].map(([, page]) => page));
    expect(pages.filter((page) => page.startsWith('docs/') && !linked.has(page))).toEqual([]);
  });
});

it('the README is read in a few minutes', () => {
  expect(readFileSync(path.join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(151);
});

it('the Japanese README has the commands, the file and the limits of the English one', () => {
  const [english, japanese] = ['README.md', 'README.ja.md'].map((file) => readFileSync(path.join(root, file), 'utf8'));
  const blocks = (text = ''): string[] => text.match(/^```(sh|yaml)$[\s\S]*?^```$/gm) ?? [];
  expect(blocks(english).length).toBeGreaterThan(2);
  expect(blocks(japanese)).toEqual(blocks(english));
  const count = (text = '', what: RegExp): number => text.match(what)?.length ?? 0;
  expect(count(japanese, /^\|/gm)).toBe(count(english?.split('## Try it')[0], /^\|/gm));
  expect(count(japanese, /^- \*\*/gm)).toBe(count(english, /^- \*\*/gm));
});
