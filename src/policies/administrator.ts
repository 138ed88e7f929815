import { givingRights, makingRoles } from './raising-actions.ts';
import type { KnownAdministers } from '../core/policy-difference.ts';
import type { Actions } from './actions.ts';
import type { Held } from './held.ts';
import { type Verdicts, verdict } from './verdicts.ts';

/** Whether a set's holder administers an account; `conditional` is under a condition. */
export type Administers = KnownAdministers | 'unknown';

export interface Administrator {
  value: Administers;
  /** The same as far as the policies are known. */
  known: KnownAdministers;
  /** The actions that make its holder one; none where that is `no`. */
  by: string[];
  /** The keys of the conditions that decide, as they are written, where it is `conditional`. */
  conditions: string[];
}

/**
 * An administrator of an account can make a role that may do everything, and assume it: makes or opens a role, gives it any
 * policy, both at every role; sts:AssumeRole need not be allowed, since the role can trust them, but not be denied.
 * @param known what the set allows as far as its policies are known.
 * @param most the most that it can allow.
 */
export function administratorOf(held: Held, known: Verdicts, most: Verdicts, actions: Actions): Administrator {
  const { value, by } = administers(known, actions);
  if (held.unknownPolicies.length > 0 || held.unknownBoundary !== undefined) {
    const can = administers(most, actions).value !== 'no';
    return { value: can ? 'unknown' : 'no', known: value, by, conditions: [] };
  }
  const decisive = [...by, 'sts:AssumeRole'].flatMap((name) => actions.find(name) ?? []);
  const conditions = [...held.statements, ...(held.boundary ?? [])]
    .filter((statement) => decisive.some((action) => statement.actions.includes(action)))
    .flatMap((statement) => statement.conditions.map(({ written }) => written));
  return { value, known: value, by, conditions: value === 'conditional' ? [...new Set(conditions)].sort() : [] };
}

function administers(
  { allowed, denied }: Verdicts,
  actions: Actions,
): Pick<Administrator, 'by'> & { value: Administrator['known'] } {
  const strongest = (names: readonly string[]): [name: string, value: number] =>
    names
      .map((name): [string, number] => [name, allowed(actions.find(name) ?? -1)])
      .reduce((best, next) => (next[1] > best[1] ? next : best));
  const [make, made] = strongest(makingRoles);
  const [give, given] = strongest(givingRights);
  const assumeDenied = denied(actions.find('sts:AssumeRole') ?? -1);
  if (Math.min(made, given) < verdict.conditional || assumeDenied === verdict.everywhere)
    return { value: 'no', by: [] };
  const always = Math.min(made, given) === verdict.everywhere && assumeDenied === verdict.no;
  return { value: always ? 'yes' : 'conditional', by: [make, give] };
}
