import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isNumberKept, templateDigests, type TemplateDigests } from '../scripts/template-digests.ts';
import { workflowTemplates } from '../scripts/workflow-templates.ts';
import { answersOf } from '../src/repository/places.ts';
import { keepNewerActions } from '../src/repository/newer-actions.ts';
import { compareWithTemplate } from '../src/repository/version-line.ts';
import { teamFiles } from './support/team-files.ts';

const root = path.join(import.meta.dirname, '..');

it('the workflows of a team are these, but for region, roles, branch and the variable that switches these on', () => {
  const made = workflowTemplates();
  const there = ['workflows', 'comments'].flatMap((folder) =>
    readdirSync(path.join(root, 'templates/dot-github', folder)).map(
      (name) => `templates/dot-github/${folder}/${name}`,
    ),
  );
  expect(new Set(there)).toEqual(new Set(made.keys()));
  // Where this fails: npm run templates.
  for (const [file, text] of made) expect(readFileSync(path.join(root, file), 'utf8'), file).toBe(text);
});

it('the workflows of another file differ from those of the first by its name alone', () => {
  const [first, other] = [teamFiles(), teamFiles(answersOf('sandbox/identity.yaml'))];
  const named = (text: string): string => text.replace(/idc templates .*/, '');
  for (const name of ['plan', 'apply', 'drift', 'expire']) {
    const text = named(other[`.github/workflows/${name}-sandbox.yml`] ?? '');
    expect(text).not.toBe('');
    const back = text.replaceAll('-sandbox', '').replace('sandbox/identity.yaml', 'identity.yaml');
    expect(back).toBe(named(first[`.github/workflows/${name}.yml`] ?? ''));
    // What both would use or overwrite.
    for (const [, own] of text.matchAll(
      /^ +(?:name: |group: |run: .*--workflow )(idc-.*|plan.*|apply.*|identity-.*)$/gm,
    ))
      expect(own).toContain('-sandbox');
  }
});

it('a template whose text changes raises the number of the templates, by which `github check` tells the old ones', () => {
  const kept = JSON.parse(readFileSync(path.join(root, 'test/template-digests.json'), 'utf8')) as TemplateDigests;
  // Where this fails: raise templatesVersion in src/repository/version-line.ts, then `npm run templates`.
  expect(templateDigests(root)).toEqual(kept);
  const changed = { ...kept, digests: { ...kept.digests, 'README.md': 'x' } };
  expect(isNumberKept(kept, changed)).toBe(true);
  expect(isNumberKept(kept, { ...changed, version: kept.version + 1 })).toBe(false);
  expect(isNumberKept(kept, kept)).toBe(false);
});

it('a line is either the same in both, or holds what a team chooses', () => {
  for (const [file, text] of workflowTemplates()) {
    if (!file.endsWith('.yml')) continue;
    const source = readFileSync(path.join(root, file.replace('templates/dot-github', '.github')), 'utf8').split('\n');
    const changed = text.split('\n').filter((line) => !source.includes(line));
    for (const line of changed)
      expect(line).toMatch(
        /\{\{(branch|region|planRole|applyRole|templates|file)\}\}$|\{\{history\}\}|\{\{branch\}\}\]$|\{\{suffix\}\}|^ {4}if: github\./,
      );
    expect(changed.length, file).toBeGreaterThanOrEqual(4);
  }
});

it('the role that writes is taken by the jobs that write alone', () => {
  const roles = Object.entries(teamFiles())
    .filter(([file]) => file.startsWith('.github/workflows/'))
    .flatMap(([file, text]) => {
      const { jobs } = parse(text) as { jobs: Record<string, { environment?: string; steps: { with?: object }[] }> };
      return Object.entries(jobs).flatMap(([job, { environment, steps }]) =>
        steps
          .map(({ with: input = {} }) => (input as Record<string, string>)['role-to-assume'])
          .filter((role) => role !== undefined)
          .map((role) => [path.basename(file), job, environment, role.replace(/.*\//, '')].join(' ')),
      );
    });
  expect(roles).toEqual([
    'apply.yml plan identity-center-plan idc-plan',
    'apply.yml apply ${{ needs.plan.outputs.environment }} idc-apply',
    'drift.yml plan identity-center-plan idc-plan',
    'expire.yml expire identity-center-apply idc-apply',
    'plan.yml plan identity-center-plan idc-plan',
    'review.yml review identity-center-plan idc-plan',
  ]);
});

it('every file that can have a comment has a version line, and none has a placeholder left', () => {
  const files = Object.entries(teamFiles());
  const without = files.filter(([, text]) => !/idc templates \d+ [0-9a-f]{12}\b/.test(text)).map(([file]) => file);
  expect(without).toEqual(['identity.yaml', 'package.json', 'policies/.gitkeep']);
  for (const [file, text] of files) expect(text, file).not.toMatch(/\{\{\w/);
});

it('CODEOWNERS names an owner for all that decides which code runs, and for the file', () => {
  const owned = [...(teamFiles()['.github/CODEOWNERS'] ?? '').matchAll(/^(\/\S+) +@octo-org\/identity$/gm)].map(
    ([, file]) => file,
  );
  expect(owned).toEqual([
    '/.github/',
    '/package.json',
    '/package-lock.json',
    '/.npmrc',
    '/identity.yaml',
    '/policies/',
  ]);
});

it('a new version waits a week, and one pull request brings all actions', () => {
  const { updates } = parse(teamFiles()['.github/dependabot.yml'] ?? '') as { updates: Record<string, unknown>[] };
  expect(updates.map(({ 'package-ecosystem': of, cooldown }) => [of, cooldown])).toEqual([
    ['npm', { 'default-days': 7 }],
    ['github-actions', { 'default-days': 7 }],
  ]);
});

describe('a file beside its template', () => {
  const file = '.github/workflows/drift.yml';
  const made = teamFiles()[file] ?? '';
  it.each([
    ['missing', undefined],
    ['current', made],
    ['current', made.replaceAll('\n', '\r\n')],
    // Edited, but there is nothing new for it.
    ['current', `${made}# ours\n`],
    ['current', made.replace(/@[0-9a-f]{40} # v[\d.]+/, `@${'a'.repeat(40)} # v99.0.0`)],
    ['outdated', teamFiles({ region: 'eu-west-1' })[file]],
    ['edited', `${teamFiles({ region: 'eu-west-1' })[file] ?? ''}# ours\n`],
    ['foreign', 'name: drift\n'],
  ])('is %s', (standing, there) => {
    expect(compareWithTemplate(there, made)).toBe(standing);
  });

  it('does not pass for what idc wrote where only its line was taken', () => {
    const [, mark = ''] = /^(.*)\n/.exec(teamFiles({ region: 'eu-west-1' })[file] ?? '') ?? [];
    expect(compareWithTemplate(`${mark}\nname: other\n`, made)).toBe('edited');
  });
});

it.each([
  ['v7.0.10', true],
  ['v10.0.0', true],
  ['v7.0.1', false],
  ['v6.9.9', false],
])('an upgrade keeps %s of an action beside v7.0.1: %s', (version, isKept) => {
  const made = `      - uses: actions/checkout@${'a'.repeat(40)} # v7.0.1\n      - uses: other/one@${'b'.repeat(40)} # v1.0.0\n`;
  const there = made.replace(`${'a'.repeat(40)} # v7.0.1`, `${'c'.repeat(40)} # ${version}`);
  expect(keepNewerActions(made, there)).toBe(isKept ? there : made);
});
