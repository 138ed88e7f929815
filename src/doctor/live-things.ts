import type { Names } from '../core/kind.ts';
import { specsOf } from '../core/of-kind.ts';
import type { State, Thing } from '../core/state.ts';
import { assignment, type AssignmentSpec } from '../kinds/account-assignment/kind.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { user, type UserSpec } from '../kinds/user/kind.ts';

/** What is live, or what the file asks for. */
type Things = State<Thing>;

export const setsIn = (things: Things): PermissionSetSpec[] => specsOf(permissionSet, things);
export const usersIn = (things: Things): UserSpec[] => specsOf(user, things);
export const assignmentsIn = (things: Things): AssignmentSpec[] => specsOf(assignment, things);

/** `production (111122223333)`. */
export function accountText(id: string, names: Names): string {
  const name = names.account(id);
  return name === id ? id : `${name} (${id})`;
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
