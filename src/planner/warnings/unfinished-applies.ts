import type { Plan, Warning } from '../../core/plan.ts';

/** Files that were applied in part, and of which it can't be told what they asked for: no step takes that back. */
export function unfinishedApplyWarnings({ base }: Pick<Plan, 'base'>): Warning[] {
  return (base?.begun ?? []).flatMap((one) => {
    if (!('missing' in one)) return [];
    const short = one.commit.slice(0, 7);
    const message = `The apply of ${short} did not finish, and its file can't be used (${one.missing.replace(/\.$/, '')}). What it granted that ignore hides by a name stays: compare that file with the live state.`;
    return [
      {
        code: 'unfinished-apply',
        message,
        isRisk: true as const,
        lead: `an apply did not finish, and what it granted is unknown`,
      },
    ];
  });
}
