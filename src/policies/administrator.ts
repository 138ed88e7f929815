import type { KnownAdministers } from '../core/policy-difference.ts';
import { hasBit } from './bits.ts';
import { type Held, ownStatements } from './held.ts';
import type { Data } from './statement.ts';
import { allowed, type Verdicts, verdict } from './verdicts.ts';

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
export function administratorOf(held: Held, known: Verdicts, most: Verdicts, data: Data): Administrator {
  const { value, by } = administers(known, data);
  if (held.unknownPolicies.length > 0 || held.unknownBoundary !== undefined) {
    const can = administers(most, data).value !== 'no';
    return { value: can ? 'unknown' : 'no', known: value, by, conditions: [] };
  }
  if (value !== 'conditional') return { value, known: value, by, conditions: [] };
  const decisive = [...by, 'sts:AssumeRole'].flatMap((name) => data.actions.find(name) ?? []);
  const conditions = [...ownStatements(held), ...(held.boundary?.statements ?? [])]
    .filter((statement) => decisive.some((action) => statement.actions.includes(action)))
    .flatMap((statement) => statement.conditions.map(({ written }) => written.key));
  return { value, known: value, by, conditions: [...new Set(conditions)].sort() };
}

function administers(
  verdicts: Verdicts,
  { actions, decisive: { createRoles, giveRights, assumeRole } }: Data,
): Pick<Administrator, 'by'> & { value: Administrator['known'] } {
  const strongest = (among: readonly number[]): [action: number, value: number] =>
    among
      .map((action): [number, number] => [action, allowed(verdicts, action)])
      .reduce((best, next) => (next[1] > best[1] ? next : best));
  const [make, made] = strongest(createRoles);
  const [give, given] = strongest(giveRights);
  const both = Math.min(made, given);
  if (both < verdict.conditional || hasBit(verdicts.denied, assumeRole)) return { value: 'no', by: [] };
  const always = both === verdict.everywhere && !hasBit(verdicts.deniedIf, assumeRole);
  return { value: always ? 'yes' : 'conditional', by: [make, give].map(actions.name) };
}
