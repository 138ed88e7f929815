import { describe, expect, it } from 'vitest';
import type { Gone } from '../../src/core/findings.ts';
import { comparePlans } from '../../src/core/plan-difference.ts';
import { renderMarkdown } from '../../src/render/markdown/plan.ts';
import { renderDifference } from '../../src/render/text/text-difference.ts';
import { renderText } from '../../src/render/text/text.ts';
import { plainSentence } from '../../src/render/view/findings-view.ts';
import { frozenHeading, goneHeading, viewGone } from '../../src/render/view/gone-view.ts';
import { buildPlan } from './plan-builder.ts';

const place = (line: number) => ({ file: 'identity.yaml', line, column: 3 });
const bob: Gone = {
  subject: 'user',
  name: 'bob',
  effect: 'ignored',
  places: [place(4), place(9)],
  kept: [],
  alike: [],
};
const kept = (...labels: string[]): Gone['kept'] =>
  labels.map((label) => ({ id: `assignment/${label}`, kind: 'assignment', label }));
const unit: Gone = {
  subject: 'organizational-unit',
  name: 'Workloads/Old',
  effect: 'frozen',
  places: [place(7)],
  kept: kept('Reader in production to ann'),
  alike: ['Workloads/New'],
};
const look = { color: false, width: 400 };

describe('a frozen name', () => {
  it.each<[what: string, more: Partial<Gone>, text: string]>([
    [
      'with its new name',
      {},
      'renamed to "Workloads/New"? It grants nothing. 1 assignment is kept that would otherwise be removed: Reader in production to ann.',
    ],
    [
      'with several',
      { alike: ['A', 'B', 'C', 'D'] },
      'renamed to "A", "B" or "C"? It grants nothing. 1 assignment is kept that would otherwise be removed: Reader in production to ann.',
    ],
    ['with none', { alike: [], kept: [] }, 'renamed? It grants nothing. Nothing is kept because of it.'],
    [
      'with more than a line has room for',
      { alike: [], kept: kept('1', '2', '3', '4', '5', '6', '7') },
      'renamed? It grants nothing. 7 assignments are kept that would otherwise be removed: 1, 2, 3, 4, 5 and 2 more.',
    ],
  ])('is told %s', (_what, more, text) => {
    expect(viewGone([{ ...unit, ...more }]).frozen.map(plainSentence)).toEqual([
      `organizational unit "Workloads/Old" (identity.yaml:7): ${text}`,
    ]);
  });

  it('is a link to its line in a comment', () => {
    const filesUrl = 'https://github.example/o/r/blob/abc';
    expect(renderMarkdown(buildPlan([], { gone: [unit] }), { filesUrl })).toContain(
      '([`identity.yaml:7`](https://github.example/o/r/blob/abc/identity.yaml#L7)): renamed to',
    );
  });

  it('shows no control characters', () => {
    const [line] = viewGone([{ ...unit, name: 'a\u001b[2Jb', alike: ['c\u202ed'] }]).frozen.map(plainSentence);
    // oxlint-disable-next-line no-control-regex
    expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

it('is first in the comment and in the text, before what the file no longer needs', () => {
  const plan = buildPlan([], { gone: [unit, bob], accounts: { '111122223333': 'production' } });
  const [text, comment] = [renderText(plan, look), renderMarkdown(plan)];
  for (const shown of [text, comment]) {
    expect(shown).toContain('Identity Center matches the file, except for what is frozen');
    expect(shown.indexOf(goneHeading)).toBeGreaterThan(shown.indexOf(frozenHeading));
  }
  expect(comment.match(/^#+ .*/gm)?.slice(0, 2)).toEqual([
    "## Plan: 1 name can't be found and is frozen",
    `### ${frozenHeading}`,
  ]);
  expect(text).toContain(
    '* user "bob" (identity.yaml:4 and identity.yaml:9): it grants nothing. Remove it from the file.',
  );
  expect(renderText(buildPlan([], { gone: [bob] }), look)).toContain('Identity Center matches the file.');
});

it('is told where the review did not show it', () => {
  const [reviewed, now] = [buildPlan([], { gone: [bob] }), buildPlan([], { gone: [bob, unit] })];
  const difference = comparePlans(reviewed, now);
  expect(comparePlans(now, reviewed)).toBeUndefined();
  if (!difference) throw new Error('there is no difference');
  const heading = "Names that can't be found, not in the review";
  expect(renderDifference(difference, now, look)).toMatch(new RegExp(`^${heading}:\n.*"Workloads/Old"`));
  expect(renderMarkdown(now, { difference })).toContain(`### ${heading}\n\n- organizational unit`);
});
