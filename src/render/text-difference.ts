import type { Plan } from '../core/plan.ts';
import type { PlanDifference } from '../core/plan-difference.ts';
import { accessHeading, viewDifference } from './difference-view.ts';
import { layOut, type Line } from './paint.ts';
import { groupLines } from './text.ts';

/** How a plan differs from the one that was reviewed, for a terminal. */
export function renderDifference(
  difference: PlanDifference,
  plan: Plan,
  options: { color: boolean; width: number },
): string {
  const { access, parts } = viewDifference(difference, plan);
  const sections: Line[][] = [
    ...(access.length === 0
      ? []
      : [[heading(accessHeading), ...access.map((text): Line => ({ indent: 2, sign: '!', tone: 'warn', text }))]]),
    ...parts.map((part) => [heading(part.heading), ...part.groups.flatMap(groupLines)]),
  ];
  return sections.map((lines) => layOut(lines, options)).join('\n');
}

const heading = (text: string): Line => ({ text: `${text}:`, tone: 'heading' });
