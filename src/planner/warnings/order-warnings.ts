import type { Warning } from '../../core/plan.ts';
import type { Constraint } from '../../core/kind.ts';

/** What the order of the steps could not keep. */
export function orderWarnings(givenUp: readonly Constraint[]): Warning[] {
  const passing = givenUp.flatMap(({ purpose, about }) =>
    purpose === 'exclude' && about !== undefined ? [about] : [],
  );
  return [...new Set(passing)].map((about) => ({
    code: 'passing-access',
    isRisk: true,
    message: `During the apply, ${about} for a moment, which neither the current nor the planned state grants; the other order would interrupt access that they keep.`,
  }));
}
