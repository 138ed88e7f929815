import type { StepOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import { listOf } from '../../core/words.ts';
import type { AccessControlSpec } from './kind.ts';

/** The attributes that one warning spells out. */
const names = 10;

/** Resource policies and customer managed policies may ask for an attribute, and idc does not read them. */
export function accessControlRisks(steps: readonly StepOf<AccessControlSpec>[]): Warning[] {
  return steps.flatMap(({ before, after, places: [place] = [] }) => {
    const [old, now] = [before?.attributes ?? {}, after?.attributes ?? {}];
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => old[key] !== now[key]).sort();
    if (keys.length === 0) return [];
    const message = `The session tags ${listOf(keys, names)} change in every account. Permission sets whose policies ask for ${keys.length === 1 ? 'it' : 'them'} are listed with their holders. Resource policies and customer managed policies with aws:PrincipalTag may allow more or less too, from the next session; idc does not read those.`;
    const aside = `the session tags ${listOf(keys, 2)} change`;
    return [{ code: 'attributes-change', message, aside, ...(place && { place }) }];
  });
}
