import { sealOf, type Plan } from '../core/plan.ts';
import { sanitizeJson } from '../core/sanitize.ts';

/** The plan itself, as one JSON document in its public format, sealed. */
export function renderJson(plan: Plan): string {
  return `${sanitizeJson(JSON.stringify({ ...plan, seal: sealOf(plan) }, null, 2))}\n`;
}
