import { stableJson } from '../core/stable-json.ts';
import { type Content, managedPolicyName } from './content.ts';
import { isObject, rawStatements, type Documents, type RawStatement } from './documents.ts';
import { mergeEffects } from './effects.ts';
import { type Policy, readPolicy } from './policy.ts';
import type { Data, Statement } from './statement.ts';
import { type Verdicts, verdictsOf, within } from './verdicts.ts';

/** What is known of a set's policies. */
export interface Held {
  policies: readonly Policy[];
  /** Undefined where it has no boundary, or one of unknown content. */
  boundary: Policy | undefined;
  /** Policies that may allow or deny anything: customer managed, not in the data, or `inlinePolicy` where it is not a document. */
  unknownPolicies: readonly string[];
  unknownBoundary: string | undefined;
}

export type Hold = (content: Content) => Held;

/** Reads the policies of sets, each policy once. */
export function holder(documents: Documents, data: Data): Hold {
  const managed = new Map<string, Policy | undefined>();
  const inline = new Map<string, Policy>();

  const ofManaged = (name: string): Policy | undefined => {
    if (!managed.has(name)) {
      const raw = documents(name);
      managed.set(name, raw && readPolicy(raw, data));
    }
    return managed.get(name);
  };
  const ofInline = (document: RawStatement): Policy => {
    const key = stableJson(document);
    const found = inline.get(key) ?? readPolicy(rawStatements(document), data);
    inline.set(key, found);
    return found;
  };

  return ({ managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary: bounds = {} }) => {
    const names = managedPolicies.map(managedPolicyName);
    const managedBoundary = 'managedPolicy' in bounds ? managedPolicyName(bounds.managedPolicy) : undefined;
    const boundary = managedBoundary === undefined ? undefined : ofManaged(managedBoundary);
    const customerBoundary = 'customerManagedPolicy' in bounds ? bounds.customerManagedPolicy : undefined;
    return {
      policies: [
        ...names.flatMap((name) => ofManaged(name) ?? []),
        ...(isObject(inlinePolicy) ? [ofInline(inlinePolicy)] : []),
      ],
      boundary,
      unknownPolicies: [
        ...customerManagedPolicies,
        ...names.filter((name) => ofManaged(name) === undefined),
        ...(inlinePolicy === undefined || isObject(inlinePolicy) ? [] : ['inlinePolicy']),
      ],
      unknownBoundary: boundary ? undefined : (managedBoundary ?? customerBoundary),
    };
  };
}

/** What a set allows as far as its policies are known. */
export function knownVerdicts({ policies, boundary }: Held, data: Data): Verdicts {
  const effects = policies.map((policy) => policy.effects);
  const own = verdictsOf(mergeEffects(effects, data));
  return boundary ? within(own, verdictsOf(boundary.effects)) : own;
}

/** The statements of a set's policies, its boundary left out. */
export const ownStatements = ({ policies }: Held): Statement[] => policies.flatMap(({ statements }) => statements);

/** The most that a set can hold: its policies of unknown content allow everything. */
export const mostHeld = (held: Held, data: Data): Held =>
  held.unknownPolicies.length === 0
    ? held
    : { ...held, policies: [...held.policies, readPolicy([{ Effect: 'Allow', Action: '*', Resource: '*' }], data)] };
