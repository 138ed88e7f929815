import * as z from '../../../core/zod.ts';
import { conditionKey, conditionOperator, policyAction, policyResource, policySid } from './grammar.ts';
import { mapRule } from '../map-rule.ts';

const oneOrMany = (text: z.ZodMiniString) => z.union([text, z.array(text).check(z.minLength(1))]);
const actions = oneOrMany(policyAction);
const resources = oneOrMany(policyResource);
const conditionValue = z.union([z.string(), z.number(), z.boolean()]);
const condition = z.record(
  conditionOperator,
  z.record(conditionKey, z.union([conditionValue, z.array(conditionValue)])),
);

const exactlyOne = (a: string, b: string) => (statement: Record<string, unknown>) =>
  (statement[a] === undefined) !== (statement[b] === undefined);

const statement = z
  .strictObject({
    Sid: z
      .optional(policySid)
      .register(z.docs, { description: 'A name for the statement: letters and digits, once in a policy.' }),
    Effect: z.enum(['Allow', 'Deny']).register(z.docs, { description: 'A denial wins over whatever allows.' }),
    Action: z
      .optional(actions)
      .register(z.docs, { description: 'What may be called.', examples: ['s3:GetObject', ['s3:Get*', 's3:List*']] }),
    NotAction: z.optional(actions).register(z.docs, { description: 'Everything but these actions.' }),
    Resource: z
      .optional(resources)
      .register(z.docs, { description: 'ARNs, or * for all.', examples: ['*', 'arn:aws:s3:::bucket/*'] }),
    NotResource: z.optional(resources).register(z.docs, { description: 'Everything but these ARNs.' }),
    Condition: z.optional(condition).register(z.docs, {
      description: 'By operator, then by condition key.',
      examples: [{ Bool: { 'aws:MultiFactorAuthPresent': true } }],
    }),
  })
  .check(
    z.refine(exactlyOne('Action', 'NotAction'), mapRule('needs exactly one of Action and NotAction')),
    z.refine(exactlyOne('Resource', 'NotResource'), mapRule('needs exactly one of Resource and NotResource')),
  )
  .register(z.docs, { title: 'Statement', description: 'One statement of the policy.' });

/** An identity-based IAM policy, written as YAML or JSON. */
export const policyDocument = z
  .strictObject({
    Version: z.optional(z.enum(['2012-10-17', '2008-10-17'])).register(z.docs, {
      description: 'The version of the policy language; without it, policy variables are plain text.',
    }),
    Id: z.optional(z.string()).register(z.docs, { description: 'An id for the document.' }),
    Statement: z
      .union([statement, z.array(statement).check(z.minLength(1))])
      .register(z.docs, { description: 'One statement, or a list of them.' }),
  })
  .register(z.docs, {
    title: 'Policy',
    description: 'An IAM policy document, as YAML. A principal is not part of it: the assignment says who.',
  });

export type PolicyDocument = z.infer<typeof policyDocument>;

/** The text that is sent. */
export function minify(document: PolicyDocument): string {
  return JSON.stringify(document);
}

/** The live text as a document; as the text itself where AWS gave something that is no JSON. */
export function parsePolicy(text: string): PolicyDocument {
  try {
    return JSON.parse(text) as PolicyDocument;
  } catch {
    return text as unknown as PolicyDocument;
  }
}

const keyOrder = ['Version', 'Id', 'Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const rank = (key: string): number => (keyOrder.indexOf(key) + keyOrder.length + 1) % (keyOrder.length + 1);

/**
 * Two documents of one meaning get one form: keys in order, a single value and a list of one alike, actions, resources
 * and condition values as sets, actions without case. The order of statements stays.
 */
export function comparablePolicy(document: unknown): unknown {
  return canonical(document, (action) => action.toLowerCase());
}

/** The same form for people: actions keep their case, a list of one is written as its value. */
export function printPolicy(document: unknown): string {
  if (typeof document === 'string') return document;
  return JSON.stringify(
    canonical(document, (action) => action),
    null,
    2,
  );
}

function canonical(document: unknown, action: (text: string) => string): unknown {
  if (!isRecord(document)) return document;
  const statements = [document['Statement'] ?? []].flat() as unknown[];
  return {
    ...sortKeys(document),
    Statement: statements.map((entry) => {
      if (!isRecord(entry)) return entry;
      return Object.fromEntries(
        Object.entries(sortKeys(entry)).map(([key, value]) => {
          if (key === 'Condition') return [key, canonicalCondition(value)];
          if (key.endsWith('Action')) return [key, valueSet(value, action)];
          return [key, key.endsWith('Resource') ? valueSet(value, (text) => text) : value];
        }),
      );
    }),
  };
}

function canonicalCondition(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const operators = Object.entries(sortKeys(value)).map(([operator, keys]) => [
    operator,
    isRecord(keys)
      ? Object.fromEntries(Object.entries(sortKeys(keys)).map(([key, values]) => [key, valueSet(values, String)]))
      : keys,
  ]);
  return Object.fromEntries(operators);
}

/** A set of texts, written as its only value where there is one. IAM reads `true` and `"true"` alike. */
function valueSet(value: unknown, form: (text: string) => string): unknown {
  const texts = [...new Set([value].flat().map((item) => form(String(item))))].sort();
  return texts.length === 1 ? texts[0] : texts;
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(record).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, record[key]]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** One text and a list of texts alike, as a list. */
export const textsOf = (value: unknown): string[] => [value ?? []].flat().map(String);
