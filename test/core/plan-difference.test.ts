import { describe, expect, it } from 'vitest';
import { comparePlans, lessThan } from '../../src/core/plan-difference.ts';
import { renderDifference } from '../../src/render/text/text-difference.ts';
import type { Plan } from '../../src/core/plan.ts';
import { buildPlan, buildStep } from '../render/plan-builder.ts';

const joins = (applications: string[]): Plan =>
  buildPlan([buildStep('create', 'membership/ops/ann', { label: 'ann in ops', carriesApplications: applications })]);

describe('the applications that a membership carries', () => {
  it('are more than was reviewed, and told, or fewer', () => {
    const [few, many] = [joins(['Wiki']), joins(['Payroll', 'Wiki'])];
    expect(few.digest).not.toBe(many.digest);
    const difference = comparePlans(few, many);
    expect(difference?.applications.map(({ names }) => names)).toEqual([['Payroll']]);
    expect(difference && renderDifference(difference, many, { color: false, width: 80 })).toContain(
      'membership ann in ops carries the application Payroll',
    );
    expect(comparePlans(many, few)).toBeUndefined();
    expect(lessThan(many, few)?.applications.map(({ names }) => names)).toEqual([['Payroll']]);
  });
});

describe('what makes a permission set powerful', () => {
  it('is told in words, which a later version may put otherwise: they are no difference', () => {
    const plan = (power: string): Plan =>
      buildPlan([], { risks: [{ code: 'powerful-grant', permissionSet: 'Ops', powers: [power], reach: [] }] });
    const [one, other] = [plan('the policy IAMFullAccess'), plan('the managed policy IAMFullAccess')];
    expect(one.digest).toBe(other.digest);
    expect(comparePlans(one, other)).toBeUndefined();
  });
});
