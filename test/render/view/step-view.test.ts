import { describe, expect, it } from 'vitest';
import type { FieldChange, Step } from '../../../src/core/plan.ts';
import { diffDocument, groupSteps, type StepGroup } from '../../../src/render/view/step-view.ts';
import { accountName, buildStep } from '../plan-builder.ts';

const group = (...steps: Step[]): StepGroup[] => groupSteps(steps, [], accountName);

const fieldsOf = (...changes: FieldChange[]) =>
  group(buildStep('update', 'user/taro', { changes }))[0]?.steps[0]?.fields;

describe('steps as they are shown', () => {
  it('stand by kind, in the order in which a kind first comes', () => {
    const groups = group(
      buildStep('create', 'permission-set/B'),
      buildStep('create', 'assignment/1'),
      buildStep('create', 'permission-set/A'),
    );
    expect(groups.map(({ heading, steps }) => [heading, ...steps.map(({ label }) => label)])).toEqual([
      ['Permission sets', 'B', 'A'],
      ['Assignments', '1'],
    ]);
  });

  it('name the other half of a replacement even where it is not in the plan', () => {
    const [step] = group(buildStep('create', 'permission-set/New', { replaces: 'permission-set/Old' }))[0]?.steps ?? [];
    expect([step?.sign, step?.note]).toEqual(['+/-', "replaces Old, since permission sets can't be renamed"]);
  });

  it('say by their sign whether a field comes, changes or goes', () => {
    const value = (before: string | null, after: string | null): FieldChange => ({
      field: 'f',
      type: 'value',
      before,
      after,
    });
    const set = (added: string[], removed: string[]): FieldChange => ({ field: 'f', type: 'set', added, removed });
    const fields = fieldsOf(
      value(null, 'a'),
      value('a', 'b'),
      value('b', null),
      set(['a'], []),
      set(['a'], ['b']),
      set([], ['b']),
    );
    expect(fields?.map(({ sign }) => sign).join('')).toBe('+~-+~-');
  });

  it('quote a value whose ends can not be seen', () => {
    const fields = fieldsOf({ field: 'f', type: 'value', before: ' a', after: 'b -> c' });
    expect(fields).toEqual([{ type: 'value', sign: '~', name: 'f', before: '" a"', after: '"b -> c"' }]);
  });
});

describe('a line diff', () => {
  const numbered = (count: number, changed = 0): string =>
    Array.from({ length: count }, (_, index) => (index + 1 === changed ? 'changed' : `line ${index + 1}`)).join('\n');

  it('has three lines of context', () => {
    expect(diffDocument(numbered(20), numbered(20, 10)).map(({ sign, text }) => sign + text)).toEqual([
      '@@@ -7,7 +7,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+changed',
      ' line 11',
      ' line 12',
      ' line 13',
    ]);
  });

  it('does not remark upon the end of the text', () => {
    expect(diffDocument('a', 'b').map(({ sign }) => sign)).toEqual(['@', '-', '+']);
  });

  it('makes carriage returns visible', () => {
    expect(diffDocument('a\nb', 'a\r\nb')).toContainEqual({ sign: '+', text: String.raw`a\r` });
  });
});
