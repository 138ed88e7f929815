import type { Step, Warning } from '../../core/plan.ts';
import { listOf } from '../../core/words.ts';
import type { AccessControlSpec } from './kind.ts';

/** The attributes that one warning spells out. */
const names = 10;

/** A policy may ask for an attribute, so whatever changes with it is access that a plan can't see. */
export function accessControlRisks(steps: readonly Step[]): Warning[] {
  return steps.flatMap(({ before, after, places: [place] = [] }) => {
    const attributesOf = (spec: unknown): Record<string, string> =>
      (spec as AccessControlSpec | undefined)?.attributes ?? {};
    const [old, now] = [attributesOf(before), attributesOf(after)];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]).sort();
    if (keys.length === 0) return [];
    const message = `What people's sessions say of ${listOf(keys, names)} changes in every account: policies that ask for ${keys.length === 1 ? 'it' : 'them'} (aws:PrincipalTag/…) may allow more or less from the next session on, which no plan can tell.`;
    return [{ code: 'attributes-change', message, ...(place && { place }) }];
  });
}
