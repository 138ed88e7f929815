import type { Warning } from '../core/plan.ts';
import type { Constraint } from '../engine/order.ts';

/** What the order of the steps could not keep. */
export function orderWarnings(givenUp: readonly Constraint[]): Warning[] {
  const passing = givenUp.flatMap(({ purpose, about }) =>
    purpose === 'exclude' && about !== undefined ? [about] : [],
  );
  return [
    ...[...new Set(passing)].map((about) => ({
      code: 'passing-access',
      message: `For a moment there is access that neither the state before nor the one after gives (${about}): without it somebody would lose on the way what they keep.`,
    })),
    ...givenUp
      .filter(({ purpose }) => purpose === 'free')
      .map(({ about }) => ({
        code: 'email-exchange',
        message: `Users exchange the e-mail address ${about} among themselves, and the service takes an address once only: make it two changes.`,
      })),
  ];
}
