import { isObject } from '../core/validate.ts';
import { actionMatcher, resourceMatcher } from './pattern.ts';

/** An IAM identity policy, ready to be asked. */
export interface Policy {
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly allows: boolean;
  readonly coversAction: (action: string) => boolean;
  readonly coversResource: (arn: string) => boolean;
}

/** Services that are judged here; a statement about others may hold anything. */
const judged = ['sso', 'identitystore', 'organizations', 'iam'];

const members = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** A document from JSON text. Throws an Error that names the member that is wrong, or that can't be judged. */
export function parsePolicy(text: string): object {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new Error(`The policy is not JSON: ${(error as Error).message}`, { cause: error });
  }
  checkPolicy(raw);
  return raw as object;
}

/** A document, ready to be asked. What isn't supported is refused: a part that is ignored would allow or deny too much. */
export function checkPolicy(raw: unknown): Policy {
  if (!isObject(raw)) refuse('The policy', 'must be an object');
  for (const name of Object.keys(raw)) {
    if (!['Version', 'Id', 'Statement'].includes(name)) refuse(`Policy member ${name}`, 'is unknown');
  }
  const { Version, Statement } = raw;
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    refuse('Policy member Version', 'must be 2012-10-17 or 2008-10-17');
  }
  if (Statement === undefined) refuse('Policy member Statement', 'is required');
  const list: unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return {
    statements: list.map((statement, index) =>
      checkStatement(statement, Array.isArray(Statement) ? `Statement[${index}]` : 'Statement'),
    ),
  };
}

function checkStatement(raw: unknown, path: string): Statement {
  if (!isObject(raw)) refuse(`Policy member ${path}`, 'must be an object');
  for (const name of Object.keys(raw)) {
    if (!members.includes(name)) refuse(`Policy member ${path}.${name}`, 'is unknown in an identity policy');
  }
  const { Effect, Condition } = raw;
  if (Effect !== 'Allow' && Effect !== 'Deny') refuse(`Policy member ${path}.Effect`, 'must be Allow or Deny');
  const actions = oneOfTwo(raw, 'Action', path);
  const resources = oneOfTwo(raw, 'Resource', path);
  for (const action of actions.patterns) {
    if (action !== '*' && !/^[\w*?-]+:[\w*?]+$/.test(action)) {
      refuse(`Policy member ${path}.${actions.name}`, `holds ${action}, which is not an action`);
    }
  }
  for (const resource of resources.patterns) {
    if (resource.includes('${')) refuse(`Policy member ${path}.${resources.name}`, 'holds a variable: not supported');
    if (resource !== '*' && !resource.startsWith('arn:')) {
      refuse(`Policy member ${path}.${resources.name}`, `holds ${resource}, which is neither * nor an ARN`);
    }
  }
  if (Condition !== undefined && !isElsewhere(actions)) {
    refuse(`Policy member ${path}.Condition`, 'is not supported for the services that are judged here');
  }
  return {
    allows: Effect === 'Allow',
    coversAction: covers(actions, actionMatcher),
    coversResource: covers(resources, resourceMatcher),
  };
}

interface Element {
  name: string;
  negated: boolean;
  patterns: string[];
}

/** An element under its own name or under `Not…`: exactly one of the two, one text or a list. */
function oneOfTwo(raw: Record<string, unknown>, name: 'Action' | 'Resource', path: string): Element {
  const negated = raw[name] === undefined;
  const used = negated ? `Not${name}` : name;
  const value = raw[used];
  if (value === undefined) refuse(`Policy member ${path}`, `needs ${name} or Not${name}`);
  if (!negated && raw[`Not${name}`] !== undefined) {
    refuse(`Policy member ${path}`, `has both ${name} and Not${name}`);
  }
  const patterns: unknown[] = Array.isArray(value) ? value : [value];
  if (patterns.length === 0 || !patterns.every((pattern) => typeof pattern === 'string')) {
    refuse(`Policy member ${path}.${used}`, 'must be a text or a list of texts');
  }
  return { name: used, negated, patterns };
}

function covers({ negated, patterns }: Element, matcher: (pattern: string) => (text: string) => boolean) {
  const matchers = patterns.map(matcher);
  return (text: string): boolean => matchers.some((matches) => matches(text)) !== negated;
}

/** Whether the actions are all of services that nothing here is asked about. */
function isElsewhere({ negated, patterns }: Element): boolean {
  const services = patterns.map((pattern) => pattern.split(':')[0]?.toLowerCase() ?? '');
  return !negated && services.every((service) => /^[\w-]+$/.test(service) && !judged.includes(service));
}

function refuse(what: string, why: string): never {
  throw new Error(`${what} ${why}.`);
}
