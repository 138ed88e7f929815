import type { AccessSide } from '../access/side.ts';
import { thingsOf } from '../core/of-kind.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import { user } from '../kinds/user/kind.ts';
import type { Policies } from '../policies/load.ts';
import type { AccessQuestion } from '../core/access-answer.ts';
import type { PageSources } from './page-data.ts';

/** What a page shows besides the answer. */
export function pageSources(side: AccessSide, { users, groups }: AccessQuestion, { dates }: Policies): PageSources {
  const { state, organization, region } = side;
  const sets = new Map(thingsOf(permissionSet, state).map(({ spec }) => [spec.name, spec]));
  // Where people are asked about, those without access are not among them.
  const isAboutSome = users !== undefined || groups !== undefined;
  const everyone = thingsOf(user, state).map(({ spec: { userName, displayName, disabled } }) => ({
    name: userName,
    displayName,
    ...(disabled && { isDisabled: true as const }),
  }));
  return {
    users: isAboutSome ? [] : everyone,
    ...(region !== undefined && { region }),
    ...(organization && { organization }),
    policyDates: dates,
    setNamed: (name) => sets.get(name),
  };
}
