import type { Warning } from '../core/plan.ts';
import type { Constraint } from '../core/kind.ts';

/** What the order of the steps could not keep. */
export function orderWarnings(givenUp: readonly Constraint[]): Warning[] {
  const passing = givenUp.flatMap(({ purpose, about }) =>
    purpose === 'exclude' && about !== undefined ? [about] : [],
  );
  return [...new Set(passing)].map((about) => ({
    code: 'passing-access',
    isRisk: true,
    message: `For a moment there is access that neither the state before nor the one after gives (${about}): without it somebody would lose on the way what they keep.`,
  }));
}
