import type { AccessSide } from '../access/side.ts';
import { usersOf } from '../access/answer.ts';
import { selectEntitlements } from '../access/entitlements.ts';
import type { AccessUser, AccessQuestion } from '../core/access-answer.ts';
import { subjectKey } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import { specsOf, thingsOf } from '../core/of-kind.ts';
import type { Organization } from '../aws/organization/accounts.ts';
import { membership } from '../kinds/membership/kind.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import type { Policies } from '../policies/load.ts';
import type { HeldRole } from './content.ts';

/** What a page shows besides the answer. */
export interface PageSources {
  /** All whom the answer is about, also those without any access. */
  users: readonly AccessUser[];
  region?: string;
  /** Absent where only the file was read. */
  organization?: Pick<Organization, 'accounts' | 'units'>;
  policyDates: Policies['dates'];
  /** By name; undefined for one that is not there. */
  setNamed(name: string): PermissionSetSpec | undefined;
  /** What account access manager gives to those whom the answer is about. */
  roles: readonly HeldRole[];
}

export function pageSources(side: AccessSide, question: AccessQuestion, { dates }: Policies): PageSources {
  const { state, organization, region } = side;
  const users = usersOf(side);
  const roles = rolesOf(side, question, users);
  const holders = new Set(roles.flatMap((one) => one.users));
  const sets = new Map(thingsOf(permissionSet, state).map(({ spec }) => [spec.name, spec]));
  return {
    users: [...everyoneAskedAbout(question, users), ...[...users.values()].filter(({ name }) => holders.has(name))],
    ...(region !== undefined && { region }),
    ...(organization && { organization }),
    policyDates: dates,
    setNamed: (name) => sets.get(name),
    roles,
  };
}

/** Each with the people who have it: of a group its members, as far as they are asked about. */
function rolesOf(side: AccessSide, question: AccessQuestion, users: ReadonlyMap<string, AccessUser>): HeldRole[] {
  const found = selectEntitlements(side, question);
  if (!found || 'unknown' in found) return [];
  const members = groupBy(specsOf(membership, side.state), ({ group }) => group);
  const nameOf = (user: string): string => users.get(subjectKey('user', user))?.name ?? user;
  const isAsked = (user: string): boolean => question.users?.includes(subjectKey('user', user)) !== false;
  return found.entitlements.map(({ user, group, account, roleArn }) => ({
    role: roleArn,
    account,
    ...(group !== undefined && { group }),
    users: (user === undefined ? (members.get(group ?? '') ?? []).map((one) => one.user) : [user])
      .filter(isAsked)
      .map(nameOf),
  }));
}

/** Also those without access; where groups are asked about, not those: a group has its members. @param users by key */
export function everyoneAskedAbout<User extends AccessUser>(
  { users: some, groups }: AccessQuestion,
  users: ReadonlyMap<string, User>,
): User[] {
  if (groups !== undefined) return [];
  return some === undefined ? [...users.values()] : some.flatMap((key) => users.get(key) ?? []);
}
