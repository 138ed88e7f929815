import type { Plan } from '../../core/plan.ts';
import type { PeopleDifference, PlanDifference } from '../../core/plan-difference.ts';
import {
  accessHeading,
  forbiddenHeading,
  limitsHeading,
  lostNamesHeading,
  viewDifference,
  viewPeople,
} from '../view/difference-view.ts';
import { layOut, type Line } from './paint.ts';
import { groupLines } from './text.ts';
import { nameAccounts } from '../view/account-names.ts';

/** How a plan differs from the one that was reviewed, for a terminal. */
export function renderDifference(
  difference: PlanDifference,
  plan: Plan,
  options: { color: boolean; width: number },
): string {
  const { forbidden, gone, limits, access, parts } = viewDifference(difference, plan);
  const sections: Line[][] = [
    ...(forbidden.length === 0 ? [] : [[heading(forbiddenHeading), ...forbidden.map(alert)]]),
    ...(gone.length === 0 ? [] : [[heading(lostNamesHeading), ...gone.map(alert)]]),
    ...(limits.length === 0 ? [] : [[heading(limitsHeading), ...limits.map(alert)]]),
    ...(access.length === 0 ? [] : [[heading(accessHeading), ...access.map(alert)]]),
    ...parts.map((part) => [heading(part.heading), ...part.groups.flatMap(groupLines)]),
  ];
  return sections.map((lines) => layOut(lines, options)).join('\n');
}

/** What a reviewed plan did to people that is not needed any more. */
export function renderLess(less: PeopleDifference, reviewed: Plan, options: { color: boolean; width: number }): string {
  const lines = viewPeople(less, reviewed, nameAccounts(reviewed));
  return layOut([heading('Reviewed, but no longer part of the plan'), ...lines.map(alert)], options);
}

const alert = (text: string): Line => ({ indent: 2, sign: '!', tone: 'warn', text });

const heading = (text: string): Line => ({ text: `${text}:`, tone: 'heading' });
