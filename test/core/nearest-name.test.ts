import { describe, expect, it } from 'vitest';
import { allManagedPolicyNames, managedPolicyNames } from '../../scripts/managed-policy-names.ts';
import data from '../../src/policies/data/policy-names.json' with { type: 'json' };
import emulated from '../../src/emulator/resources/permission-set/managed-policy-names.json' with { type: 'json' };
import { managedPolicies, suggestManagedPolicy } from '../../src/kinds/permission-set/managed-policies.ts';
import { createNearest, createNearestPerson, findNearest } from '../../src/core/nearest-name.ts';

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

describe('the nearest person', () => {
  const directory = [
    'elena.mueller30@example.com',
    'maria.rossi@example.com',
    'taro@example.com',
    'ann',
    'hanako',
    'Wei',
    'dev@example.org',
    'mia.mueller',
    'h.yamada',
  ];

  it.each([
    ['two letters wrong', 'elena.muler30@example.com', 'elena.mueller30@example.com'],
    ['two neighbors swapped', 'hanaok', 'hanako'],
    ['one letter of a short name', 'anm', 'ann'],
    ['another case', 'WEII', 'Wei'],
    ['a name without its domain', 'taro', 'taro@example.com'],
    ['a domain after a name without one', 'hanako@example.com', 'hanako'],
    ['a slip in the domain', 'taro@exmaple.com', 'taro@example.com'],
    ['a dot forgotten', 'mariarossi@example.com', 'maria.rossi@example.com'],
    ['two parts, a letter wrong in each', 'mias.muller', 'mia.mueller'],
    ['slips in both parts', 'tarro@example.co', 'taro@example.com'],
  ])('is found: %s', (_, name, expected) => {
    expect(createNearestPerson(directory)(name)).toBe(expected);
  });

  it.each([
    ['another given name in the same family', 'sven.mueller70@example.com'],
    ['three letters wrong', 'maria.fusi@example.com'],
    ['two letters of a short name', 'abb'],
    ['two letters of a short name, one of them missing', 'amen'],
    ['letters of a short name in another order', 'nna'],
    ['the beginning of a name', 'han'],
    ['two letters of a short part', 'max.mueller'],
    ['another initial', 'k.yamada'],
    ['another domain', 'taro@partner.example'],
    ['another domain that is in use, one letter apart', 'taro@example.org'],
    ['the same domain alone', 'x@example.com'],
    ['no name', ''],
    ['no name before the domain', '@example.com'],
  ])('is no one: %s', (_, name) => {
    expect(createNearestPerson(directory)(name)).toBeUndefined();
  });

  it('is not found where two are equally near', () => {
    expect(createNearestPerson(['e10233', 'e10235'])('e10234')).toBeUndefined();
    expect(createNearestPerson(['taro@a.example', 'taro@b.example'])('taro')).toBeUndefined();
  });

  it('is the nearer of two', () => {
    expect(createNearestPerson(['hanaka', 'hanuku'])('hanako')).toBe('hanaka');
  });

  it('is one person in whatever case the name is known', () => {
    expect(createNearestPerson(['Hanako', 'hanako'])('hanakko')).toBe('Hanako');
  });
});

describe('AWS managed policies', () => {
  it('are those of the package in the lock file (npm run data writes them)', () => {
    expect(data).toEqual(managedPolicyNames());
    expect(emulated).toEqual(allManagedPolicyNames());
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
