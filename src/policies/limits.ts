import type { Condition, Limit, LimitChange } from '../core/policy-difference.ts';
import { conditionText } from './condition.ts';
import { type Held, ownStatements } from './held.ts';
import { matchesGlob } from './glob.ts';
import type { ResourceTypes } from './resource-types.ts';
import type { Data, Statement } from './statement.ts';

interface Limited {
  limit: Limit;
  actions: Uint16Array[];
}

/** A limit that one side has for an action and the other side doesn't. */
export interface Differing {
  side: 'gone' | 'come';
  limit: Limit;
  actions: ReadonlySet<number>;
}

/**
 * The limits that came or went, and for which actions. Their order, the case of keys, duplicates and how they are spread
 * over statements don't count.
 */
export function differingLimits(before: Held, after: Held, { resourceTypes }: Data): Differing[] {
  const [old, current] = [limitsOf(before), limitsOf(after)];
  const keys = new Set([...old.keys(), ...current.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [old.get(key), current.get(key)];
    if (was && is && sameLists(was.actions, is.actions)) return [];
    const [wasFor, isFor] = [actionsOf(was, resourceTypes), actionsOf(is, resourceTypes)];
    return [differing('gone', was, wasFor, isFor), differing('come', is, isFor, wasFor)].flat();
  });
}

/** Of the limits that differ, those on the actions. */
export function changeOf(differing: readonly Differing[], actions: ReadonlySet<number>): LimitChange {
  const touching = differing.filter((one) => [...one.actions].some((action) => actions.has(action)));
  const limits = (side: Differing['side']): Limit[] =>
    touching.filter((one) => one.side === side).map(({ limit }) => limit);
  const [gone, come] = [limits('gone'), limits('come')];
  return { gone, come, direction: directionOf(gone, come) };
}

function limitsOf(held: Held): Map<string, Limited> {
  const found = new Map<string, Limited>();
  const add = (statement: Statement, ofBoundary: boolean): void => {
    for (const [key, limit] of limitsOfStatement(statement, ofBoundary)) {
      const known = found.get(key);
      if (known) known.actions.push(statement.actions);
      else found.set(key, { limit, actions: [statement.actions] });
    }
  };
  for (const statement of ownStatements(held)) add(statement, false);
  for (const statement of held.boundary?.statements ?? []) add(statement, true);
  return found;
}

/** None for a statement that holds everywhere and always: that is in the verdicts. */
function limitsOfStatement({ allow, where, conditions }: Statement, boundary: boolean): [string, Limit][] {
  const condition = conditionText(conditions);
  const key = (place: string): string =>
    `${allow ? 'allow' : 'deny'} ${boundary ? 'boundary' : ''} ${place} ${condition}`;
  const limit = { allow, boundary, conditions };
  if (where === 'everywhere') return conditions.length > 0 ? [[key('*'), limit]] : [];
  if ('except' in where) return [[key(`! ${[...where.except].sort().join(' ')}`), { ...limit, except: where.except }]];
  return where.only.map((resource) => [key(resource), { ...limit, resource }]);
}

const sameLists = (a: readonly Uint16Array[], b: readonly Uint16Array[]): boolean =>
  a.length === b.length && a.every((list, index) => list === b[index]);

/** A denial at a resource of one service, and an exception, is none for the actions of another. */
function actionsOf(limited: Limited | undefined, typesOf: ResourceTypes): Set<number> {
  const actions = new Set(limited?.actions.flatMap((list) => [...list]) ?? []);
  const { allow, resource, except } = limited?.limit ?? {};
  const resources = except ?? (allow === false && resource !== undefined ? [resource] : undefined);
  return resources ? new Set([...actions].filter(concernedBy(resources, typesOf))) : actions;
}

/** Whether an action can name a resource of the services of some patterns. */
export function concernedBy(resources: readonly string[], typesOf: ResourceTypes): (action: number) => boolean {
  const services = [...new Set(resources.map((resource) => resource.split(':')[2] ?? '*'))];
  const isOfService = (arn: string): boolean =>
    services.some((service) => matchesGlob(service, arn.split(':')[2] ?? ''));
  return (action) => typesOf(action).some(({ arns }) => arns.some(isOfService));
}

function differing(
  side: Differing['side'],
  limited: Limited | undefined,
  here: ReadonlySet<number>,
  there: ReadonlySet<number>,
): Differing[] {
  const actions = new Set([...here].filter((action) => !there.has(action)));
  return limited && actions.size > 0 ? [{ side, limit: limited.limit, actions }] : [];
}

function directionOf(gone: readonly Limit[], come: readonly Limit[]): LimitChange['direction'] {
  // Without a boundary everything is within it: what its limits do depends on whether there was one.
  if ([...gone, ...come].some(({ boundary }) => boundary)) return 'other';
  const wider = [...come.map(({ allow }) => allow), ...gone.map(({ allow }) => !allow)];
  if (wider.every(Boolean)) return 'wider';
  if (!wider.some(Boolean)) return 'narrower';
  const [was, is] = [gone[0], come[0]];
  if (!was || !is || gone.length > 1 || come.length > 1) return 'other';
  if (was.allow !== is.allow || was.except?.join() !== is.except?.join()) return 'other';
  if (was.resource !== is.resource) return directionOfResources(was, is);
  if (takesInMore(was.conditions, is.conditions)) return was.allow ? 'wider' : 'narrower';
  return takesInMore(is.conditions, was.conditions) ? (was.allow ? 'narrower' : 'wider') : 'other';
}

/** Of one pattern of resources in the place of another. */
function directionOfResources(was: Limit, is: Limit): LimitChange['direction'] {
  if (conditionText(was.conditions) !== conditionText(is.conditions)) return 'other';
  if (covers(is.resource, was.resource)) return is.allow ? 'wider' : 'narrower';
  return covers(was.resource, is.resource) ? (is.allow ? 'narrower' : 'wider') : 'other';
}

/** Whether a pattern takes in all that another does, as far as the texts tell; undefined is every resource. */
const covers = (pattern: string | undefined, other: string | undefined): boolean =>
  pattern === undefined || (other !== undefined && !pattern.includes('?') && matchesGlob(pattern, other));

/** What other values widen: those of which a request has to be like one. */
const positive = /^(?:string(?:equals(?:ignorecase)?|like)|arn(?:equals|like)|ipaddress)(?:ifexists)?$/;

/** Whether whatever meets the conditions before meets those after too. */
const takesInMore = (before: readonly Condition[], after: readonly Condition[]): boolean =>
  after.every((condition) =>
    before.some(
      (other) =>
        conditionText([other]) === conditionText([condition]) ||
        (other.key === condition.key &&
          other.operator === condition.operator &&
          positive.test(other.operator) &&
          other.values.every((value) => condition.values.includes(value))),
    ),
  );
