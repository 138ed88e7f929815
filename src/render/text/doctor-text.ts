import type { CheckResult, CheckStatus, Diagnosis } from '../../core/diagnosis.ts';
import { describeSnapshot } from '../../core/snapshot-age.ts';
import { sanitize } from '../../core/sanitize.ts';
import { layOut, type Line, type Tone } from './paint.ts';

export interface DiagnosisTextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Tells how old a snapshot is. */
  now: Date;
}

/** Items of one check; none must push another out of sight. */
const longest = 10;

const looks = {
  failed: { heading: 'Failed', sign: 'x', tone: 'bad' },
  warning: { heading: 'Warnings', sign: '!', tone: 'warn' },
  note: { heading: 'Notes', sign: '*', tone: 'plain' },
  unknown: { heading: 'Not looked at', sign: '?', tone: 'quiet' },
} as const satisfies Partial<Record<CheckStatus, { heading: string; sign: string; tone: Tone }>>;

/** What is wrong, why it matters and what to do next: the gravest first, for people on a terminal. */
export function renderDiagnosis(diagnosis: Diagnosis, { now, ...layout }: DiagnosisTextOptions): string {
  const { checks } = diagnosis;
  const sections: Line[][] = [introduction(diagnosis, now)];
  for (const [status, { heading }] of Object.entries(looks)) {
    const some = checks.filter((check) => check.status === status);
    if (some.length === 0) continue;
    const title: Line = { text: `${heading}: ${some.length}`, tone: 'heading' };
    sections.push([title, ...(status === 'unknown' ? unknownLines(some) : some.flatMap(linesOf))]);
  }
  const fine = checks.filter(({ status }) => status === 'ok');
  if (fine.length > 0) {
    const names = fine.map(({ check }) => check).join(', ');
    sections.push([
      { text: `In order: ${fine.length}`, tone: 'heading' },
      { indent: 2, text: names, tone: 'quiet' },
    ]);
  }
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

function introduction({ instance, caller, file, source }: Diagnosis, now: Date): Line[] {
  const where = instance ? `${sanitize(instance.arn)} in ${sanitize(instance.region)}` : 'no instance';
  const beside = file === undefined ? 'without a file' : `with ${sanitize(file)}`;
  return [
    { text: `Looked at ${where}, ${beside}`, tone: 'heading' },
    ...(caller ? [{ text: `As ${sanitize(caller.arn)}.`, tone: 'quiet' as const }] : []),
    ...(source.type === 'snapshot'
      ? [{ text: `From ${describeSnapshot(source.takenAt, now)}.`, tone: 'quiet' as const }]
      : []),
  ];
}

function linesOf(result: CheckResult): Line[] {
  const { check, found, why, items } = result;
  const { sign, tone } = looks[result.status as keyof typeof looks];
  const rest = items.length > longest + 1 ? items.length - longest : 0;
  return [
    { indent: 2, sign, tone, text: check },
    { indent: 4, text: sanitize(found) },
    ...items.slice(0, items.length - rest).map((item): Line => ({ indent: 4, sign: '-', text: sanitize(item) })),
    ...(rest > 0 ? [{ indent: 6, text: `… and ${rest} more; --format json lists all`, tone: 'quiet' as const }] : []),
    ...(why === undefined ? [] : [{ indent: 4, text: why, tone: 'quiet' as const }]),
    ...nextLines(result),
  ];
}

/** What could not be looked at for one reason stands together. */
function unknownLines(results: readonly CheckResult[]): Line[] {
  const byReason = new Map<string, CheckResult[]>();
  for (const result of results) byReason.set(result.found, [...(byReason.get(result.found) ?? []), result]);
  const { sign, tone } = looks.unknown;
  return [...byReason].flatMap(([found, some]): Line[] => [
    { indent: 2, sign, tone, text: some.map(({ check }) => check).join(', ') },
    { indent: 4, text: sanitize(found) },
    ...some.flatMap(nextLines),
  ]);
}

function nextLines({ next }: CheckResult): Line[] {
  return next.flatMap(({ text, line }): Line[] => [
    { indent: 4, sign: '>', text: sanitize(text) },
    // Broken into two, it could not be pasted.
    ...(line === undefined ? [] : [{ indent: 8, text: sanitize(line), breaks: 'never' as const }]),
  ]);
}
