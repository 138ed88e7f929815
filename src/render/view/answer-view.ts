import type {
  AccessAnswer,
  AccessGrant,
  AccessMembers,
  AccessOrigin,
  AccessQuestion,
  Reaches,
} from '../../core/access-answer.ts';
import type { Power } from '../../core/access.ts';
import { groupBy } from '../../core/group-by.ts';
import { justificationText } from '../../core/justification.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { joinWords, listOf } from '../../core/words.ts';
import { createAccountWords } from './account-words.ts';
import { nameAccounts } from './account-names.ts';
import { askedScope, factsOf, sentenceOf, type Fact } from './answer-words.ts';
import { causeWords, powerText } from './cause-words.ts';

/** Who holds what, in words; every name is sanitized. */
export interface AnswerView {
  /** What is to be known first: of everything the facts, of a question one sentence. */
  facts: Fact[];
  sentence: string | undefined;
  sections: AnswerSection[];
}

/** Grants of one power, or that allow an action equally. */
export interface AnswerSection {
  title: string;
  isGrave: boolean;
  places: AnswerPlace[];
}

/** A permission set in some accounts. */
export interface AnswerPlace {
  permissionSet: string;
  /** `can raise rights by iam:AttachRolePolicy`. */
  power: string;
  /** Why it has this power, for beside its title: `by iam:AttachRolePolicy`; empty where there is nothing to say. */
  cause: string;
  accounts: string;
  rows: AnswerRow[];
}

export interface AnswerRow {
  /** `platform: hanako and taro; ken, directly` */
  who: string;
  /** `until 2027-03-01`; empty without an end. */
  until: string;
  /** `line 131`; empty where the file has none. */
  lines: string;
  /** Why the file has none, and what comes of that. */
  note: string;
  /** By the entries of the file: `why: On-call (OPS-12), reviewed 2026-11-30`; empty where they don't say. */
  why: string;
}

export const powerTitles: Record<Power, string> = {
  administrator: 'Administrator',
  raise: 'Can raise own rights',
  unknown: 'Unknown: a policy can allow anything',
  write: 'Write',
  read: 'Read',
};

const allowsTitles: Record<Reaches, string> = {
  certain: 'Certain: at every resource, without a condition',
  'by-raising': 'Can give it to themselves: they can raise their own rights',
  'in-part': 'In part: at some resources, or under a condition',
  unknown: 'Unknown: a policy of unknown content can allow or deny it',
};

/** Those of a group who are named, of everything and of a question; more are counted. */
const membersShown = { whole: 3, asked: 10 };

export function viewAnswer(answer: AccessAnswer): AnswerView {
  const { grants, question, managementAccount } = answer;
  const names = nameAccounts(answer);
  const ids = Object.keys(answer.accounts).sort(
    (a, b) =>
      Number(b === managementAccount) - Number(a === managementAccount) || (names.nameOf(a) < names.nameOf(b) ? -1 : 1),
  );
  const asked = question.accounts && askedScope(question);
  const accountWords = createAccountWords(ids, names.nameOf, { ...(asked !== undefined && { asked }) });
  const sections = groupBy(grants, ({ power, allows }) => allows ?? power);
  const order = question.actions ? Object.keys(allowsTitles) : Object.keys(powerTitles);
  const row = rowWords(answer);
  return {
    facts: isWhole(question) ? factsOf(answer) : [],
    sentence: isWhole(question) ? undefined : sentenceOf(answer, accountWords),
    sections: order.flatMap((key) => {
      const some = sections.get(key) ?? [];
      if (some.length === 0) return [];
      const places = groupBy(some, ({ permissionSet, power, accounts }) =>
        JSON.stringify([permissionSet, power, accounts]),
      );
      return [
        {
          title: question.actions ? allowsTitles[key as Reaches] : powerTitles[key as Power],
          isGrave: ['administrator', 'raise', 'certain', 'by-raising'].includes(key),
          places: [...places.values()].map((together): AnswerPlace => {
            const [{ permissionSet, power, cause, accounts }] = together as [AccessGrant, ...AccessGrant[]];
            // The titles of an action say no power; that of who comes to it by raising their rights says this one.
            const saysPower = !question.actions || (key === 'by-raising') === (power === 'raise');
            return {
              permissionSet: sanitizeName(permissionSet),
              power: powerText(power, cause),
              cause: saysPower ? causeWords(power, cause) : powerText(power, cause),
              accounts: accountWords(accounts),
              rows: together.map(row),
            };
          }),
        },
      ];
    }),
  };
}

