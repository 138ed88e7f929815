import type { Plan } from '../core/plan.ts';
import { inertJson } from './inert.ts';

/** The plan itself, as one JSON document in its public format. */
export function renderJson(plan: Plan): string {
  return `${inertJson(JSON.stringify(plan, null, 2))}\n`;
}
