import { describe, expect, it } from 'vitest';
import { comparePlans, lessThan } from '../../src/core/plan-difference.ts';
import { renderDifference } from '../../src/render/text/text-difference.ts';
import type { Plan } from '../../src/core/plan.ts';
import { buildPlan } from '../render/plan-builder.ts';

const uses = (...names: string[]): Plan =>
  buildPlan([], {
    access: {
      applications: { gained: names.map((name) => ({ user: 'ann', application: `arn:${name}`, name })), lost: [] },
    },
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

describe('what lets a permission set escalate privileges', () => {
  it('is told in words, which a later version may put otherwise: they are no difference', () => {
    const plan = (power: string): Plan =>
      buildPlan([], { risks: [{ code: 'powerful-grant', permissionSet: 'Ops', powers: [power], reach: [] }] });
    const [one, other] = [plan('the policy IAMFullAccess'), plan('the managed policy IAMFullAccess')];
    expect(one.digest).toBe(other.digest);
    expect(comparePlans(one, other)).toBeUndefined();
  });
});
