import type { DifferingSteps, StateDifference } from '../../core/state-difference.ts';
import { leaverRemarks } from '../view/access-cause.ts';
import { viewAccess } from '../view/access-view.ts';
import { accessCounts } from '../view/access-words.ts';
import { nameAccounts } from '../view/account-names.ts';
import { sourceWords } from '../view/difference-sources.ts';
import { differenceLead, endsRemark, endTexts, partWords } from '../view/difference-words.ts';
import { groupSteps } from '../view/step-view.ts';
import { accessSections } from './access.ts';
import { truncateDocument } from './document.ts';
import { prose } from './inline.ts';
import { countActions, stepSections } from './steps.ts';

const added = { create: 'added', update: 'changed', delete: 'removed' } as const;

/** How two states differ, as Markdown, in the form of a plan. */
export function renderDifferenceMarkdown(
  difference: StateDifference,
  { asked: steps, all }: DifferingSteps,
  now: Date,
): string {
  const { access, before, after, ends } = difference;
  const names = nameAccounts(difference);
  const view = { access: viewAccess({ access, steps: all }, names) };
  const title = `## From ${prose(sourceWords(before, now))} to ${prose(sourceWords(after, now))}`;
  const counts = accessCounts(view.access);
  const lead = [
    [...partWords(difference), differenceLead(difference, steps), ...endsRemark(difference)].map(prose).join(' '),
    ...(counts === undefined ? [] : [prose(`Access: ${counts}.`)]),
  ].join('\n\n');
  const sections = [
    ...accessSections(view),
    ...(ends.length === 0
      ? []
      : [
          {
            rowsAre: 'ends',
            open: '### Ends\n\n',
            rows: endTexts(difference).map((text) => ({ text: `- ${prose(text)}\n` })),
            close: '',
          },
        ]),
    ...stepSections(groupSteps(steps, [], names.nameOf, leaverRemarks(access.leftWithoutAccess)), {
      title: 'Changes',
      count: (some) => countActions(some, (action) => added[action]),
    }),
  ];
  return truncateDocument({ head: `${title}\n\n${lead}\n`, sections, foot: '' }, { limit: Infinity });
}
