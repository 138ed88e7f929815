import { stableJson } from '../core/stable-json.ts';
import { type Content, managedPolicyName } from './content.ts';
import { isObject, rawStatements, type Documents, type RawStatement } from './documents.ts';
import { type Data, readStatement, type Statement } from './statement.ts';
import { type Verdicts, verdictsOf, within } from './verdicts.ts';

/** What is known of a set's policies. */
export interface Held {
  statements: readonly Statement[];
  /** Undefined where it has no boundary, or one of unknown content. */
  boundary: readonly Statement[] | undefined;
  /** Policies that may allow or deny anything: customer managed, not in the data, or `inlinePolicy` where it is not a document. */
  unknownPolicies: readonly string[];
  unknownBoundary: string | undefined;
}

export type Hold = (content: Content) => Held;

/** Reads the policies of sets, each policy once. */
export function holder(documents: Documents, data: Data): Hold {
  const managed = new Map<string, Statement[] | undefined>();
  const inline = new Map<string, Statement[]>();

  const read = (raw: readonly RawStatement[]): Statement[] => raw.flatMap((one) => readStatement(one, data) ?? []);
  const ofManaged = (name: string): Statement[] | undefined => {
    if (!managed.has(name)) {
      const raw = documents(name);
      managed.set(name, raw && read(raw));
    }
    return managed.get(name);
  };
  const ofInline = (document: RawStatement): Statement[] => {
    const key = stableJson(document);
    const found = inline.get(key) ?? read(rawStatements(document));
    inline.set(key, found);
    return found;
  };

  return ({ managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary: bounds = {} }) => {
    const names = managedPolicies.map(managedPolicyName);
    const managedBoundary = 'managedPolicy' in bounds ? managedPolicyName(bounds.managedPolicy) : undefined;
    const boundary = managedBoundary === undefined ? undefined : ofManaged(managedBoundary);
    const customerBoundary = 'customerManagedPolicy' in bounds ? bounds.customerManagedPolicy : undefined;
    return {
      statements: [
        ...names.flatMap((name) => ofManaged(name) ?? []),
        ...(isObject(inlinePolicy) ? ofInline(inlinePolicy) : []),
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
export function knownVerdicts({ statements, boundary }: Held, data: Data): Verdicts {
  const own = verdictsOf(statements, data.actions.count, data.resourceTypes);
  return boundary ? within(own, verdictsOf(boundary, data.actions.count, data.resourceTypes)) : own;
}

/** The most that a set can allow, whatever the policies of unknown content have. */
export function mostVerdicts(held: Held, data: Data): Verdicts {
  const everything = readStatement({ Effect: 'Allow', Action: '*', Resource: '*' }, data);
  return knownVerdicts({ ...held, statements: [...held.statements, ...(everything ? [everything] : [])] }, data);
}
