import type { Step } from '../../core/plan.ts';

/** Milliseconds that are left; undefined while too little has been seen to tell. */
export interface Estimate {
  (): number | undefined;
  started(step: Pick<Step, 'kind'>): void;
  finished(step: Pick<Step, 'kind'>): void;
}

interface Pace {
  left: number;
  finished: number;
  /** When the first of the kind was begun. */
  begun: number | undefined;
}

/** How many of a kind must have ended before their pace means something. */
const enough = 5;

/**
 * Tells from the pace so far how long the rest will take. Each kind has its own pace, for a user takes a call and an
 * assignment many seconds; kinds go on side by side, so the slowest decides.
 */
export function createEstimate(steps: readonly Pick<Step, 'kind'>[], now: () => number): Estimate {
  const paces = new Map<string, Pace>();
  const paceOf = ({ kind }: Pick<Step, 'kind'>): Pace => {
    const known = paces.get(kind) ?? { left: 0, finished: 0, begun: undefined };
    paces.set(kind, known);
    return known;
  };
  for (const step of steps) paceOf(step).left += 1;

  const estimate = (): number | undefined => {
    let longest = 0;
    for (const { left, finished, begun } of paces.values()) {
      if (left === 0) continue;
      if (begun === undefined || finished < enough) return undefined;
      longest = Math.max(longest, ((now() - begun) / finished) * left);
    }
    return longest === 0 ? undefined : longest;
  };
  return Object.assign(estimate, {
    started(step: Pick<Step, 'kind'>) {
      paceOf(step).begun ??= now();
    },
    finished(step: Pick<Step, 'kind'>) {
      const pace = paceOf(step);
      pace.left -= 1;
      pace.finished += 1;
    },
  });
}
