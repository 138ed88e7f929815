import { expect, it } from 'vitest';
import { removalWarnings } from '../../src/reconcile/removals.ts';
import { buildStep } from '../render/plan-builder.ts';

it('says what goes, by kind and by name, and counts what is too long', () => {
  const groups = Array.from({ length: 13 }, (_, index) => buildStep('delete', `group/g${index}`));
  const steps = [...groups, buildStep('delete', 'permission-set/Old'), buildStep('create', 'group/new')];
  expect(removalWarnings(steps, new Set())).toEqual([
    {
      code: 'removals',
      message: 'The plan removes 13 groups: g0, g1, g2, g3, g4, g5, g6, g7, g8, g9 and 3 more.',
    },
    { code: 'removals', message: 'The plan removes 1 permission set: Old.' },
  ]);
});

it('passes over what something else takes the place of', () => {
  const steps = [
    buildStep('delete', 'permission-set/Old', { replacedBy: 'permission-set/New' }),
    buildStep('delete', 'assignment/carried'),
  ];
  expect(removalWarnings(steps, new Set(['assignment/carried']))).toEqual([]);
});
