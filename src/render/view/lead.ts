import { nounCount, peopleCount } from '../../core/words.ts';
import { editTexts, holdsText, lossCount, newIdentity, verbFor } from './access-words.ts';
import type { AdministratorsLine, AttributesLine } from './access-view.ts';
import { byWords } from './edit-words.ts';
import type { PlanView } from './view.ts';
import { listOf } from './wording.ts';

/** Who is named in a lead; more people are counted. */
const names = 2;
/** The accounts of new administrators, and the permission sets, that a lead names. */
const things = 2;

/** What a refusal means, by its code, in the words of a heading. */
const refusals: Record<string, string> = {
  'denied-access': 'a rule denies access that it grants',
  'direct-user-assignment': 'a rule forbids an assignment to a user that it makes',
  'end-missing': 'a rule asks for an end of access that it gives for ever or for too long',
  'exclusive-access': 'it gives one person permission sets that a rule keeps apart',
  'external-directory': 'it would manage users or groups of an external directory',
  'forgotten-rename': 'a user would be deleted and created again under another name',
  'last-administrator': 'the management account would have no administrator',
  'own-administrator-access-lost': 'you would lose your own administrator access',
  'protected-access-lost': 'protected access would be lost',
  'reason-missing': 'a rule asks for a reason for access that it gives',
  'review-due': 'a rule asks for a review of an entry by which it gives access',
  'session-too-long': 'sessions would be longer than a rule allows',
  'still-in-use': 'what it removes is still in use',
  'too-many-people': 'too many people would lose access',
  'too-many-removals': 'it removes too much',
  'unpinned-removals': 'it removes something, and the file does not name its instance',
};

type Reviewed = Pick<
  PlanView,
  'access' | 'gone' | 'limits' | 'risks' | 'adopted' | 'adoptedAdministrators' | 'ends' | 'hasChanges' | 'hasBase'
>;

/** `refused: the management account would have no administrator`; undefined where nothing refuses the plan. */
export function refusalText({ violations }: Pick<PlanView, 'violations'>): string | undefined {
  const reasons = [...new Set(violations.map(({ code, message }) => refusals[code] ?? message))];
  const [first, ...others] = reasons;
  if (first === undefined) return undefined;
  return `${first}${others.length === 0 ? '' : `, and ${nounCount(others.length, ['more reason', 'more reasons'])}`}`;
}

