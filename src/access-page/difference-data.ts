import { usersOfBoth, type AccessOfBoth, type SidedSet } from '../access/both-sides.ts';
import { isSessionAlone } from '../access/set-edit.ts';
import type { AccessSide } from '../access/side.ts';
import type { AccessQuestion } from '../core/access-answer.ts';
import type { StateDifference } from '../core/state-difference.ts';
import type { Policies } from '../policies/load.ts';
import { editWords } from '../render/view/edit-words.ts';
import { pageContent } from './content.ts';
import type { PageData, PageSet } from './data.ts';
import { differenceFacts } from './difference-facts.ts';
import { differenceNotes } from './notes.ts';
import { askedOf, madeOf, withDigest } from './page-data.ts';
import { setWords } from './set-words.ts';
import { everyoneAskedAbout } from './sources.ts';

export interface DifferencePage {
  held: AccessOfBoth;
  sides: readonly [before: AccessSide, after: AccessSide];
  sources: Pick<StateDifference, 'before' | 'after'>;
  question: AccessQuestion;
  policies: Pick<Policies, 'dates'>;
}

/** What changes from one state to another, in the form that the access page has it. Pure. */
export function differenceData({ held, sides, sources, question, policies }: DifferencePage, now: Date): PageData {
  const [before, after] = sides;
  const { organization = before.organization, instance = before.instance, region = before.region } = after;
  const content = pageContent(held, {
    everyone: everyoneAskedAbout(question, usersOfBoth(before, after)),
    ...(organization && { organization }),
    sets: held.permissionSets.map(sidedSet),
  });
  const page = {
    ...madeOf(now.toISOString(), instance, region === undefined ? {} : { region }),
    ...askedOf(question, held.accounts),
    notes: differenceNotes(held, { sides, dates: policies.dates }),
    ...content,
  };
  const facts = differenceFacts({ ...page, about: { type: 'difference' } }, held);
  return withDigest({ about: { type: 'difference', ...sources, facts }, ...page });
}

function sidedSet(one: SidedSet): PageSet {
  const { name, spec, was } = one;
  const allows = setWords(one, spec);
  if (!was) return { name, allows };
  const { title, lead, rest } = editWords(was.edit);
  return {
    name,
    allows,
    was: {
      ...(was.set.name !== name && { name: was.set.name }),
      ...(isSessionAlone(was.edit) && { session: 1 as const }),
      allows: setWords(was.set, was.spec),
      edit: title,
      details: [...lead, ...rest],
    },
  };
}
