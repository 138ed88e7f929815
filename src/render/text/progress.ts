import type { Step } from '../../core/plan.ts';
import { sanitize } from '../../core/sanitize.ts';
import { createEstimate } from '../view/estimate.ts';
import { createPaint, type Tone } from './paint.ts';
import { cut } from '../wrap.ts';
import { doing, done, elapsed, stepName } from '../view/wording.ts';

/** Says how an apply is getting on. */
export interface Progress {
  started(step: Step): void;
  succeeded(step: Step): void;
  failed(step: Step, message: string): void;
  skipped(step: Step, because: Step | 'interrupted'): void;
  /** Takes the status line away; what comes after it is said by others. */
  close(): void;
}

export interface ProgressOptions {
  write: (text: string) => void;
  isTty: boolean;
  /** Asked every time: a terminal may be resized. */
  width: () => number;
  /** All that is to be done. */
  steps: readonly Pick<Step, 'kind'>[];
  /** In milliseconds. */
  now: () => number;
  color: boolean;
}

/** Back to the first column, and all that stands in the line is gone. */
const eraseLine = '\r\u001B[2K';

/** Finished steps as lines; on a terminal also one line below them that is rewritten, and elsewhere no control characters. */
export function createProgress({ write, isTty, width, steps, now, color }: ProgressOptions): Progress {
  const paint = createPaint(color && isTty);
  const begun = now();
  const total = steps.length;
  const timeLeft = createEstimate(steps, now);
  const inFlight = new Set<string>();
  let finished = 0;
  let closed = false;

  const status = (): string => {
    const left = timeLeft();
    const estimate = left === undefined ? '' : `, about ${elapsed(left)} left`;
    const words = `${finished}/${total}, ${inFlight.size} in flight, ${elapsed(now() - begun)}${estimate}`;
    // One column short: many terminals go to the next line as soon as the last column is written.
    const columns = width() - 1;
    const share = total === 0 ? 1 : Math.min(1, finished / total);
    const room = Math.min(24, columns - words.length - '[] '.length);
    const filled = Math.round(share * room);
    const bar = room < 8 ? '' : `[${'#'.repeat(filled)}${'-'.repeat(room - filled)}] `;
    return cut(`${bar}${words}`, columns);
  };
  const show = (line: string): void => {
    if (closed) return;
    if (isTty) write(`${eraseLine}${line}${status()}`);
    else if (line !== '') write(line);
  };
  const finish = (step: Step, tone: Tone, sign: string, text: string): void => {
    inFlight.delete(step.id);
    finished += 1;
    timeLeft.finished(step);
    show(`${paint(tone, sign)} ${text}\n`);
  };

  return {
    started(step) {
      inFlight.add(step.id);
      timeLeft.started(step);
      show('');
    },
    succeeded: (step) => finish(step, 'add', '✓', `${done[step.action]} ${stepName(step)}`),
    failed: (step, message) => finish(step, 'bad', '✗', failureText(step, message)),
    skipped: (step, because) => finish(step, 'warn', '-', skipText(step, because)),
    close() {
      if (isTty && !closed) write(eraseLine);
      closed = true;
    },
  };
}

/** `creating user hanako (Hanako Yamada): …`. */
export function failureText(step: Step, message: string): string {
  return `${doing[step.action]} ${stepName(step)}: ${sanitize(message)}`;
}

/** `skipped creating …, because it depends on …`. */
export function skipText(step: Step, because: Step | 'interrupted'): string {
  const reason = because === 'interrupted' ? 'the run was interrupted' : `it depends on ${stepName(because)}`;
  return `skipped ${doing[step.action]} ${stepName(step)}, because ${reason}`;
}
