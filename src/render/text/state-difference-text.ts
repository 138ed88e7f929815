import { sanitizeName } from '../../core/sanitize.ts';
import type { DifferingSteps, StateDifference } from '../../core/state-difference.ts';
import { listOf } from '../../core/words.ts';
import { leaverRemarks } from '../view/access-cause.ts';
import { viewAccess } from '../view/access-view.ts';
import { accessCounts } from '../view/access-words.ts';
import { nameAccounts } from '../view/account-names.ts';
import { sourceWords } from '../view/difference-sources.ts';
import { differenceLead, endsRemark, endTexts, partWords } from '../view/difference-words.ts';
import { groupSteps } from '../view/step-view.ts';
import { accessLines } from './access-lines.ts';
import { layOut, type Line } from './paint.ts';
import { groupLines } from './text.ts';

/** The things of one kind that are listed; more are counted. */
const longest = 50;

const heading = (text: string): Line => ({ text, tone: 'heading' });

/** How two states differ, for people on a terminal: who gains and who loses access, then the things. */
export function renderStateDifference(
  difference: StateDifference,
  { asked: steps, all }: DifferingSteps,
  { now, ...layout }: { color: boolean; width: number; now: Date },
): string {
  const { access, before, after, ends } = difference;
  const names = nameAccounts(difference);
  const view = viewAccess({ access, steps: all }, names);
  const groups = groupSteps(steps, [], names.nameOf, leaverRemarks(access.leftWithoutAccess)).map((group): Line[] => {
    const more = group.steps.length - longest;
    const shown = more > 1 ? { ...group, steps: group.steps.slice(0, longest) } : group;
    return [
      ...groupLines(shown),
      ...(more > 1 ? [{ indent: 4, text: `… and ${more} more; --format json lists all`, tone: 'quiet' } as const] : []),
    ];
  });
  const sections: Line[][] = [
    [
      heading(`From ${sourceWords(before, now)} to ${sourceWords(after, now)}`),
      ...partWords(difference).map((text): Line => ({ text, tone: 'quiet' })),
      { text: differenceLead(difference, steps) },
      ...endsRemark(difference).map((text): Line => ({ text, tone: 'quiet' })),
    ],
    [
      heading(`Access: ${accessCounts(view) ?? 'no one gains or loses a permission set in any account'}`),
      ...accessLines(view),
      ...(view.data === undefined ? [] : [{ text: view.data, tone: 'quiet' } as const]),
      ...(access.disabledUsers.length > 0
        ? [{ text: `Disabled: ${listOf(access.disabledUsers.map(sanitizeName), 10)}.`, tone: 'quiet' } as const]
        : []),
    ],
    ...(ends.length > 0
      ? [
          [
            heading('Ends'),
            ...endTexts(difference).map((text): Line => ({ indent: 2, sign: '~', tone: 'change', text })),
          ],
        ]
      : []),
    ...groups,
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}
