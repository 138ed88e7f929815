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
export function causeWords(
  power: Power,
  { by = [], conditions, unknown = [], allowsNothing }: PowerCause = {},
): string {
  if (power === 'raise' && conditions) {
    const keys = conditions.length === 0 ? '' : ` on ${listOf(conditions.map(sanitize), named)}`;
    return `administrator under a condition${keys}`;
  }
  if (power === 'administrator' || power === 'raise') {
    if (by.length === 0 || (by.length === 1 && by[0] === '*')) return '';
    return `${by.includes('*') ? 'with' : 'by'} ${powersList(by, named)}`;
  }
  if (power === 'unknown') {
    return unknown.length === 0 ? '' : `by ${policiesOf(unknown)}, of unknown content`;
  }
  return allowsNothing ? 'allows nothing' : '';
}

/** A boundary is among them: it is a policy too. */
const policiesOf = (unknown: readonly string[]): string =>
  `${unknown.length === 1 ? 'policy' : 'policies'} ${listOf(unknown.map(policyName), named)}`;

/** The power with its cause: `can raise rights by iam:AttachRolePolicy`; `administrator under a condition on aws:SourceIp`. */
export function powerText(power: Power, cause?: PowerCause): string {
  const why = causeWords(power, cause);
  if (why === '') return powerWords[power];
  return why.startsWith('by ') || why.startsWith('with ') ? `${powerWords[power]} ${why}` : why;
}
