import type { AccessChange, AccessImpact, HeldImpact, NewAdministrators } from '../../core/access.ts';
import { firstOnTop, type AccountNames } from './account-names.ts';
import { viewChangedHands, type ChangedHandsLine } from './changed-hands-view.ts';
import type { HeldDetails } from '../../core/access-answer.ts';
import { groupBy } from '../../core/group-by.ts';
import { restsOnData, type Plan } from '../../core/plan.ts';
import { blocksOf, countPeople, type Reach } from '../../core/reach.ts';
import { indexSteps, lossCauses } from './access-cause.ts';
import { linesOf, type AccessLine } from './access-line.ts';
import { powerText } from './cause-words.ts';
import { dataWords } from './edit-words.ts';
import { viewEdits, type EditsView } from './edit-view.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';

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
