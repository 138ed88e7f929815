import type { AccessComparison } from '../../core/access-answer.ts';
import type { Step } from '../../core/plan.ts';
import { accessLines } from './access-lines.ts';
import { accessCounts } from '../view/access-words.ts';
import { viewAccess } from '../view/access-view.ts';
import { sourceWords } from '../view/source-words.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { layOut, type Line } from './paint.ts';
import { nameAccounts } from '../view/account-names.ts';
import { askedAccounts } from '../view/asked-words.ts';
import { endsRemark } from '../view/difference-words.ts';
import { listOf } from '../view/wording.ts';

export interface AccessTextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Tells how old a snapshot is. */
  now: Date;
}

/** Who gains and who loses what from one side to the other, in the words of a plan. */
export function renderComparison(
  comparison: AccessComparison,
  steps: Step[],
  { now, ...layout }: AccessTextOptions,
): string {
  const { source, comparedWith, withoutGroups = [], disabledUsers } = comparison;
  const about = aboutWords(comparison);
  const view = viewAccess({ access: comparison, steps }, nameAccounts(comparison));
  const groups = listOf(withoutGroups.map(sanitizeName));
  const sections: Line[][] = [
    comparedWith
      ? [
          heading(`Who gains and loses what${about}`),
          quiet(`From ${sourceWords(source, now)}, to ${sourceWords(comparedWith, now)}.`),
          ...endsRemark({ comparesEnds: false, before: source, after: comparedWith }).map(quiet),
        ]
      : [
          heading(`Access that would be lost without group${withoutGroups.length === 1 ? '' : 's'} ${groups}${about}`),
          quiet(`From ${sourceWords(source, now)}. Access that people also hold in another way is not listed.`),
        ],
    [
      heading(`Access: ${accessCounts(view) ?? 'no one gains or loses a permission set in any account'}`),
      ...accessLines(view),
      ...(view.data === undefined ? [] : [quiet(view.data)]),
      ...(disabledUsers.length > 0
        ? [quiet(`Disabled: ${listOf(disabledUsers.map(sanitizeName), disabledShown)}.`)]
        : []),
    ],
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

/** The disabled people who are named; more are counted. */
const disabledShown = 10;

const heading = (text: string): Line => ({ text, tone: 'heading' });
const quiet = (text: string): Line => ({ text, tone: 'quiet' });

/** ` by group ops in production: hanako`; empty where everything is asked about. */
function aboutWords(answer: AccessComparison): string {
  const { users, groups, permissionSets, accounts, administrators } = answer.question;
  const { nameOf } = nameAccounts(answer);
  const names = (list: readonly string[]): string => listOf(list.map(sanitizeName));
  return [
    administrators ? ', as an administrator' : '',
    permissionSets ? ` of ${names(permissionSets)}` : '',
    groups ? ` through group${groups.length === 1 ? '' : 's'} ${names(groups)}` : '',
    accounts ? ` in ${sanitize(askedAccounts(answer.question, nameOf))}` : '',
    users ? `: ${names(users)}` : '',
  ].join('');
}
