import type { Adopted, AdoptedHold } from '../../core/findings.ts';
import { addTo, groupBy } from '../../core/group-by.ts';
import type { FieldChange, Plan } from '../../core/plan.ts';
import { blocksOf, mergeBlocks, type Block } from '../../core/reach.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import { stableJson } from '../../core/stable-json.ts';
import type { AccountNames } from './account-names.ts';
import { linesOf, type PlacedSentence } from './findings-view.ts';
import { listOf, stepName } from './wording.ts';

export const adoptedHeading = 'Adopted: live already, and newly in the file';

const names = 5;

interface Sentence extends PlacedSentence {
  isAdministrator: boolean;
}

/** Turns parts of a plan into words. */
interface Naming {
  people: Plan['access']['people'];
  accounts: AccountNames;
}

/**
 * `bob holds Read in staging, until 2027-01-31 (identity.yaml:12)`: who holds what by what the file newly asks for, the
 * administrators first, and what else of it is live already.
 */
export function adoptedSentences(
  { adopted, access: { people } }: Pick<Plan, 'adopted' | 'access'>,
  accounts: AccountNames,
): PlacedSentence[] {
  const naming = { people, accounts };
  const sentences = [
    ...holdSentences(adopted, naming),
    ...adopted.flatMap((one) => (one.changes ? [changeSentence(one, naming)] : unheldSentence(one, people))),
  ];
  return [
    ...sentences.filter(({ isAdministrator }) => isAdministrator),
    ...sentences.filter(({ isAdministrator }) => !isAdministrator),
  ];
}

/** Who is an administrator by what the file newly asks for. */
export const adoptedAdministrators = ({ adopted, access: { people } }: Pick<Plan, 'adopted' | 'access'>): string[] => [
  ...new Set(
    adopted.flatMap(({ holds }) =>
      holds.flatMap((hold) => (hold.isAdministrator ? (people[hold.people] ?? []).map(sanitizeName) : [])),
    ),
  ),
];

type Hold = AdoptedHold & Pick<Adopted, 'until' | 'places'>;

/** Of grants and memberships: people who hold the same in the same accounts until the same end together. */
function holdSentences(adopted: readonly Adopted[], naming: Naming): Sentence[] {
  const holds = adopted.flatMap(({ changes, holds: list, until, places = [] }): Hold[] =>
    changes ? [] : list.map((hold) => ({ ...hold, ...(until !== undefined && { until }), places })),
  );
  const bySet = groupBy(holds, ({ permissionSet, until, isAdministrator = false }) =>
    stableJson([permissionSet, until, isAdministrator]),
  );
  return [...bySet.values()].flatMap((ofSet) => {
    const [first] = ofSet;
    if (!first) return [];
    const placesOf = createPlaceLookUp(ofSet, naming.people);
    return mergeBlocks(blocksOf(naming.people, ofSet)).map((block) => ({
      isAdministrator: first.isAdministrator ?? false,
      text: `${holdText(first, block, sanitize(first.permissionSet), naming)}${untilText(first.until)}`,
      places: linesOf(placesOf(block)),
    }));
  });
}

/** The lines of the file behind what some people hold. */
function createPlaceLookUp(holds: readonly Hold[], people: Naming['people']): (block: Block) => Hold['places'] & {} {
  const ofUser = new Map<string, Hold[]>();
  for (const hold of holds) for (const user of people[hold.people] ?? []) addTo(ofUser, user, hold);
  return ({ users, accounts }) => {
    const known = new Set(accounts);
    const found = new Set(users.flatMap((user) => ofUser.get(user) ?? []));
    return [...found].flatMap(({ accounts: some, places = [] }) => (some.some((id) => known.has(id)) ? places : []));
  };
}

/** `bob holds Admin in management and is an administrator by it` */
function holdText(
  { isAdministrator }: Pick<AdoptedHold, 'isAdministrator'>,
  { users, accounts }: Block,
  what: string,
  { accounts: { inOrder } }: Pick<Naming, 'accounts'>,
): string {
  const [holds, is] = users.length === 1 ? ['holds', 'is an administrator'] : ['hold', 'are administrators'];
  const who = listOf(users.map(sanitizeName), names, 'more people');
  const where = listOf(inOrder(accounts), names, 'more accounts');
  return `${who} ${holds} ${what} in ${where}${isAdministrator ? ` and ${is} by it` : ''}`;
}

/** `permission set Deployer has this already: managedPolicies adds AdministratorAccess; bob holds it in staging (…)` */
function changeSentence(one: Adopted, naming: Naming): Sentence {
  const { changes = [], holds, places = [] } = one;
  const what = `${stepName(one)} has this already: ${listOf(changes.map(changeText), names)}`;
  const held = mergeBlocks(blocksOf(naming.people, holds)).map((block) =>
    holdText(holds[0] ?? {}, block, 'it', naming),
  );
  return {
    isAdministrator: holds.some(({ isAdministrator }) => isAdministrator),
    text: [what, ...held].join('; '),
    places: linesOf(places),
  };
}

/** `managedPolicies adds AdministratorAccess`, `email is b@example.com instead of a@example.com`, `inlinePolicy changes` */
function changeText(change: FieldChange): string {
  const field = sanitize(change.field);
  if (change.type === 'document') return `${field} ${change.after === null ? 'is removed' : 'changes'}`;
  if (change.type === 'value') {
    const [before, after] = [change.before, change.after].map((text) => (text === null ? 'none' : sanitize(text)));
    return `${field} is ${after} instead of ${before}`;
  }
  const list = (verb: string, texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : [`${verb} ${listOf(texts.map(sanitize), names)}`];
  return `${field} ${[...list('adds', change.added), ...list('removes', change.removed)].join(' and ')}`;
}

/** Of what no one holds access by, which is all that only has a name. */
function unheldSentence(one: Adopted, people: Naming['people']): Sentence[] {
  const { holds, until, places = [] } = one;
  if (holds.some((hold) => (people[hold.people] ?? []).length > 0)) return [];
  const unheld = holds.length > 0 ? '; it gives no one access to an account now' : '';
  return [
    {
      isAdministrator: holds.some(({ isAdministrator }) => isAdministrator),
      text: `${stepName(one)} is live already${untilText(until)}${unheld}`,
      places: linesOf(places),
    },
  ];
}

const untilText = (until: string | undefined): string => (until === undefined ? '' : `, until ${sanitize(until)}`);
