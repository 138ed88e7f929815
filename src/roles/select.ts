import type { Subject } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { compilePattern } from '../core/pattern.ts';
import type { ReservedRole } from '../core/reserved-role.ts';
import { suggest } from '../core/suggest.ts';
import type { RolePlaces } from './places.ts';

/** What narrows the answer, as it was typed: names, of accounts ids too, and patterns in which `*` stands for any text. */
export interface RoleFilters {
  permissionSet?: string[];
  account?: string[];
}

/** Errors: a `ReportedError` for a name or a pattern that nothing has. */
export function selectRoles(places: RolePlaces, { permissionSet, account }: RoleFilters): ReservedRole[] {
  const { permissionSets, accounts, roles } = places;
  const ids = new Set([...accounts.ids, ...roles.map((role) => role.account)]);
  const namesOf = (id: string): string[] => [id, ...accounts.allNames(id)];
  const sets = matching('permission-set', permissionSet, permissionSets, (name) => [name]);
  const wanted = matching('account', account, [...ids], namesOf);
  return roles.filter((role) => sets(role.permissionSet) && wanted(role.account));
}

function matching(
  subject: Subject,
  asked: readonly string[] | undefined,
  all: readonly string[],
  namesOf: (one: string) => readonly string[],
): (one: string) => boolean {
  if (!asked) return () => true;
  const found = asked.flatMap((text) => {
    const matches = compilePattern(text);
    const ones = all.filter((one) => namesOf(one).some(matches));
    if (ones.length > 0) return ones;
    const known = all.flatMap(namesOf).filter((name) => !/^\d{12}$/.test(name));
    throw new ReportedError(
      `unknown-${subject}`,
      `There is no ${subject.replace('-', ' ')} "${text}"${suggest(subject, text, known)}`,
    );
  });
  const chosen = new Set(found);
  return (one) => chosen.has(one);
}
