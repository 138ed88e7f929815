import type { Blocked, Step } from '../core/plan.ts';

/** Takes out what the caller can't do, and everything that waits for it. */
export function withholdBlocked(
  steps: readonly Step[],
  reasonOf: (step: Step) => string | undefined,
): { steps: Step[]; blocked: Blocked[] } {
  const blocked = new Map<string, Blocked>();
  // Ordered: what a step waits for has been seen before it.
  for (const step of steps) {
    const awaited = step.dependsOn.map((id) => blocked.get(id)).find((found) => found !== undefined);
    const reason = reasonOf(step) ?? (awaited && `it depends on "${awaited.label}": ${awaited.reason}`);
    if (reason === undefined) continue;
    const { id, action, kind, label } = step;
    blocked.set(id, { id, action, kind, label, reason });
  }
  return { steps: steps.filter(({ id }) => !blocked.has(id)), blocked: [...blocked.values()] };
}
