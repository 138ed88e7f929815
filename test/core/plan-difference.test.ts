import { describe, expect, it } from 'vitest';
import { comparePlans, lessThan } from '../../src/core/plan-difference.ts';
import { renderDifference } from '../../src/render/text/text-difference.ts';
import type { Plan } from '../../src/core/plan.ts';
import { buildPlan, buildStep, gains } from '../render/plan-builder.ts';

const uses = (...names: string[]): Plan =>
  buildPlan([], {
    access: { applications: Object.fromEntries(names.map((name) => [name, ['ann']])) },
  });

describe('the applications that people gain', () => {
  it('are more than was reviewed, and told, or fewer', () => {
    const [few, many] = [uses('Wiki'), uses('Payroll', 'Wiki')];
    expect(few.digest).not.toBe(many.digest);
    const difference = comparePlans(few, many);
    expect(difference?.access.applications.gained.map(({ name }) => name)).toEqual(['Payroll']);
    expect(difference && renderDifference(difference, many, { color: false, width: 80 })).toContain(
      'ann gains the application Payroll',
    );
    expect(comparePlans(many, few)).toBeUndefined();
    expect(lessThan(many, few)?.access.applications.gained.map(({ name }) => name)).toEqual(['Payroll']);
  });
});

it('a user who may be another person was reviewed with what they hold', () => {
  const plan = (address: string, accounts: string[], applications: string[] = []): Plan => {
    const changes = [{ field: 'email', type: 'value' as const, before: 'ann@example.com', after: address }];
    const holds = [{ permissionSet: 'Reader', accounts }];
    return buildPlan([], { access: { changedHands: [{ user: 'ann', changes, holds, applications }] } });
  };
  const [one, more] = [plan('a@b', ['111122223333']), plan('a@b', ['111122223333', '444455556666'], ['Wiki'])];
  expect(new Set([buildPlan([]), one, more].map(({ digest }) => digest)).size).toBe(3);
  const difference = comparePlans(one, more);
  expect(difference && renderDifference(difference, more, { color: false, width: 80 })).toContain(
    'ann gets another e-mail address (ann@example.com, now a@b) and holds Reader\n    in staging and the application Wiki',
  );
  expect(comparePlans(buildPlan([]), one)?.access.changedHands).toEqual(one.access.changedHands);
  expect(comparePlans(plan('c@d', ['111122223333']), one)?.access.changedHands).toEqual(one.access.changedHands);
  expect([comparePlans(more, one), comparePlans(one, one)]).toEqual([undefined, undefined]);
});

it('an account that was only renamed makes no difference', () => {
  const plan = (name: string): Plan =>
    buildPlan([buildStep('create', 'assignment/111122223333/Admin/USER/ann', { label: `Admin in ${name} to ann` })], {
      access: { gained: [gains('ann', 'Admin', '111122223333', '')] },
      accounts: { '111122223333': name },
    });
  const [one, other] = [plan('prod'), plan('production')];
  expect(one.digest).toBe(other.digest);
  expect([comparePlans(one, other), lessThan(one, other)]).toEqual([undefined, undefined]);
});

it('the end of a grant is a part of what was reviewed', () => {
  const plan = (until?: string): Plan =>
    buildPlan([buildStep('create', 'assignment/111122223333/Admin/USER/ann', until === undefined ? {} : { until })]);
  const [forever, soon] = [plan(), plan('2027-01-31')];
  expect(forever.digest).not.toBe(soon.digest);
  expect(comparePlans(soon, forever)?.changed).toHaveLength(1);
  expect(comparePlans(forever, plan())).toBeUndefined();
});

describe('what makes a permission set powerful', () => {
  it('is described in words that a later version may change, so they make no difference', () => {
    const plan = (power: string): Plan =>
      buildPlan([], {
        risks: [
          { code: 'powerful-grant', permissionSet: 'Ops', powers: [power], accounts: ['111122223333'], reach: [] },
        ],
      });
    const [one, other] = [plan('the policy IAMFullAccess'), plan('the managed policy IAMFullAccess')];
    expect(one.digest).toBe(other.digest);
    expect(comparePlans(one, other)).toBeUndefined();
  });
});

describe('the limits of the file', () => {
  const limit = (after: string, loosens = true) => ({ key: 'safety.maxRemovals', before: '5', after, loosens });

  it('are a part of what was reviewed', () => {
    const [none, one, other] = [
      buildPlan([]),
      buildPlan([], { limits: [limit('6')] }),
      buildPlan([], { limits: [limit('7')] }),
    ];
    expect(new Set([none, one, other].map(({ digest }) => digest)).size).toBe(3);
    expect(comparePlans(none, one)?.limits).toEqual([limit('6')]);
    expect(comparePlans(one, other)?.limits).toEqual([limit('7')]);
    expect([comparePlans(one, one), comparePlans(one, none)]).toEqual([undefined, undefined]);
    expect(comparePlans(none, buildPlan([], { limits: [limit('4', false)] }))).toBeUndefined();
  });

  it('are told where they are looser than reviewed', () => {
    const [was, is] = [buildPlan([]), buildPlan([], { limits: [limit('6')] })];
    const difference = comparePlans(was, is);
    expect(difference && renderDifference(difference, is, { color: false, width: 80 })).toContain(
      'Limits that differ from the review:\n  ! safety.maxRemovals: 5 -> 6, loosened\n',
    );
  });

  it('were compared in the review, and are not in a plan without the file before', () => {
    const { base: _base, ...without } = buildPlan([]);
    const [compared, unread] = [buildPlan([]), buildPlan([], { base: { missing: 'it is not there' } })];
    const difference = comparePlans(compared, without);
    expect(difference?.lacksBase).toBe(true);
    expect(difference && renderDifference(difference, without, { color: false, width: 80 })).toContain(
      'The review compared the file with the file before, but this plan does not',
    );
    expect(comparePlans(compared, unread)?.lacksBase).toBe(true);
    expect([comparePlans(without, unread), comparePlans(unread, compared)]).toEqual([undefined, undefined]);
  });
});
