import type { PlanDifference } from '../core/plan-difference.ts';
import { viewDifference } from './difference-view.ts';
import { layOut } from './paint.ts';
import { groupLines } from './text.ts';

/** How a plan differs from the one that was reviewed, for a terminal. */
export function renderDifference(difference: PlanDifference, options: { color: boolean; width: number }): string {
  return viewDifference(difference)
    .map(({ heading, groups }) =>
      layOut([{ text: `${heading}:`, tone: 'heading' }, ...groups.flatMap(groupLines)], options),
    )
    .join('\n');
}
