import type { StepOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import { listOf } from '../../core/words.ts';
import type { AccessControlSpec } from './kind.ts';

/** The attributes that one warning spells out. */
const names = 10;

/** A policy may ask for an attribute, so whatever changes with it is access that a plan can't see. */
export function accessControlRisks(steps: readonly StepOf<AccessControlSpec>[]): Warning[] {
  return steps.flatMap(({ before, after, places: [place] = [] }) => {
    const [old, now] = [before?.attributes ?? {}, after?.attributes ?? {}];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]).sort();
    if (keys.length === 0) return [];
    const message = `The session tags ${listOf(keys, names)} change in every account. Policies with a condition on ${keys.length === 1 ? 'it' : 'them'} (aws:PrincipalTag/…) may allow more or less from the next session; a plan can't tell.`;
    return [{ code: 'attributes-change', message, ...(place && { place }) }];
  });
}
