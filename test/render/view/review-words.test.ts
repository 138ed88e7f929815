import { expect, it } from 'vitest';
import type { ReviewItem } from '../../../src/core/review.ts';
import { entriesWords, neverReviewedWords } from '../../../src/render/view/review-words.ts';

const item = (more: Partial<ReviewItem> = {}): ReviewItem => ({
  what: 'Read in production to ann',
  holders: ['ann'],
  gives: [],
  owners: [],
  due: [],
  ...more,
});

it.each<[string, ReviewItem[], string, string | undefined]>([
  ['one is due', [item({ due: ['was never reviewed'] }), item()], '2 entries, 1 due', undefined],
  ['all were reviewed', [item({ reviewed: '2026-11-30' })], '1 entry, 0 due', undefined],
  [
    'none is due, and some were never reviewed',
    [item(), item({ reviewed: '2026-11-30' })],
    '2 entries, 0 due',
    '1 was never reviewed: an entry is due where a rule of the file asks for it (rules.maxReviewAge).',
  ],
])('tells that nothing due does not mean reviewed: %s', (_, items, counted, remark) => {
  expect([entriesWords(items), neverReviewedWords(new Set(items))]).toEqual([counted, remark]);
});
