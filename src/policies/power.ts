import type { Place, Power } from '../core/access.ts';
import type { Judgement } from './judgement.ts';

/** What raises rights in an account, the gravest first: actions, some with where they apply; `*` for everything. */
export function powersOf({ administrator, raising, allowsEverything }: Judgement, place: Place): readonly string[] {
  if (allowsEverything) return everything;
  if (administrator.known === 'yes') return administrator.by;
  return [
    ...new Set([
      ...administrator.by,
      ...raising.anywhere,
      ...raising.namedRoles.map((pattern) => `iam:CreateRole ${pattern}`),
      ...(place === 'member' ? [] : raising.organization),
      ...(place === 'management' && raising.assumesAnyRole ? ['sts:AssumeRole'] : []),
      ...(place === 'management' ? raising.passesAnyRole.map(({ service }) => `iam:PassRole ${service}`) : []),
    ]),
  ];
}

const everything = ['*'];

/**
 * The power of a set in an account. What raises rights through the organization does so only where that is administered, and
 * what works by the account's own roles is taken to do so in the management account, where OrganizationAccountAccessRole of
 * each member account trusts them. Under a condition an administrator is one who can raise their rights.
 */
export function powerOf(judgement: Judgement, place: Place): Power {
  if (judgement.administrator.known === 'yes') return 'administrator';
  if (powersOf(judgement, place).length > 0) return 'raise';
  if (judgement.unknown.length > 0) return 'unknown';
  return judgement.writes ? 'write' : 'read';
}
