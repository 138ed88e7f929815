import type { IdentityDocument } from '../config/schema/document.ts';
import { isOver } from '../core/expiry.ts';
import type { GuardsInForce } from '../core/findings.ts';
import { stableJson } from '../core/stable-json.ts';

/** What the file forbids its plans, in a form that says nothing of the order in which it stands there. */
export function guardsInForce({ identityCenter, safety, rules, ignore }: IdentityDocument, now: Date): GuardsInForce {
  const { instanceArn, directory } = identityCenter;
  const { allow, ...limits } = safety;
  const isAllowed = allow !== undefined && !isOver(allow.until, now);
  return {
    ...(instanceArn !== undefined && { instanceArn }),
    directory,
    safety: unordered({ ...limits, ...(isAllowed && { allow }) }),
    ...(rules && { rules: unordered(rules) }),
    ignore: unordered(ignore),
  };
}

/** With all lists sorted: what is in them is what counts. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(unordered)
      .map((item): [string, unknown] => [stableJson(item), item])
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, unordered(member)]),
  );
}
