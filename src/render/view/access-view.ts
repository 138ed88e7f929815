import { compareTexts } from '../../core/compare-texts.ts';
import type { AccessChange, AccessImpact, HeldImpact, NewAdministrators, Power } from '../../core/access.ts';
import { firstOnTop, type AccountNames } from './account-names.ts';
import { viewChangedHands, type ChangedHandsLine } from './changed-hands-view.ts';
import { addTo, groupBy } from '../../core/group-by.ts';
import type { HeldDetails } from '../../core/access-answer.ts';
import { restsOnData, type Plan } from '../../core/plan.ts';
import { blocksOf, countPeople, mergeBlocks, type Reach } from '../../core/reach.ts';
import { indexSteps, lossCauses, type StepsBehind } from './access-cause.ts';
import { powerText } from './cause-words.ts';
import { dataWords } from './edit-words.ts';
import { viewEdits, type EditsView } from './edit-view.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';

/** What people gain or lose, and in which way. */
interface AccessHead {
  permissionSet: string;
  power: Power;
  /** The power in words, with why it is so where that is known: `can raise rights by iam:AttachRolePolicy`. */
  powerWords: string;
  /** Groups; a direct assignment is told apart from them. */
  through: string[];
  directly: boolean;
  /** The file includes others, so that a line's number alone says too little. */
  inSeveralFiles?: true;
  /** Of a loss: what takes it away, where `through` does not say it. */
  cause?: string;
  /** Of a gain: when it ends. */
  until?: string;
}

/** People who gain or lose the same permission sets in the same accounts in the same way. */
export interface AccessLine extends AccessHead {
  users: string[];
  /** Those that come first, then the others by name. */
  accounts: string[];
  /** How many of the accounts come first: such a line is never left out. */
  first: number;
  /** The lines of the file that ask for it; of a loss there are none any more. */
  places: FileLine[];
}

export interface FileLine {
  file: string;
  line: number;
  /** Why, by its own words. */
  reason?: string;
}

export interface AccessSide {
  /** Different people; not holds, of which one person may have many. */
  people: number;
  lines: AccessLine[];
}

/** People, and the accounts whose administrators all of them become, or no longer are. */
export interface AdministratorsLine {
  users: string[];
  /** Of new ones: the actions that make them administrators; `*` for everything, `!` before what it excepts. */
  by: string[];
  accounts: string[];
  /** As of an {@link AccessLine}. */
  first: number;
  /** All of them administer no account on the other side, as far as that is known. */
  areNone?: boolean;
}

/** People, and an application that all of them may use now, or no longer. */
export interface ApplicationLine {
  users: string[];
  application: string;
}

/** People whose attributes differ, a permission set that asks for them, and the accounts where they all hold it. */
export interface AttributesLine {
  permissionSet: string;
  keys: string[];
  users: string[];
  accounts: string[];
  /** As of an {@link AccessLine}. */
  first: number;
}

export interface AdministratorsView {
  people: number;
  lines: AdministratorsLine[];
  /** Who of them administers no account on the other side, as far as that is known. */
  none: string[];
}

export interface AccessView {
  gained: AccessSide;
  lost: AccessSide;
  /** Who holds nothing anywhere any more. */
  lastAccess: string[];
  newAdministrators: AdministratorsView;
  lostAdministrators: AdministratorsView;
  edited: EditsView;
  /** Whose attributes differ, in what a permission set asks for. */
  attributes: AttributesLine[];
  /** Who holds access and may be another person after the plan. */
  changedHands: ChangedHandsLine[];
  applications: { gained: ApplicationLine[]; lost: ApplicationLine[] };
  /** On what counts and risks rest: `By the AWS data of 2026-09-26.` */
  data?: string;
}

/** What an impact says of accounts; of applications only where it was asked about them. */
type ShownImpact = HeldImpact & Partial<Pick<AccessImpact, 'applications' | 'changedHands'> & HeldDetails>;

export function viewAccess(
  {
    access,
    risks,
    steps,
    desired,
  }: Pick<Plan, 'steps'> & Partial<Pick<Plan, 'risks' | 'desired'>> & { access: ShownImpact },
  accounts: AccountNames,
): AccessView {
  const several = (desired as { include?: unknown } | undefined)?.include !== undefined;
  const [stepsBehind, causeOf] = [indexSteps(steps), lossCauses(steps)];
  const powerCauses = new Map(
    access.causes?.map((cause) => [`${cause.side === 'lost'} ${cause.permissionSet}`, cause]),
  );
  const side = (changes: readonly AccessChange[], isLost: boolean): AccessSide => ({
    people: countPeople(blocksOf(access.people, changes)),
    lines: linesOf({
      changes,
      people: access.people,
      accounts,
      stepsBehind,
      causeOf,
      isLost,
      several,
      powerOf: ({ permissionSet, power }) => powerText(power, powerCauses.get(`${isLost} ${permissionSet}`)),
    }),
  });
  return {
    gained: side(access.gained, false),
    lost: side(access.lost, true),
    lastAccess: access.lastAccess.map(sanitizeName),
    newAdministrators: viewAdministrators(
      access.people,
      access.newAdministrators,
      accounts,
      access.firstAdministrators,
    ),
    lostAdministrators: viewAdministrators(
      access.people,
      access.lostAdministrators,
      accounts,
      access.lastAdministrators,
    ),
    edited: viewEdits(access, accounts),
    attributes: viewAttributes(access, accounts),
    changedHands: viewChangedHands(access.changedHands ?? [], accounts),
    applications: viewApplications(access),
    ...(access.policyData &&
      restsOnData({ access, ...(risks && { risks }) }) && { data: dataWords(access.policyData) }),
  };
}

