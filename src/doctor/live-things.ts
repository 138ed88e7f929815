import type { Names } from '../core/kind.ts';
import type { LiveState } from '../reconcile/state.ts';
import { assignment, type AssignmentSpec } from '../kinds/account-assignment/kind.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { user, type UserSpec } from '../kinds/user/kind.ts';

const specsOf = <Spec>(live: LiveState, kind: string): Spec[] => live.of(kind).map(({ spec }) => spec as Spec);

export const setsIn = (live: LiveState): PermissionSetSpec[] => specsOf(live, permissionSet.name);
export const usersIn = (live: LiveState): UserSpec[] => specsOf(live, user.name);
export const assignmentsIn = (live: LiveState): AssignmentSpec[] => specsOf(live, assignment.name);

/** `production (111122223333)`. */
export function accountText(id: string, names: Names): string {
  const name = names.account(id);
  return name === id ? id : `${name} (${id})`;
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
