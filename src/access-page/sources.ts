import type { AccessSide } from '../access/side.ts';
import { usersOf } from '../access/answer.ts';
import type { AccessUser, AccessQuestion } from '../core/access-answer.ts';
import { thingsOf } from '../core/of-kind.ts';
import type { Organization } from '../aws/organization/accounts.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import type { Policies } from '../policies/load.ts';

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
}

export function pageSources(side: AccessSide, question: AccessQuestion, { dates }: Policies): PageSources {
  const { state, organization, region } = side;
  const sets = new Map(thingsOf(permissionSet, state).map(({ spec }) => [spec.name, spec]));
  return {
    users: everyoneAskedAbout(question, usersOf(side)),
    ...(region !== undefined && { region }),
    ...(organization && { organization }),
    policyDates: dates,
    setNamed: (name) => sets.get(name),
  };
}

/** Where people are asked about, those without access are not among them. @param users by key */
export const everyoneAskedAbout = (
  { users: some, groups }: AccessQuestion,
  users: ReadonlyMap<string, AccessUser>,
): AccessUser[] => (some !== undefined || groups !== undefined ? [] : [...users.values()]);