/** `rin gains access, 1 limit is loosened`: what to know of a plan before all else; undefined where it does nothing. */
export function leadText({
  access,
  gone,
  limits,
  risks,
  adopted,
  adoptedAdministrators,
  hasChanges,
}: Reviewed): string | undefined {
  const { gained, lost, lastAccess, newAdministrators, lostAdministrators, edited, attributes, applications } = access;
  const tagged = peopleOf(attributes);
  const loosened = limits?.lines.filter(({ loosens }) => loosens).length ?? 0;
  const changed = (limits?.lines.length ?? 0) - loosened;
  const administrators = peopleOf(newAdministrators.lines);
  const former = peopleOf(lostAdministrators.lines);
  const gainers = peopleOf(gained.lines);
  // Who becomes an administrator and no one else gains: that is told already.
  const onlyThey = gainers.every((user) => administrators.includes(user));
  const losers = peopleOf(lost.lines);
  const [appGainers, appLosers] = [peopleOf(applications.gained), peopleOf(applications.lost)];
  const frozen = gone.frozen.length;
  const parts = [
    ...riskTexts(risks.flatMap(({ lead }) => lead ?? [])),
    ...(loosened > 0 ? [`${nounCount(loosened, ['limit is', 'limits are'])} loosened`] : []),
    ...(administrators.length > 0
      ? [
          `${named(administrators)} ${administrators.length === 1 ? 'becomes an administrator' : 'become administrators'} of ${accountsOf(newAdministrators.lines)}${sameBy(newAdministrators.lines)}`,
        ]
      : []),
    ...(former.length > 0
      ? [
          `${named(former)} ${former.length === 1 ? 'is no longer an administrator' : 'are no longer administrators'} of ${accountsOf(lostAdministrators.lines)}`,
        ]
      : []),
    ...handsTexts(access.changedHands),
    ...editTexts(edited),
    ...(tagged.length > 0 ? [attributesText(tagged, attributes)] : []),
    ...(gainers.length > 0 && !onlyThey ? [`${named(gainers)} ${verbFor('gained', gainers.length)} access`] : []),
    ...(losers.length > 0 ? [lossText(losers, lastAccess.length)] : []),
    ...(appGainers.length > 0
      ? [`${named(appGainers)} ${verbFor('gained', appGainers.length)} ${applicationCount(applications.gained)}`]
      : []),
    ...(appLosers.length > 0
      ? [`${named(appLosers)} ${verbFor('lost', appLosers.length)} ${applicationCount(applications.lost)}`]
      : []),
    ...(frozen > 0
      ? [`${nounCount(frozen, ["name can't be found and is", "names can't be found and are"])} frozen`]
      : []),
    ...(adopted.length > 0 ? [adoptedText(adopted.length, adoptedAdministrators)] : []),
    ...riskTexts(risks.flatMap(({ aside }) => aside ?? [])),
  ];
  if (parts.length === 0 && hasChanges) parts.push(harmlessText(risks.length));
  if (changed > 0 && loosened === 0) parts.push(`${nounCount(changed, ['limit', 'limits'])} of the file changed`);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** `No new administrator, no edited permission set, no loosened limit, no changed or near end.`: what a reviewer need not look for. */
export function negativesText({
  access,
  limits,
  ends,
  hasChanges,
  hasBase,
  updates,
  violations,
}: Reviewed & Pick<PlanView, 'updates' | 'violations'>): string | undefined {
  if (!hasChanges || violations.length > 0) return undefined;
  const parts = [
    ...(access.newAdministrators.people === 0 ? ['new administrator'] : []),
    // An update can be of a permission set that people hold, and leave what it allows as it is.
    ...(access.edited.people === 0 && updates === 0 ? ['edited permission set that people hold'] : []),
    ...(access.lost.people === 0 ? ['lost access'] : []),
    ...(hasBase && !limits?.lines.some(({ loosens }) => loosens) ? ['loosened limit'] : []),
    ...(hasBase && ends.length === 0 ? ['changed or near end'] : []),
  ].map((text) => `no ${text}`);
  const text = parts.join(', ');
  return text === '' ? undefined : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Where nothing above is to tell: risks need not be about access. */
const harmlessText = (risks: number): string =>
  `no one gains or loses access${risks === 0 ? '' : `, but there ${risks === 1 ? 'is 1 risk' : `are ${risks} risks`}`}`;

function riskTexts(texts: readonly string[]): string[] {
  const more = texts.length - things;
  return [...texts.slice(0, things), ...(more > 0 ? [nounCount(more, ['more risk', 'more risks'])] : [])];
}

/** `ann, who holds Admin in production, gets another e-mail address` */
function handsTexts(lines: PlanView['access']['changedHands']): string[] {
  const more = lines.length - names;
  return [
    ...lines
      .slice(0, names)
      .map((line) => `${line.users[0]}, who holds ${holdsText(line, things)}, gets ${newIdentity(line)}`),
    ...(more > 0
      ? [
          `so ${more === 1 ? 'does' : 'do'} ${nounCount(more, ['more person who holds', 'more people who hold'])} access`,
        ]
      : []),
  ];
}

const adoptedText = (count: number, administrators: readonly string[]): string => {
  const be = administrators.length === 1 ? 'is an administrator' : 'are administrators';
  const by =
    administrators.length === 0 ? '' : `, and ${named(administrators)} ${be} by ${count === 1 ? 'it' : 'them'}`;
  return `${nounCount(count, ['thing', 'things'])} that ${count === 1 ? 'is' : 'are'} live already ${count === 1 ? 'is' : 'are'} adopted${by}`;
};

const peopleOf = (lines: readonly { users: readonly string[] }[]): string[] => [
  ...new Set(lines.flatMap(({ users }) => users)),
];

const accountsOf = (lines: readonly AdministratorsLine[]): string =>
  listOf([...new Set(lines.flatMap(({ accounts }) => accounts))], things, 'more accounts');

/** By which actions they are administrators, where it is the same for all. */
function sameBy(lines: readonly AdministratorsLine[]): string {
  const [text = '', ...others] = [...new Set(lines.map(({ by }) => byWords(by)))];
  return others.length === 0 ? text : '';
}

const attributesText = (people: readonly string[], lines: readonly AttributesLine[]): string => {
  const keys = [...new Set(lines.flatMap((line) => line.keys))];
  const sets = [...new Set(lines.map(({ permissionSet }) => permissionSet))];
  return `${listOf(keys, things)}, which ${listOf(sets, things)} ${sets.length === 1 ? 'asks' : 'ask'} for, ${keys.length === 1 ? 'changes' : 'change'} for ${named(people)}`;
};

const named = (people: readonly string[]): string =>
  people.length <= names ? listOf(people) : peopleCount(people.length);

const applicationCount = (lines: readonly unknown[]): string =>
  lines.length === 1 ? 'an application' : `${lines.length} applications`;

const lossText = (losers: readonly string[], last: number): string => {
  if (losers.length > names) return lossCount(losers.length, last);
  const own = losers.length === 1 ? 'the' : 'their';
  return `${named(losers)} ${verbFor('lost', losers.length)} ${last === losers.length ? `${own} last access` : 'access'}`;
};
