import type { Action, Step } from '../../core/plan.ts';
import { countOf, kindWords, listOf, pluralOf } from '../../core/words.ts';
import { sanitize } from '../../core/sanitize.ts';

export { listOf } from '../../core/words.ts';

export const done = { create: 'created', update: 'updated', delete: 'deleted' } as const satisfies Record<
  Action,
  string
>;

export const doing = { create: 'creating', update: 'updating', delete: 'deleting' } as const satisfies Record<
  Action,
  string
>;

/** `Permission sets`. */
export function kindHeading(kind: string): string {
  const words = pluralOf(kindWords(sanitize(kind)));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `user hanako (Hanako Yamada)`. */
export function stepName({ kind, label }: Pick<Step, 'kind' | 'label'>): string {
  return `${kindWords(sanitize(kind))} ${sanitize(label)}`;
}

/** `2 users, 1 group` for any list of steps. */
export function countByKind(steps: readonly Pick<Step, 'kind'>[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of steps) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return listOf([...counts].map(([kind, count]) => countOf(count, sanitize(kind))));
}

/** `8s`, `1m 05s`, `1h 02m`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${pad(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${pad(Math.floor((seconds % 3600) / 60))}m`;
}
