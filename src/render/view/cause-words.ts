import type { Power, PowerCause } from '../../core/access.ts';
import { sanitize } from '../../core/sanitize.ts';
import { powersList, policyName } from './edit-words.ts';
import { powerWords } from './power-words.ts';
import { listOf } from './wording.ts';

/** The actions, the conditions and the policies that are named. */
const named = 2;

/**
 * Why a permission set has its power: `by iam:AttachRolePolicy`, `administrator under a condition on aws:SourceIp`, `allows
 * nothing`; empty where there is nothing to say, as of one that allows everything.
 */
export const causeWords = (power: Power, cause: PowerCause = {}): string =>
  insteadOfPower(power, cause) ?? byWhat(power, cause) ?? '';

/** The power with its cause: `can raise rights by iam:AttachRolePolicy`; `administrator under a condition on aws:SourceIp`. */
export function powerText(power: Power, cause: PowerCause = {}): string {
  const by = byWhat(power, cause);
  return insteadOfPower(power, cause) ?? `${powerWords[power]}${by === undefined ? '' : ` ${by}`}`;
}

/** What says more than the power does. */
function insteadOfPower(power: Power, cause: PowerCause): string | undefined {
  const { by = [], conditions, unknown = [], allowsNothing } = cause;
  if (power === 'raise' && conditions) {
    const keys = conditions.length === 0 ? '' : ` on ${listOf(conditions.map(sanitize), named)}`;
    const certain = by.length === 0 ? '' : `${powerWords.raise} ${byWhat(power, cause)}, and `;
    return `${certain}administrator under a condition${keys}`;
  }
  if (power === 'unknown' && unknown.length > 0) {
    // A boundary is a policy too.
    const [noun, are] = unknown.length === 1 ? ['policy', 'is'] : ['policies', 'are'];
    return `${noun} ${listOf(unknown.map(policyName), named)} ${are} of unknown content`;
  }
  return power === 'read' && allowsNothing ? 'allows nothing' : undefined;
}

/** What goes on with the power. */
function byWhat(power: Power, { by = [] }: PowerCause): string | undefined {
  const isAll = by.length === 1 && by[0] === '*';
  if ((power !== 'administrator' && power !== 'raise') || by.length === 0 || isAll) return undefined;
  return `${by.includes('*') ? 'with' : 'by'} ${powersList(by, named)}`;
}
