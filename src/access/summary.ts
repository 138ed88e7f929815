import type {
  AccessGrant,
  AccessMembers,
  AccessOrigin,
  AccessSet,
  AccessSummary,
  Strongest,
} from '../core/access-answer.ts';
import type { Power } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { endOf } from '../core/expiry.ts';
import { addTo } from '../core/group-by.ts';
import type { Grants } from './grants.ts';
import { createPeopleOf } from './people-of-grants.ts';

export interface SummaryFacts extends Grants {
  /** With what administers an account under a condition or perhaps, which a question about administrators leaves out. */
  wider: Grants;
  /** Whether a permission set administers an account by policies of unknown content, by name. */
  isPerhaps(permissionSet: string): boolean;
  permissionSets: readonly AccessSet[];
  /** User names. */
  disabled: ReadonlySet<string>;
  managementAccount: string | undefined;
  production: readonly string[] | undefined;
  productionUnknown: string | undefined;
  now: Date;
}

const soon = 30 * 24 * 60 * 60 * 1000;

/** The facts that a reader looks for first, of all grants that an answer has. */
export function summarize(about: SummaryFacts): AccessSummary {
  const { grants, groups, disabled, managementAccount, production, productionUnknown, now } = about;
  const peopleOf = createPeopleOf(groups);
  const everyone = peopleOf(grants);
  const enabled = (some: Iterable<string>): string[] =>
    [...some].filter((user) => !disabled.has(user)).sort(compareTexts);
  const having = (some: readonly AccessGrant[], ...wanted: Power[]): string[] =>
    enabled(peopleOf(some.filter(({ power }) => wanted.includes(power))));
  const peopleOfWider = createPeopleOf(about.wider.groups);
  const strongest = (select: (some: readonly AccessGrant[]) => readonly AccessGrant[]): Strongest => {
    const wider = select(about.wider.grants);
    const others = (is: (grant: AccessGrant) => boolean): string[] => enabled(peopleOfWider(wider.filter(is)));
    const administrators = having(select(grants), 'administrator');
    const conditional = without(
      others(({ cause }) => cause?.conditions !== undefined),
      administrators,
    );
    const perhaps = others(({ permissionSet }) => about.isPerhaps(permissionSet));
    return {
      administrators,
      raisers: without(having(select(grants), 'raise'), administrators),
      conditional,
      perhaps: without(perhaps, [...administrators, ...conditional]),
    };
  };
  const inAny =
    (ids: readonly string[]) =>
    (some: readonly AccessGrant[]): AccessGrant[] => {
      const set = new Set(ids);
      return some.filter(({ accounts }) => accounts.some((account) => set.has(account)));
    };
  const endsSoon = ({ status, until }: AccessOrigin): boolean =>
    status === 'declared' && until !== undefined && endOf(until) <= now.getTime() + soon;
  const hasExpired = ({ status }: AccessOrigin): boolean => status === 'expired';
  const memberships = (is: (members: AccessMembers) => boolean): number =>
    groups.reduce((sum, { members }) => sum + members.filter(is).reduce((all, { users }) => all + users.length, 0), 0);
  const count = (is: (grant: AccessGrant) => boolean): number => grants.filter(is).length;
  return {
    people: everyone.size,
    accounts: new Set(grants.flatMap(({ accounts }) => accounts)).size,
    permissionSets: new Set(grants.map(({ permissionSet }) => permissionSet)).size,
    assignments: grants.reduce(
      (sum, { accounts, ...to }) => sum + accounts.length * (to.groups.length + to.users.length),
      0,
    ),
    ...strongest((some) => some),
    ...(managementAccount !== undefined && { management: strongest(inAny([managementAccount])) }),
    ...(production && { production: productionOf(inAny(production)(grants)) }),
    ...(productionUnknown !== undefined && { productionUnknown }),
    direct: count(({ users }) => users.length > 0),
    ending: { grants: count(endsSoon), memberships: memberships(endsSoon) },
    expired: { grants: count(hasExpired), memberships: memberships(hasExpired) },
    undeclared: count(({ status }) => status === 'undeclared'),
    unmanaged: count(({ status }) => status === 'unmanaged'),
    disabled: [...everyone].filter((user) => disabled.has(user)).sort(compareTexts),
    unknown: unknownOf(about.permissionSets),
  };

  function productionOf(some: readonly AccessGrant[]): NonNullable<AccessSummary['production']> {
    const writers = having(some, 'administrator', 'raise', 'write');
    return { accounts: production?.length ?? 0, writers, mayWrite: without(having(some, 'unknown'), writers) };
  }
}

function without(people: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return people.filter((user) => !known.has(user));
}

function unknownOf(sets: readonly AccessSet[]): AccessSummary['unknown'] {
  const byPolicy = new Map<string, string[]>();
  for (const { name, unknown } of sets) for (const policy of unknown) addTo(byPolicy, policy, name);
  return [...byPolicy]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([policy, permissionSets]) => ({ policy, permissionSets }));
}
