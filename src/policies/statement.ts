import type { ActionClass, Condition } from '../core/policy-difference.ts';
import type { Actions } from './actions.ts';
import { addBit, type Bits, bitsOf, noBits, without } from './bits.ts';
import { readConditions } from './condition.ts';
import type { DecisiveActions } from './decisive-actions.ts';
import type { RawStatement } from './documents.ts';
import { matchesGlob } from './glob.ts';
import { anyArn, type ResourceType, type ResourceTypes } from './resource-types.ts';

/** Where a statement applies. */
export type Where = 'everywhere' | { only: readonly string[] } | { except: readonly string[] };

export interface Statement {
  allow: boolean;
  actions: Uint16Array;
  /** Action or NotAction, as written. */
  patterns: readonly string[];
  /** The actions that NotAction excepts; none for `*`. Undefined where the statement names its actions. */
  allBut?: readonly string[];
  where: Where;
  conditions: readonly Condition[];
  /**
   * Of the actions at some resources, those of which the statement takes in whole types of resource, and which: a bit
   * for each type that a request must name; where it need name none, one for all types together.
   */
  wholeTypes: ReadonlyMap<number, number>;
}

/** What a statement is read with. */
export interface Data {
  actions: Actions;
  /** Of each action. */
  classes: readonly ActionClass[];
  /** The actions that manage access or write. */
  writing: Bits;
  decisive: DecisiveActions;
  resourceTypes: ResourceTypes;
  /** What the time is, for conditions on it. */
  now: Date;
}

/** @returns undefined where the statement can't apply to anything. */
export function readStatement(raw: RawStatement, data: Data): Statement | undefined {
  const conditions = readConditions(raw['Condition'], data.now);
  const where = readWhere(raw);
  const excepted = raw['NotAction'] === undefined ? undefined : textsOf(raw['NotAction']);
  const patterns = excepted ?? textsOf(raw['Action']);
  const actions = bitsOf(excepted ? complement(patterns, data.actions) : union(patterns, data.actions));
  if (conditions === undefined || where === undefined || actions.length === 0) return undefined;
  const allow = raw['Effect'] === 'Allow';
  const allBut = excepted ?? (actions.length === data.actions.count ? [] : undefined);
  return {
    allow,
    actions,
    patterns,
    ...(allBut && { allBut }),
    where,
    conditions,
    wholeTypes: where === 'everywhere' ? new Map() : wholeTypesOf(actions, where, data.resourceTypes),
  };
}

/** One text and a list of texts alike. */
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value ?? []].flat()).map(String);

function union(patterns: readonly string[], { count, find, matching }: Actions): Bits {
  const found = noBits(count);
  for (const pattern of patterns) {
    const named = find(pattern);
    if (named === undefined) for (const action of matching(pattern)) addBit(found, action);
    else addBit(found, named);
  }
  return found;
}

function complement(patterns: readonly string[], actions: Actions): Bits {
  return without(union(['*'], actions), union(patterns, actions));
}

/** A pattern of resources as the data writes ARNs: of any partition; an account's own id is no limit. */
const asInData = (pattern: string): string =>
  pattern.replace(/^arn:aws-[a-z-]+:/, 'arn:aws:').replace('${aws:PrincipalAccount}', '*');

const isEverywhere = (pattern: string): boolean => matchesGlob(asInData(pattern), anyArn);

function readWhere(raw: RawStatement): Where | undefined {
  if (raw['NotResource'] !== undefined) {
    const except = textsOf(raw['NotResource']);
    return except.some(isEverywhere) ? undefined : { except };
  }
  const only = textsOf(raw['Resource']);
  return only.some(isEverywhere) ? 'everywhere' : { only };
}

function wholeTypesOf(
  actions: Uint16Array,
  where: Exclude<Where, 'everywhere'>,
  typesOf: ResourceTypes,
): ReadonlyMap<number, number> {
  const patterns = ('only' in where ? where.only : where.except).map(asInData);
  const named = (arn: string): boolean => patterns.some((pattern) => matchesGlob(pattern, arn));
  const known = new Map<ResourceType['arns'], boolean>();
  const isWhole = ({ arns }: ResourceType): boolean => {
    const found = known.get(arns) ?? ('only' in where ? arns.every(named) : !arns.some(named));
    known.set(arns, found);
    return found;
  };
  const found = new Map<number, number>();
  for (const action of actions) {
    const types = typesOf(action);
    // An action without types is asked for at `*`, which no exception takes in.
    const bits = types.length === 0 ? Number('except' in where) : wholeBits(types, isWhole);
    if (bits > 0) found.set(action, bits);
  }
  return found;
}

/** A bit for each type that a request must name; where it need name none, one for all types together. */
function wholeBits(types: readonly ResourceType[], isWhole: (type: ResourceType) => boolean): number {
  let [bit, bits] = [1, 0];
  for (const type of types) {
    if (!type.required) continue;
    if (isWhole(type)) bits += bit;
    bit *= 2;
  }
  return bit > 1 ? bits : Number(types.every(isWhole));
}
