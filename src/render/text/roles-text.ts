import { groupBy } from '../../core/group-by.ts';
import { sanitizeName } from '../../core/sanitize.ts';
import type { RolesAnswer } from '../../core/roles-answer.ts';
import { countOf } from '../../core/words.ts';
import { accountTitle, patternsIn, roleNotes } from '../view/roles-notes.ts';
import { sourceWords } from '../view/source-words.ts';
import type { AccessTextOptions } from './comparison-text.ts';
import { layOut, type Line } from './paint.ts';

/** Account by account, each permission set with the ARN of its role or the pattern: for people on a terminal. */
export function renderRoles(answer: RolesAnswer, { now, ...layout }: AccessTextOptions): string {
  const byAccount = groupBy(answer.roles, ({ account }) => accountTitle(account, answer));
  const accounts = [...byAccount].sort(([a], [b]) => (a < b ? -1 : 1));
  const patterns = patternsIn(answer).length;
  const sections: Line[][] = [
    [heading('Roles of permission sets'), quiet(`From ${sourceWords(answer.source, now)}.`)],
    ...accounts.map(([title, roles]) => [
      heading(title),
      ...roles.flatMap(({ permissionSet, pattern, arn }): Line[] => [
        { indent: 2, text: sanitizeName(permissionSet) },
        // To be copied, so it is never broken.
        { indent: 4, text: arn ?? pattern, breaks: 'never', ...(arn === undefined && { tone: 'quiet' }) },
      ]),
    ]),
    [
      heading(summaryOf(answer, patterns)),
      ...(patterns > 0
        ? [quiet('In a pattern, each ? is one character that AWS chooses. The condition ArnLike takes it as it is.')]
        : []),
      ...roleNotes(answer).map(quiet),
    ],
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

const heading = (text: string): Line => ({ text, tone: 'heading' });
const quiet = (text: string): Line => ({ text, tone: 'quiet' });

function summaryOf({ roles }: RolesAnswer, patterns: number): string {
  if (roles.length === 0) return 'No permission set is a role there.';
  const accounts = new Set(roles.map(({ account }) => account)).size;
  const parts = [
    ...(patterns < roles.length ? [countOf(roles.length - patterns, 'ARN')] : []),
    ...(patterns > 0 ? [countOf(patterns, 'pattern')] : []),
  ];
  return `${countOf(roles.length, 'role')} in ${countOf(accounts, 'account')}: ${parts.join(' and ')}.`;
}
