import type { Plan } from '../core/plan.ts';
import type { PlanDifference } from '../core/plan-difference.ts';
import { viewDifference } from './difference-view.ts';
import { layOut } from './paint.ts';
import { groupLines } from './text.ts';
import { nameAccounts } from './view.ts';

/** How a plan differs from the one that was reviewed, for a terminal. */
export function renderDifference(
  difference: PlanDifference,
  plan: Plan,
  options: { color: boolean; width: number },
): string {
  return viewDifference(difference, nameAccounts(plan).nameOf)
    .map(({ heading, groups }) =>
      layOut([{ text: `${heading}:`, tone: 'heading' }, ...groups.flatMap(groupLines)], options),
    )
    .join('\n');
}