const isWhole = (question: AccessQuestion): boolean => Object.keys(question).length === 0;

/** How one grant is told: to whom, until when and by which lines. */
function rowWords({
  users,
  groups,
  grants,
  question,
  inSeveralFiles,
}: AccessAnswer): (grant: AccessGrant) => AnswerRow {
  const disabled = new Set(users.filter(({ isDisabled }) => isDisabled).map(({ name }) => name));
  const membersOf = new Map(groups.map(({ name, members }) => [name, members]));
  const limit = isWhole(question) ? membersShown.whole : membersShown.asked;
  const isOnePerson = question.users?.length === 1;
  const files = new Set(
    [...grants, ...groups.flatMap(({ members }) => members)].flatMap(({ places }) => places.map(({ file }) => file)),
  );
  const isNamed = inSeveralFiles === true || files.size > 1;
  const linesOf = ({ places }: AccessOrigin): string => {
    const texts = places.map(({ file, line }) => (isNamed ? `${sanitize(file)}:${line}` : String(line)));
    if (texts.length === 0) return '';
    return `${isNamed ? '' : texts.length === 1 ? 'line ' : 'lines '}${listOf(texts, 3)}`;
  };
  const person = (name: string, origin?: AccessOrigin): string => {
    const marks = [...(disabled.has(name) ? ['disabled'] : []), ...(origin ? memberMarks(origin) : [])];
    return `${sanitizeName(name)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
  };
  return (grant) => {
    const throughGroups = grant.groups.map((group) => {
      const members = membersIn(grant, membersOf.get(group) ?? []);
      const memberLines = joinWords(members.map(linesOf).filter((text) => text !== ''));
      const marks = [...members.flatMap(memberMarks), ...(memberLines === '' ? [] : [`member by ${memberLines}`])];
      if (isOnePerson) return `through ${sanitizeName(group)}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
      const people = members.flatMap((some) => some.users.map((name) => person(name, some)));
      return `${sanitizeName(group)}: ${people.length === 0 ? 'no members' : listOf(people, limit)}`;
    });
    const direct = listOf(
      grant.users.map((name) => person(name)),
      limit,
    );
    return {
      who: [...throughGroups, ...(direct === '' ? [] : [isOnePerson ? 'directly' : `${direct}, directly`])].join('; '),
      until: grant.status === 'declared' && grant.until !== undefined ? `until ${sanitize(grant.until)}` : '',
      lines: linesOf(grant),
      note: noteOf(grant),
      why: whyOf(
        grant,
        isOnePerson ? grant.groups.flatMap((group) => membersIn(grant, membersOf.get(group) ?? [])) : [],
      ),
    };
  };
}

/** Of a membership what a reader would not expect of it. */
function memberMarks({ status, until }: AccessOrigin): string[] {
  if (status === 'expired') return [`membership expired ${sanitize(until ?? '')}`];
  if (status === 'undeclared') return ['member not in the file'];
  return until === undefined ? [] : [`until ${sanitize(until)}`];
}

/** Of a grant, and of the memberships that lead to it. */
function whyOf({ places }: AccessOrigin, memberships: readonly AccessOrigin[]): string {
  const own = justificationText(places);
  const member = justificationText(memberships.flatMap((one) => one.places));
  return sanitize(
    [...(own === '' ? [] : [`why: ${own}`]), ...(member === '' ? [] : [`why a member: ${member}`])].join('; '),
  );
}

function noteOf({ status, until }: AccessOrigin): string {
  if (status === 'expired') return `expired ${sanitize(until ?? '')}: the next apply removes it`;
  if (status === 'undeclared') return 'not in the file: the next apply removes it';
  return status === 'unmanaged' ? 'the file leaves it alone' : '';
}

/** Those whom the grant is about. */
function membersIn({ members: only }: AccessGrant, members: readonly AccessMembers[]): AccessMembers[] {
  if (!only) return [...members];
  const wanted = new Set(only);
  return members
    .map((some) => ({ ...some, users: some.users.filter((user) => wanted.has(user)) }))
    .filter(({ users }) => users.length > 0);
}
