import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/render/markdown/plan.ts';
import { renderText } from '../../src/render/text/text.ts';
import { buildPlan, buildStep } from './plan-builder.ts';

const look = { color: false, width: 80 };
const place = { file: 'identity.yaml', line: 14, column: 3 };
const limits = [
  { key: 'safety.maxRemovals', before: '5', after: '60', loosens: true, place },
  { key: 'rules.deny', before: null, after: '{ users: [a*] }', loosens: false, place },
  { key: 'ignore.groups', before: null, after: 'a|b `c` @team\n\u202Ehidden', loosens: true },
];

describe('limits of the file', () => {
  it('come before everything else, and a plan that loosens one never says No changes', () => {
    for (const steps of [[], [buildStep('create', 'user/ann')]]) {
      const plan = buildPlan(steps, { limits });
      const [text, markdown] = [renderText(plan, { ...look, width: 120 }), renderMarkdown(plan)];
      for (const shown of [text, markdown]) {
        expect(shown).not.toContain('No changes');
        expect(shown).toContain('2 limits are loosened');
        const [at, others] = [
          shown.indexOf('Limits of the file, against'),
          ['Access:', '### Users', '\nUsers', 'user/ann'],
        ];
        expect(at).toBeGreaterThan(0);
        for (const other of others.map((word) => shown.indexOf(`${word}\n`)))
          expect(other === -1 || other > at).toBe(true);
      }
    }
  });

  it('are one inert line each in a text', () => {
    expect(renderText(buildPlan([], { limits }), { ...look, width: 120 })).toContain(
      [
        'Limits of the file, against main at 3f2c1ab',
        '  ! safety.maxRemovals: 5 -> 60, loosened (identity.yaml:14)',
        '  ~ rules.deny: added { users: [a*] } (identity.yaml:14)',
        String.raw`  ! ignore.groups: added a|b ${'`c`'} @team\n\u202ehidden, loosened`,
        '',
      ].join('\n'),
    );
  });

  it('are a table in Markdown, in which nothing has an effect', () => {
    expect(renderMarkdown(buildPlan([], { limits }))).toContain(
      [
        '### Limits of the file, against `main at 3f2c1ab`',
        '',
        '| Limit | `main at 3f2c1ab` | Here |',
        '|---|---|---|',
        '| `safety.maxRemovals` (`identity.yaml:14`) | `5` | `60`, **loosened** |',
        '| `rules.deny` (`identity.yaml:14`) | none | `{ users: [a*] }` |',
        String.raw`| ${'`ignore.groups`'} | none | ${'``a\\|b `c` @team\\n\\u202ehidden``'}, **loosened** |`,
        '',
      ].join('\n'),
    );
    expect(renderMarkdown(buildPlan([], { limits }))).toContain('Nothing to apply, but the limits must be reviewed.');
  });

  it('are links to their lines where the address of the files is known', () => {
    const filesUrl = 'https://github.example/o/r/blob/abc';
    expect(renderMarkdown(buildPlan([], { limits }), { filesUrl })).toContain(
      '| `safety.maxRemovals` ([`identity.yaml:14`](https://github.example/o/r/blob/abc/identity.yaml#L14)) |',
    );
  });

  it('that only narrow leave a plan without changes', () => {
    const plan = buildPlan([], { limits: limits.filter(({ loosens }) => !loosens) });
    expect(renderText(plan, look)).toContain('No changes. Identity Center matches the file.');
    expect(renderText(plan, look)).toContain('rules.deny: added');
  });
});

describe('a plan that was not compared with the file before', () => {
  const { base: _base, ...without } = buildPlan([]);
  const unread = buildPlan([], { base: { missing: 'main has 1 error\u202E' } });

  it('says why first', () => {
    expect(renderText(unread, look)).toMatch(
      /^The limits of the file were not compared with the file before: main has 1\n {2}error\\u202e\.\n\n/,
    );
    expect(renderMarkdown(unread)).toMatch(
      /^<!-- idc:plan -->\n## .*\n\nThe limits of the file were not compared with the file before: main has/,
    );
    expect(renderMarkdown(without)).toContain('not compared with the file before: none was given.');
  });

  it('says it once to a pull request, whose note has the reason', () => {
    const options = { ofPullRequest: true, note: 'No run has applied the file yet.' };
    const remark = 'No run has applied the file yet. The limits of the file were not compared with the file before.';
    const fetched = buildPlan([], { base: { missing: 'No run has applied the file yet' } });
    for (const plan of [without, fetched]) {
      const text = renderMarkdown(plan, options);
      expect(text).toContain(`\n\n${remark}\n\n`);
      expect(text.split('No run has applied').length).toBe(2);
    }
    const both = renderMarkdown(unread, options).split('No run has applied the file yet. Merging');
    expect([both.length, both[0]?.includes('before: main has 1')]).toEqual([2, true]);
    expect(renderMarkdown(buildPlan([]), options)).toContain(
      'No run has applied the file yet. Merging changes nothing.',
    );
  });

  it('says nothing of it on a terminal where none was given', () => {
    expect(renderText(without, look)).not.toContain('not compared');
  });
});
