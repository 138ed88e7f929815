import { compareTexts } from '../core/compare-texts.ts';
import type { Condition, Passing } from '../core/policy-difference.ts';
import { matchesGlob } from './glob.ts';
import type { Held } from './held.ts';
import { givingRights, makingRoles, raisingAnywhere, raisingInOrganization } from './raising-actions.ts';
import { everyType } from './resource-types.ts';
import { roleRunners } from './role-runners.ts';
import type { Data, Statement } from './statement.ts';
import { type Verdicts, verdict } from './verdicts.ts';

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
  const isEverywhere = (name: string): boolean =>
    verdicts.allowed(data.actions.find(name) ?? -1) === verdict.everywhere;
  return {
    anywhere: raisingAnywhere.filter(isEverywhere),
    namedRoles: namedRoles(held, verdicts, data),
    organization: raisingInOrganization.filter(isEverywhere),
    assumesAnyRole: isEverywhere('sts:AssumeRole'),
    passesAnyRole: passing(held, verdicts, data, isEverywhere),
  };
}

/** A prefix of names that the holder fills themselves limits nothing; a condition does. */
function namedRoles({ statements, boundary }: Held, verdicts: Verdicts, { actions }: Data): string[] {
  const patternsOf = (names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const action = actions.find(name) ?? -1;
      if (verdicts.allowed(action) === verdict.everywhere) return ['*'];
      if (verdicts.allowed(action) !== verdict.limited || verdicts.denied(action) !== verdict.no) return [];
      return statements.flatMap((statement) => rolePatterns(statement, action));
    });
  // What a boundary leaves of them is not judged.
  if (boundary) return [];
  const given = patternsOf(givingRights);
  const both = patternsOf(makingRoles).flatMap((made) =>
    given.flatMap((pattern) => (matchesGlob(pattern, made) ? made : matchesGlob(made, pattern) ? pattern : [])),
  );
  return [...new Set(both)].filter((pattern) => pattern !== '*').sort(compareTexts);
}

function rolePatterns({ allow, actions, where, conditions }: Statement, action: number): string[] {
  if (!allow || conditions.length > 0 || where === 'everywhere' || 'except' in where) return [];
  return actions.includes(action) ? where.only.filter((pattern) => pattern.includes(':role/')) : [];
}

function passing(
  { statements, boundary }: Held,
  { denied }: Verdicts,
  data: Data,
  isEverywhere: (name: string) => boolean,
): Passing[] {
  const pass = data.actions.find('iam:PassRole') ?? -1;
  if (denied(pass) !== verdict.no) return [];
  const own = passedTo(statements, pass, data);
  const bounds = boundary ? passedTo(boundary, pass, data) : ['*'];
  return Object.entries(roleRunners).flatMap(([service, runners]) => {
    const passes = [own, bounds].every((patterns) => patterns.some((pattern) => matchesGlob(pattern, service)));
    const by = passes ? runners.filter(isEverywhere) : [];
    return by.length > 0 ? [{ service, by }] : [];
  });
}

/** The services that any role can be passed to: a condition on iam:PassedToService alone says which, and limits nothing else. */
export function passedTo(statements: readonly Statement[], pass: number, { resourceTypes }: Data): string[] {
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
