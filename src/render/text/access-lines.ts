import type { AccessView } from '../view/access-view.ts';
import {
  accessCounts,
  accessSentence,
  administratorsSentence,
  editedSentence,
  lastAccessSentence,
  restOfEdited,
  restSentence,
} from '../view/access-words.ts';
import type { Line } from './paint.ts';

/** Lines of each part; none must push another out of sight. */
const longest = 20;

/** What is shown, and what is not. One more line takes less room than saying that there is one more. */
function cutOff<Item>(items: readonly Item[]): [Item[], Item[]] {
  const end = items.length <= longest + 1 ? items.length : longest;
  return [items.slice(0, end), items.slice(end)];
}

const omitted = (text: string): Line => ({ indent: 4, text: `${text}; --format json lists all`, tone: 'quiet' });

const alert = (text: string): Line => ({ indent: 2, sign: '!', tone: 'warn', text });

/** Who gains and who loses what, the gravest first. */
export function accessLines(view: AccessView, hasChanges: boolean): Line[] {
  const counts = accessCounts(view);
  if (counts === undefined) {
    return hasChanges
      ? [{ text: 'Access: nobody gains or loses a permission set in any account', tone: 'heading' }]
      : [];
  }
  const change = (side: 'gained' | 'lost', sign: '+' | '-'): Line[] => {
    const tone = side === 'gained' ? 'add' : 'remove';
    const [shown, rest] = cutOff(view[side].lines);
    return [
      ...shown.map((line): Line => ({ indent: 2, sign, tone, text: accessSentence(side, line) })),
      ...(rest.length > 0 ? [omitted(`… and ${restSentence(side, rest)}`)] : []),
    ];
  };
  const [administrators, others] = cutOff(view.newAdministrators.lines);
  const [edited, more] = cutOff(view.edited.lines);
  return [
    { text: `Access: ${counts}`, tone: 'heading' },
    ...(view.lastAccess.length > 0 ? [alert(lastAccessSentence(view.lastAccess))] : []),
    ...administrators.map((line) => alert(administratorsSentence(line))),
    ...(others.length > 0 ? [omitted(`… and more, of ${others.length} other accounts`)] : []),
    ...change('lost', '-'),
    ...change('gained', '+'),
    ...edited.map((line): Line => ({ indent: 2, sign: '~', tone: 'change', text: editedSentence(line) })),
    ...(more.length > 0 ? [omitted(`… and ${restOfEdited(more)}`)] : []),
  ];
}
