import { describe, expect, it } from 'vitest';
import { managedPolicyNames } from '../../scripts/managed-policy-names.ts';
import data from '../../src/config/managed-policies.json' with { type: 'json' };
import { managedPolicies, suggestManagedPolicy } from '../../src/config/managed-policies.ts';
import { createNearest, findNearest } from '../../src/config/nearest-name.ts';

describe('the nearest name', () => {
  it.each([
    ['hanakoo', 'hanako'],
    ['HANAKO', 'hanako'],
    ['hanoka', 'hanako'],
    ['tita', undefined],
    ['tar', 'taro'],
    ['ｔａｒｏ', 'taro'],
    ['prod', 'production'],
    ['x', undefined],
    ['', undefined],
  ])('to %j is %j', (name, expected) => {
    expect(findNearest(name, ['hanako', 'taro', 'production', 'staging'])).toBe(expected);
  });

  it('is the first of those that are equally near', () => {
    expect(findNearest('bat', ['cat', 'hat'])).toBe('cat');
  });

  it('is none where several begin like it', () => {
    expect(findNearest('prod', ['production-a', 'production-b'])).toBeUndefined();
  });

  it('is no longer looked for after very many questions', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `name-${index}`);
    const nearest = createNearest(names);
    const found = Array.from({ length: 5000 }, (_, index) => nearest(`nome-${index}`)).filter(
      (name) => name !== undefined,
    );
    expect(found).toHaveLength(100);
  });
});

describe('AWS managed policies', () => {
  it('are those of the package in the lock file (npm run data writes them)', () => {
    expect(data).toEqual(managedPolicyNames());
    expect(data.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('are known with their paths', () => {
    expect(managedPolicies.has('ReadOnlyAccess')).toBe(true);
    expect(managedPolicies.has('job-function/Billing')).toBe(true);
    expect([...managedPolicies].filter((name) => !/^([a-z-]+\/)?[\w+=,.@-]+$/.test(name))).toEqual([]);
  });

  it.each([
    ['ReadonlyAccess', 'ReadOnlyAccess'],
    ['SecurityAudits', 'SecurityAudit'],
    ['Billing', 'job-function/Billing'],
    ['job-functions/Billing', 'job-function/Billing'],
    ['AWSLambdaFullAccess', 'AWSLambda_FullAccess'],
    ['arn:aws:iam::aws:policy/PowerUserAcess', 'PowerUserAccess'],
    ['arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAcces', 'job-function/ViewOnlyAccess'],
    ['PowerUserAccess', undefined],
    ['job-function/ViewOnlyAccess', undefined],
    ['SomethingNewFullAccess', undefined],
  ])('are suggested: %s', (name, expected) => {
    expect(suggestManagedPolicy(name)).toBe(expected);
  });
});
