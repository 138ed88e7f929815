import type { Content } from '../../src/policies/content.ts';

/** A statement that allows; Resource `*` without one. */
export const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

export const deny = (Action: string | string[], Resource: string | string[] = '*', Condition?: object): object => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});

/** A set of AWS managed policies, by name, and of statements. */
export const set = (...policies: (string | object)[]): Content => {
  const statements = policies.filter((policy) => typeof policy === 'object');
  return {
    managedPolicies: policies.filter((policy) => typeof policy === 'string'),
    customerManagedPolicies: [],
    ...(statements.length > 0 && { inlinePolicy: { Version: '2012-10-17', Statement: statements } }),
  };
};

export const bounded = (content: Content, managedPolicy: string): Content => ({
  ...content,
  permissionsBoundary: { managedPolicy },
});
