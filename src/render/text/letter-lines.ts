import type { Line } from './paint.ts';
import type { LetterView } from '../view/view.ts';

export interface LetterLimits {
  letters: number;
  /** Of each message. */
  lines: number;
}

/** Messages to send, under the warning that they belong to; what is over the limits is counted. */
export function letterLines(toSend: readonly LetterView[], limits: LetterLimits): Line[] {
  const shown = toSend.slice(0, limits.letters);
  const rest = toSend.length - shown.length;
  return [
    ...shown.flatMap(({ to, lines }): Line[] => {
      const left = lines.length - limits.lines;
      return [
        { indent: 6, text: `To send to ${to}:`, tone: 'quiet' },
        ...lines.slice(0, limits.lines).map(bodyLine),
        ...(left > 0 ? [remark(`… and ${left} more lines of it; the plan in Markdown or JSON has them all`)] : []),
      ];
    }),
    ...(rest > 0 ? [remark(`… and ${rest} more like it; the plan in Markdown or JSON has them all`)] : []),
  ];
}

const remark = (text: string): Line => ({ indent: 6, text, tone: 'quiet' });

/** A fact such as the portal's URL is indented; its rest goes under it, rather than that the URL is broken. */
function bodyLine({ text, isCopy }: LetterView['lines'][number]): Line {
  const content = text.trimStart();
  return { indent: 8 + text.length - content.length, text: content, breaks: isCopy ? 'never' : 'words' };
}
