import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { leadText, negativesText, refusalText } from '../../../src/render/view/lead.ts';
import { viewPlan } from '../../../src/render/view/view.ts';
import { buildPlan, buildStep, gains, loses, type PlanParts } from '../plan-builder.ts';

const leadOf = (rest: PlanParts): string | undefined =>
  leadText(viewPlan(buildPlan([buildStep('create', 'group/a')], rest)));

it('names two people and counts more', () => {
  const gained = (...users: string[]): PlanParts => ({
    access: { gained: users.map((user) => gains(user, 'Read', '111122223333', '')) },
  });
  expect(leadOf(gained('rin'))).toBe('rin gains access');
  expect(leadOf(gained('rin', 'sora'))).toBe('rin and sora gain access');
  expect(leadOf(gained('rin', 'sora', 'mei'))).toBe('3 people gain access');
});

it('tells limits first, then administrators, then who gains and who loses', () => {
  const lead = leadOf({
    limits: [{ key: 'safety.maxRemovals', before: '5', after: '60', loosens: true }],
    access: {
      gained: [gains('rin', 'Admin', '111122223333', ''), gains('mei', 'Read', '111122223333', '')],
      lost: [loses('ken', 'Read', '111122223333', '')],
      lastAccess: ['ken'],
      newAdministrators: [{ users: ['rin'], accounts: ['111122223333'] }],
    },
  });
  expect(lead).toBe(
    '1 limit is loosened; rin becomes an administrator of production; mei and rin gain access; ken loses the last access',
  );
});

it('says that an administrator gains access once', () => {
  const lead = leadOf({
    access: {
      gained: [gains('rin', 'Admin', '111122223333', '')],
      newAdministrators: [{ users: ['rin'], accounts: ['111122223333'] }],
    },
  });
  expect(lead).toBe('rin becomes an administrator of production');
});

it('counts risks where no one gains or loses access, and tells those that have words of their own', () => {
  const deleted = { code: 'user-deleted', message: 'm', isRisk: true as const };
  const page = { code: 'other-first-page', message: 'm', isRisk: true as const, aside: 'the page changes' };
  const grave = { code: 'mfa-condition', message: 'm', isRisk: true as const, lead: 'no one may pass' };
  expect(leadOf({})).toBe('no one gains or loses access');
  expect(leadOf({ warnings: [deleted] })).toBe('no one gains or loses access, but there is 1 risk');
  expect(leadOf({ warnings: [deleted, deleted] })).toBe('no one gains or loses access, but there are 2 risks');
  expect(leadOf({ warnings: [page] })).toBe('the page changes');
  expect(leadOf({ warnings: [page, deleted, grave] })).toBe('no one may pass; the page changes');
  expect(leadOf({ warnings: [page, page, page] })).toBe('the page changes; the page changes; 1 more risk');
});

it('says what a reviewer need not look for, and nothing of limits that were not compared', () => {
  const negatives = (rest: PlanParts): string | undefined =>
    negativesText(viewPlan(buildPlan([buildStep('create', 'group/a')], rest)));
  expect(negatives({})).toBe(
    'No new administrator, no edited permission set that people hold, no lost access, no loosened limit, no changed or near end.',
  );
  expect(negatives({ base: { missing: 'the file before could not be read' } })).toBe(
    'No new administrator, no edited permission set that people hold, no lost access.',
  );
  expect(negatives({ violations: [{ code: 'last-administrator', message: 'm', allow: 'a' }] })).toBeUndefined();
});

it('has words for every refusal', () => {
  const codes = readFileSync('docs/codes.md', 'utf8');
  const [, section = ''] = /## Refusals of a plan\n([\s\S]*?)\n## /.exec(codes) ?? [];
  const listed = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code = '']) => code);
  expect(listed.length).toBeGreaterThan(10);
  for (const code of listed) {
    const refusal = refusalText({ violations: [{ code, message: '', allow: '' }] });
    expect(refusal, code).not.toBe('');
  }
});
