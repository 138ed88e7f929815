import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

// GitHub's own OpenAPI description of its API, which says of every request and answer whether it could be one of GitHub's.

type Schema = Record<string, unknown>;
type Content = Record<string, { schema: Schema; examples?: Record<string, Schema> }>;
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
}
interface Operation {
  operationId: string;
  parameters?: Schema[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { content?: Content } & Schema>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Schema>>;
}

/** `GET /repos/{owner}/{repo}`: an operation, by its method and the description's own name of its path. */
export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

export interface Asked {
  query: URLSearchParams;
  /** Undefined where there is none. */
  body: unknown;
}

const description = withNull(
  JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8'),
  ),
) as Description;

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, validateFormats: true, logger: false });
const coercing = new Ajv({ strict: false, coerceTypes: true, logger: false });
for (const one of [ajv, coercing]) {
  addFormats.default(one);
  one.addSchema(description, 'github', false, false);
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says that a value may also be null. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Schema;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, withNull(member)]));
  // A property may be called "nullable" itself.
  if (nullable !== true) return nullable === undefined ? schema : { ...schema, nullable: withNull(nullable) };
  return { anyOf: [schema, { type: 'null' }] };
}

const pointer = (...parts: string[]): string =>
  `github#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

const compiled = new Map<string, ValidateFunction>();

function check(what: string, value: unknown, reference: string, validator = ajv): string[] {
  const validate = compiled.get(reference) ?? validator.compile({ $ref: reference });
  compiled.set(reference, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message }) => `${what}${instancePath} ${message}`);
}

/** What a `$ref` leads to, and the pointer of that. */
function resolve<Thing>(thing: Thing, at: string[]): { thing: Thing; at: string[] } {
  const reference = (thing as { $ref?: string }).$ref;
  if (reference === undefined) return { thing, at };
  const path = reference.slice(2).split('/');
  return { thing: path.reduce<unknown>((value, part) => (value as Schema)[part], description) as Thing, at: path };
}

function operationOf(route: Route): { operation: Operation; at: string[] } {
  const [method = '', path = ''] = route.split(' ');
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`GitHub's description has no ${route}`);
  return { operation, at: ['paths', path, method.toLowerCase()] };
}

/** Everything about a request that GitHub's description does not have. */
export function checkRequest(route: Route, { query, body }: Asked): string[] {
  const { operation, at } = operationOf(route);
  const parameters = (operation.parameters ?? []).map((parameter, index) =>
    resolve(parameter as unknown as Parameter, [...at, 'parameters', String(index)]),
  );
  const ofQuery = parameters.filter(({ thing }) => thing.in === 'query');
  const faults = [...query].flatMap(([name, value]) => {
    const known = ofQuery.find(({ thing }) => thing.name === name);
    if (!known) return [`the query has ${name}, which is not described`];
    // A value is coerced inside something that holds it.
    const reference = pointer(...known.at, 'schema');
    const validate = compiled.get(`?${reference}`) ?? coercing.compile({ properties: { value: { $ref: reference } } });
    compiled.set(`?${reference}`, validate);
    return validate({ value }) ? [] : [`the query's ${name} is ${value}`];
  });
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (body === undefined) return operation.requestBody?.required ? [...faults, 'there is no body'] : faults;
  if (!schema) return [...faults, 'there is a body'];
  const known = propertiesOf(schema);
  const described = Object.entries(body as Schema).filter(([key]) => !undescribed[route]?.includes(key));
  return [
    ...faults,
    ...described.flatMap(([key]) => (known.includes(key) ? [] : [`the body has ${key}`])),
    ...check(
      'the body',
      Object.fromEntries(described),
      pointer(...at, 'requestBody', 'content', 'application/json', 'schema'),
    ),
  ];
}

/**
 * What GitHub takes and answers without describing it: go-github (#2725), gh and Terraform's provider read and write it. An
 * old GitHub Enterprise Server answers 422 "is not a permitted key" (terraform-provider-github#1804).
 */
const undescribed: Partial<Record<Route, readonly string[]>> = {
  'PUT /repos/{owner}/{repo}/environments/{environment_name}': ['can_admins_bypass'],
};

/** The members that a body may have. */
function propertiesOf(schema: Schema): string[] {
  const { thing } = resolve(schema, []);
  const parts = (thing['anyOf'] ?? []) as Schema[];
  return [...Object.keys(thing['properties'] ?? {}), ...parts.flatMap(propertiesOf)];
}

/** Errors that any request may be answered with, whether they are described or not. */
const everywhere = [401, 403, 404, 410, 422, 429, 500, 502, 503, 504];

// GitHub answers null for a repository that has been deleted, though its description does not say so.
const gone = /(\/head\/repo|\/head_repository) must be object$/;

/** Everything about an answer of JSON that GitHub's description does not have. */
export function checkAnswer(route: Route, status: number, body: unknown): string[] {
  const { operation, at } = operationOf(route);
  const response = operation.responses[String(status)];
  if (!response) {
    if (!everywhere.includes(status)) return [`the status ${status} is not described`];
    return check('the error', body, 'github#/components/schemas/basic-error');
  }
  const { thing, at: where } = resolve(response, [...at, 'responses', String(status)]);
  if (!thing.content?.['application/json']) {
    if (everywhere.includes(status)) return check('the error', body, 'github#/components/schemas/basic-error');
    return body === undefined ? [] : [`the status ${status} has no JSON`];
  }
  const faults = check('the answer', body, pointer(...where, 'content', 'application/json', 'schema'));
  return faults.filter((fault) => !gone.test(fault));
}

/** A copy of GitHub's own example of an answer, to be filled with what is meant. */
export function exampleOf(route: Route, status = 200): Record<string, unknown> {
  const { operation } = operationOf(route);
  const examples = operation.responses[String(status)]?.content?.['application/json']?.examples ?? {};
  const [example] = Object.values(examples);
  if (!example) throw new Error(`GitHub's description has no example of ${route}`);
  const { value } = resolve(example as { value?: unknown }, []).thing;
  return structuredClone(value) as Record<string, unknown>;
}
