import { compareTexts } from '../core/compare-texts.ts';
import { type Held, ownStatements } from './held.ts';
import type { Statement } from './statement.ts';

/**
 * Of a set that starts from every action at every resource: the actions that it then excepts, by NotAction or by a denial, as
 * they are written. Undefined for other sets.
 */
export function everythingBut(held: Held): string[] | undefined {
  const own = exceptions(ownStatements(held));
  const bounds = held.boundary ? exceptions(held.boundary.statements) : [];
  return own && bounds ? [...new Set([...own, ...bounds])].sort(compareTexts) : undefined;
}

function exceptions(statements: readonly Statement[]): string[] | undefined {
  const everywhere = statements.filter(({ where, conditions }) => where === 'everywhere' && conditions.length === 0);
  const denials = everywhere.filter(({ allow }) => !allow);
  const [open] = everywhere
    .flatMap(({ allow, allBut }) => (allow && allBut ? [allBut] : []))
    .sort((a, b) => a.length - b.length);
  if (!open || denials.some(({ allBut }) => allBut !== undefined)) return undefined;
  return [...open, ...denials.flatMap(({ patterns }) => patterns)];
}
