/** How much there is of everything in an organisation. */
export interface Dimensions {
  accounts: number;
  users: number;
  groups: number;
  memberships: number;
  permissionSets: number;
  assignments: number;
  /** Permission sets that are a role in an account: different pairs of the two. */
  pairs: number;
}

/** Three organisations of which other tools have been measured too. */
export const sizes = {
  S: { accounts: 5, users: 20, groups: 5, memberships: 40, permissionSets: 5, assignments: 40, pairs: 19 },
  M: { accounts: 20, users: 100, groups: 15, memberships: 200, permissionSets: 15, assignments: 200, pairs: 138 },
  L: { accounts: 50, users: 400, groups: 40, memberships: 800, permissionSets: 40, assignments: 1000, pairs: 728 },
} as const satisfies Record<string, Dimensions>;

/** The most that one Identity Center holds: accounts at the service's highest quota, with 50 roles in each. */
export const limits: Dimensions = {
  accounts: 7000,
  users: 100_000,
  groups: 5000,
  memberships: 200_000,
  permissionSets: 3500,
  assignments: 1_000_000,
  pairs: 350_000,
};

/** The same organisation, smaller. */
export function scaleDown(dimensions: Dimensions, share: number): Dimensions {
  const scaled = Object.entries(dimensions).map(([name, count]) => [name, Math.ceil(count * share)]);
  return Object.fromEntries(scaled) as Record<keyof Dimensions, number>;
}

/** Throws an Error for what no organisation can have. */
export function checkDimensions({ accounts, users, groups, memberships, permissionSets, ...rest }: Dimensions): void {
  const { assignments, pairs } = rest;
  const rules: [boolean, string][] = [
    [accounts > 0, 'there must be an account'],
    [memberships <= users * groups, 'there are more memberships than users and groups make'],
    [pairs <= accounts * permissionSets, 'there are more pairs than accounts and permission sets make'],
    [pairs <= assignments, 'a pair needs an assignment'],
    [assignments <= pairs * (users + groups), 'there are more assignments than pairs, users and groups make'],
  ];
  const broken = rules.find(([holds]) => !holds);
  if (broken) throw new Error(`There is no such organisation: ${broken[1]}.`);
}
