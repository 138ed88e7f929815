import type { AttributeOperation, Identitystore, User } from '@aws-sdk/client-identitystore';
import { isAwsError } from '../../core/errors.ts';
import { stableJson } from '../../core/stable-json.ts';
import { enterpriseAttributes } from './schema.ts';

/** The only extension of users that the Identity Store has (API reference of CreateUser), answered where it is asked for. */
export const extension = 'aws:identitystore:enterprise';

type EnterpriseField = keyof typeof enterpriseAttributes;

/** By the names that the Identity Store, SCIM and the file have for them. */
export type Enterprise = { readonly [Field in EnterpriseField]?: string | null | undefined };

export const enterpriseFields = Object.keys(enterpriseAttributes) as EnterpriseField[];

/** True where the enterprise attributes are spoken of, were it to say that there are none. */
export const speaksOfEnterprise = (attributes: Enterprise): boolean =>
  enterpriseFields.some((field) => attributes[field] !== undefined);

/** The enterprise attributes of an answer that was asked for them. SCIM has an object for the manager, with its `value`. */
export function enterpriseOf({ Extensions }: User): Record<EnterpriseField, string | undefined> {
  const found = membersOf(Extensions?.[extension]);
  return Object.fromEntries(enterpriseFields.map((field) => [field, textOf(found[field])])) as Record<
    EnterpriseField,
    string | undefined
  >;
}

/** The names of what the extension has beside, for which the file has no key. */
export const otherEnterpriseNames = ({ Extensions }: User): string[] =>
  Object.keys(membersOf(Extensions?.[extension]))
    .filter((name) => !(enterpriseFields as string[]).includes(name))
    .sort();

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'object' && value !== null ? membersOf(value)['value'] : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/**
 * How the enterprise attributes are written, as far as the API model leaves it open: whether a path leads to one of them or to
 * the extension, and whether the manager is a text or, as in SCIM and in `${path:enterprise.manager.value}`, an object.
 */
export interface Form {
  path: 'attribute' | 'extension';
  manager: 'object' | 'text';
}

const forms: readonly Form[] = [
  { path: 'attribute', manager: 'object' },
  { path: 'attribute', manager: 'text' },
  { path: 'extension', manager: 'object' },
  { path: 'extension', manager: 'text' },
];

/** The form that the service took last, so that it is asked once and not for each user. */
const taken = new WeakMap<Identitystore, Form>();

/**
 * Sends a request in one form after the other until the service takes one; a request that says the same in each is sent once.
 * Errors: what the service said to the first, where it takes none.
 */
export async function sendInForm<Request, Answer>(
  client: Identitystore,
  make: (form: Form) => Request | Promise<Request>,
  send: (request: Request) => Promise<Answer>,
): Promise<Answer> {
  const known = taken.get(client);
  const tried = new Set<string>();
  let refusal: unknown;
  for (const form of known ? [known, ...forms] : forms) {
    const request = await make(form);
    const text = stableJson(request);
    if (tried.has(text)) continue;
    tried.add(text);
    try {
      const answer = await send(request);
      taken.set(client, form);
      return answer;
    } catch (error) {
      if (!isAwsError(error, 'ValidationException')) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** What CreateUser is given; undefined where there is none. */
export function extensionsOf(attributes: Enterprise, form: Form): Record<string, Members> | undefined {
  const members = written(attributes, form);
  return Object.keys(members).length === 0 ? undefined : { [extension]: members };
}

type Members = Record<string, string | { value: string }>;

function written(attributes: Enterprise, { manager }: Form): Members {
  const given = enterpriseFields.flatMap((field) => {
    const text = attributes[field];
    if (text === undefined || text === null) return [];
    return [[field, field === 'manager' && manager === 'object' ? { value: text } : text] as const];
  });
  return Object.fromEntries(given);
}

/** The fields that differ; null and absent are both none. */
export const changedEnterprise = (before: Enterprise, after: Enterprise): EnterpriseField[] =>
  enterpriseFields.filter((field) => (before[field] ?? undefined) !== (after[field] ?? undefined));

/**
 * The operations of UpdateUser for fields that differ; one without a value removes.
 * @param live the user as it is, asked for its extension: what the file has no key for stays where the whole is replaced.
 */
export async function enterpriseOperations(
  fields: readonly EnterpriseField[],
  after: Enterprise,
  form: Form,
  live: () => Promise<User>,
): Promise<AttributeOperation[]> {
  if (fields.length === 0) return [];
  const now = written(after, form);
  if (form.path === 'attribute') {
    return fields.map((field) => ({ AttributePath: `${extension}.${field}`, AttributeValue: now[field] }));
  }
  const members = { ...membersOf((await live()).Extensions?.[extension]), ...now } as Members;
  for (const field of fields) if (now[field] === undefined) delete members[field];
  return [{ AttributePath: extension, AttributeValue: Object.keys(members).length === 0 ? undefined : members }];
}
