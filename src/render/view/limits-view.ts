import type { LimitChange } from '../../core/findings.ts';
import type { Plan } from '../../core/plan.ts';
import { nounCount } from '../../core/words.ts';
import { sanitize } from '../../core/sanitize.ts';
import type { FileLine } from './access-line.ts';

export interface LimitLine {
  key: string;
  /** Absent where there is none. */
  before?: string;
  after?: string;
  loosens: boolean;
  line?: FileLine;
}

export interface LimitsView {
  /** The file before: `main at 3f2c1ab`. */
  base: string;
  lines: LimitLine[];
}

/** What the file says otherwise about itself than the file before; absent where that is nothing. Every text is inert. */
export function viewLimits({ limits, base }: Pick<Plan, 'limits' | 'base'>): LimitsView | undefined {
  if (limits.length === 0) return undefined;
  return { base: baseName(base) ?? 'the file before', lines: limits.map(viewLimit) };
}

/** `main at 3f2c1ab`; `3f2c1ab` for a commit, and the path of a file; undefined where there is none. */
function baseName(base: Plan['base']): string | undefined {
  if (base === undefined || 'missing' in base) return undefined;
  const { name, commit } = base;
  const short = commit?.slice(0, 7);
  return sanitize(short === undefined ? name : commit?.startsWith(name) ? short : `${name} at ${short}`);
}

export function viewLimit({ key, before, after, loosens, place }: LimitChange): LimitLine {
  return {
    key: sanitize(key),
    ...(before !== null && { before: sanitize(before) }),
    ...(after !== null && { after: sanitize(after) }),
    loosens,
    ...(place && { line: { file: sanitize(place.file), line: place.line } }),
  };
}

/** `safety.maxRemovals: 5 -> 60, loosened (identity.yaml:14)` */
export function limitSentence({ key, before, after, loosens, line }: LimitLine): string {
  const change =
    before === undefined ? `added ${after}` : after === undefined ? `removed ${before}` : `${before} -> ${after}`;
  return `${key}: ${change}${loosens ? ', loosened' : ''}${line === undefined ? '' : ` (${line.file}:${line.line})`}`;
}

/** `2 limits of the file are loosened.`; undefined where none is. */
export function loosenedText(limits: LimitsView | undefined): string | undefined {
  const count = (limits?.lines ?? []).filter(({ loosens }) => loosens).length;
  if (count === 0) return undefined;
  return `${nounCount(count, ['limit', 'limits'])} of the file ${count === 1 ? 'is' : 'are'} loosened.`;
}

/**
 * Why nothing is told of the limits of the file; undefined where they were compared.
 * @param note sentences that are shown of why there is no file before, so that it need not be said twice
 */
export function baseRemark({ base }: Pick<Plan, 'base'>, note?: string): string | undefined {
  if (base !== undefined && !('missing' in base)) return undefined;
  const text = 'The limits of the file were not compared with the file before';
  const missing = base && sanitize(base.missing);
  if (note !== undefined && sanitize(note).includes(missing ?? '')) return `${sanitize(note)} ${text}.`;
  return `${text}: ${missing ?? 'none was given'}.`;
}
