import { compareTexts } from '../core/compare-texts.ts';
import type { Condition, Passing } from '../core/policy-difference.ts';
import { matchesGlob } from './glob.ts';
import { hasBit } from './bits.ts';
import { type Held, ownStatements } from './held.ts';
import { everyType } from './resource-types.ts';
import type { Data, Statement } from './statement.ts';
import { allowed, type Verdicts, verdict } from './verdicts.ts';

/** How a set's holder could raise their rights, as far as its policies are known. */
export interface Raising {
  /** Tier A, in any account: actions. */
  anywhere: string[];
  /** Tier A-named: roles that the holder makes and gives every right, by the pattern of their names. */
  namedRoles: string[];
  /** Tier B, through the organization: actions. */
  organization: string[];
  /** Tier C, by roles that the account has: whether any role can be assumed, and to which services any can be passed. */
  assumesAnyRole: boolean;
  passesAnyRole: Passing[];
}

export function raisingOf(held: Held, verdicts: Verdicts, data: Data): Raising {
  const { raiseAnywhere, raiseInOrganization, assumeRole } = data.decisive;
  const isEverywhere = (action: number): boolean => hasBit(verdicts.everywhere, action);
  return {
    anywhere: raiseAnywhere.filter(isEverywhere).map(data.actions.name),
    namedRoles: namedRoles(held, verdicts, data),
    organization: raiseInOrganization.filter(isEverywhere).map(data.actions.name),
    assumesAnyRole: isEverywhere(assumeRole),
    passesAnyRole: passing(held, verdicts, data, isEverywhere),
  };
}

/** A prefix of names that the holder fills themselves limits nothing; a condition does. */
function namedRoles(held: Held, verdicts: Verdicts, { decisive }: Data): string[] {
  // What a boundary leaves of them is not judged.
  if (held.boundary) return [];
  const patternsOf = (actions: readonly number[]): string[] =>
    actions.flatMap((action) => {
      const found = allowed(verdicts, action);
      if (found === verdict.everywhere) return ['*'];
      if (found !== verdict.limited || hasBit(verdicts.deniedIf, action)) return [];
      return ownStatements(held).flatMap((statement) => rolePatterns(statement, action));
    });
  const given = patternsOf(decisive.giveRights);
  const both = patternsOf(decisive.createRoles).flatMap((made) =>
    given.flatMap((pattern) => (matchesGlob(pattern, made) ? made : matchesGlob(made, pattern) ? pattern : [])),
  );
  return [...new Set(both)].filter((pattern) => pattern !== '*').sort(compareTexts);
}

function rolePatterns({ allow, actions, where, conditions }: Statement, action: number): string[] {
  if (!allow || conditions.length > 0 || where === 'everywhere' || 'except' in where) return [];
  return actions.includes(action) ? where.only.filter((pattern) => pattern.includes(':role/')) : [];
}

function passing(
  held: Held,
  { atAll, deniedIf }: Verdicts,
  data: Data,
  isEverywhere: (action: number) => boolean,
): Passing[] {
  const { passRole: pass, runRoles } = data.decisive;
  if (!hasBit(atAll, pass) || hasBit(deniedIf, pass)) return [];
  const own = passedTo(ownStatements(held), pass, data);
  const bounds = held.boundary ? passedTo(held.boundary.statements, pass, data) : ['*'];
  return runRoles.flatMap(([service, runners]) => {
    const passes = [own, bounds].every((patterns) => patterns.some((pattern) => matchesGlob(pattern, service)));
    const by = passes ? runners.filter(isEverywhere).map(data.actions.name) : [];
    return by.length > 0 ? [{ service, by }] : [];
  });
}

/** The services that any role can be passed to: a condition on iam:PassedToService alone says which, and limits nothing else. */
function passedTo(statements: readonly Statement[], pass: number, { resourceTypes }: Data): string[] {
  return statements.flatMap(({ allow, actions, where, conditions, wholeTypes }) => {
    const every = where === 'everywhere' || wholeTypes.get(pass) === everyType(resourceTypes(pass));
    if (!allow || !every || !actions.includes(pass)) return [];
    if (conditions.length === 0) return ['*'];
    return conditions.every(saysService) ? conditions.flatMap(({ values }) => values) : [];
  });
}

const saysService = ({ key, operator }: Condition): boolean =>
  key === 'iam:passedtoservice' &&
  /^(?:for(?:any|all)values?:)?string(?:equals(?:ignorecase)?|like)(?:ifexists)?$/.test(operator);