/** Stable: otherwise they stay as they are. */
function viewApplications({ people, applications }: ShownImpact): AccessView['applications'] {
  const side = (changes: AccessImpact['applications']['gained'] = []): ApplicationLine[] =>
    changes.map((change) => ({
      users: (people[change.people] ?? []).map(sanitizeName),
      application: sanitizeName(change.name),
    }));
  return { gained: side(applications?.gained), lost: side(applications?.lost) };
}

interface LinesInput {
  changes: readonly AccessChange[];
  people: HeldImpact['people'];
  accounts: AccountNames;
  stepsBehind: StepsBehind;
  causeOf: ReturnType<typeof lossCauses>;
  isLost: boolean;
  several: boolean;
  powerOf(change: AccessChange): string;
}

/** What lines have in common, and of which changes, for whom, they are made. */
interface LineSource {
  line: AccessHead;
  parts: Part[];
}

interface Part {
  change: AccessChange;
  users: readonly string[];
}

/** Who comes to the same permission set through the same groups is told together, whichever steps that takes. */
function linesOf({
  changes,
  people,
  accounts: names,
  stepsBehind,
  causeOf,
  isLost,
  several,
  powerOf,
}: LinesInput): AccessLine[] {
  const sources = new Map<string, LineSource>();
  for (const change of changes) {
    const { permissionSet, power, ways, until } = change;
    const all = people[change.people] ?? [];
    const behind = isLost ? stepsBehind(change, all) : [];
    const byCause = isLost ? groupBy(all, (user) => causeOf(change, user, behind) ?? '') : [['', all] as const];
    for (const [cause, users] of byCause) {
      const line = {
        permissionSet: sanitizeName(permissionSet),
        power,
        powerWords: powerOf(change),
        through: [...new Set(ways.flatMap(({ via }) => (via === undefined ? [] : [sanitizeName(via)])))].sort(),
        directly: ways.some(({ via }) => via === undefined),
        ...(several && { inSeveralFiles: true as const }),
        ...(cause !== '' && { cause: sanitize(cause) }),
        ...(!isLost && until !== undefined && { until: sanitize(until) }),
      };
      const key = JSON.stringify(line);
      const source = sources.get(key) ?? { line, parts: [] };
      sources.set(key, source);
      source.parts.push({ change, users });
    }
  }
  return (
    [...sources.values()]
      .flatMap(({ line, parts }) => {
        const blocks = mergeBlocks(parts.map(({ change: { accounts }, users }) => ({ users, accounts })));
        const partsOf = partsByUser(parts);
        return blocks.map((block) => ({
          block,
          line,
          parts: partsOf(block.users),
          first: block.accounts.filter(names.comesFirst).length,
        }));
      })
      // Where not all lines have room, the first ones are those to see: then those of the most people.
      .sort(
        (a, b) =>
          firstOnTop(a, b) ||
          b.block.users.length - a.block.users.length ||
          compareTexts(a.block.users[0] ?? '', b.block.users[0] ?? ''),
      )
      .map(({ block: { users, accounts }, line, parts, first }) => ({
        ...line,
        users: users.map(sanitizeName),
        accounts: names.inOrder(accounts),
        first,
        places: distinct(
          parts.flatMap((part) => stepsBehind(part.change, part.users).flatMap(({ places = [] }) => places)),
        ),
      }))
  );
}
/** The parts that are about some people, each with those of them whom it is about. */
function partsByUser(parts: readonly Part[]): (users: readonly string[]) => Part[] {
  const changesOf = new Map<string, AccessChange[]>();
  for (const { change, users } of parts) for (const user of users) addTo(changesOf, user, change);
  return (users) => {
    const found = new Map<AccessChange, string[]>();
    for (const user of users) {
      for (const change of changesOf.get(user) ?? []) {
        const list = found.get(change);
        if (list) list.push(user);
        else found.set(change, [user]);
      }
    }
    return [...found].map(([change, some]) => ({ change, users: some }));
  };
}

/** Each line of a file once, in the order of the file. */
function distinct(places: readonly FileLine[]): FileLine[] {
  const found = new Map(
    places.map(({ file, line, reason }) => [
      JSON.stringify([file, line]),
      { file: sanitize(file), line, ...(reason !== undefined && { reason: sanitize(reason) }) },
    ]),
  );
  return [...found.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

const viewAttributes = ({ people, attributes }: HeldImpact, { inOrder, comesFirst }: AccountNames): AttributesLine[] =>
  attributes
    .flatMap(({ permissionSet, keys, holders }) =>
      blocksOf(people, holders).map(({ users, accounts }) => ({
        permissionSet: sanitizeName(permissionSet),
        keys: keys.map(sanitizeName),
        users: users.map(sanitizeName),
        accounts: inOrder(accounts),
        first: accounts.filter(comesFirst).length,
      })),
    )
    .sort(firstOnTop);

/** @param none those who administer none on the other side, where that is known: they have lines of their own. */
function viewAdministrators(
  people: HeldImpact['people'],
  changes: readonly (Reach & Partial<Pick<NewAdministrators, 'by'>>)[],
  { inOrder, comesFirst }: AccountNames,
  none: readonly string[] = [],
): AdministratorsView {
  const areNone = new Set(none);
  const lines = changes
    .flatMap(({ by = [], ...reach }) =>
      blocksOf(people, [reach]).flatMap(({ users, accounts }) =>
        [...groupBy(users, (user) => (areNone.has(user) ? 'none' : 'some'))].map(([others, some]) => ({
          users: some.map(sanitizeName),
          by: by.map(sanitize),
          accounts: inOrder(accounts),
          first: accounts.filter(comesFirst).length,
          areNone: others === 'none',
        })),
      ),
    )
    .sort(firstOnTop);
  return { people: countPeople(blocksOf(people, changes)), lines, none: none.map(sanitizeName) };
}
