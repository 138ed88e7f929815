import { compareTexts } from '../core/compare-texts.ts';
import type { Condition } from '../core/policy-difference.ts';

/**
 * The conditions of a statement, in one form for one meaning. Those on aws:CurrentTime that hold from now on are left out.
 * @returns undefined where one of them never holds again.
 */
export function readConditions(raw: unknown, now: Date): Condition[] | undefined {
  const conditions = entriesOf(raw).flatMap(([operator, keys]) =>
    entriesOf(keys).map(([key, values]): Condition => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      written: { operator, key },
      values: [...new Set([values ?? []].flat().map(String))].sort(compareTexts),
    })),
  );
  const verdicts = conditions.map((condition) => atAnyTime(condition, now));
  if (verdicts.includes(false)) return undefined;
  return conditions
    .filter((_, index) => verdicts[index] !== true)
    .sort((a, b) => compareTexts(a.key, b.key) || compareTexts(a.operator, b.operator));
}

/** Equal texts, equal conditions. */
export const conditionText = (conditions: readonly Condition[]): string =>
  conditions.map(({ operator, key, values }) => JSON.stringify([key, operator, values])).join();

/** Whether a condition on the time holds from now on, or never again; undefined where that is not known. */
function atAnyTime({ operator, key, values }: Condition, now: Date): boolean | undefined {
  const [, comparison] = /^date(greater|less)than(?:equals)?(?:ifexists)?$/.exec(operator) ?? [];
  if (key !== 'aws:currenttime' || comparison === undefined) return undefined;
  const past = values.map((value) => Date.parse(value) < now.getTime());
  if (comparison === 'greater') return past.includes(true) ? true : undefined;
  return past.every(Boolean) ? false : undefined;
}

const entriesOf = (value: unknown): [string, unknown][] =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
