import type { Line } from './paint.ts';
import type { WarningView } from './view.ts';

/** Messages to send, under the warning that they belong to; those over the limit are counted. */
export function letterLines(toSend: WarningView['toSend'], limit: number): Line[] {
  const shown = toSend.slice(0, limit);
  const rest = toSend.length - shown.length;
  return [
    ...shown.flatMap(({ to, lines }): Line[] => [
      { indent: 6, text: `To send to ${to}:`, tone: 'quiet' },
      ...lines.map((text): Line => ({ indent: 8, text, breaks: text.startsWith(' ') ? 'columns' : 'words' })),
    ]),
    ...(rest > 0
      ? [
          {
            indent: 6,
            text: `… and ${rest} more like it; the plan in Markdown or JSON has them all`,
            tone: 'quiet',
          } as const,
        ]
      : []),
  ];
}
