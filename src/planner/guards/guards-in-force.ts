import type { IdentityDocument } from '../../config/schema/document.ts';
import { isOver } from '../../core/expiry.ts';
import type { GuardsInForce } from '../../core/findings.ts';
import { unordered } from '../../core/stable-json.ts';

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
