import type { ByRaising, Place, Power } from '../core/access.ts';
import type { Judgement } from './judgement.ts';
import type { Raising } from './raising.ts';

/** What raises rights in an account, the gravest first: actions, some with where they apply; `*` for everything, `!` before what it excepts. */
export function powersOf(judgement: Judgement, place: Place): readonly string[] {
  const { administrator } = judgement;
  if (administrator.known === 'yes') return administratorBy(judgement);
  return [...new Set([...administrator.by, ...certainPowersOf(judgement, place)])];
}

/** The same without what makes an administrator under a condition alone. */
export function certainPowersOf(judgement: Judgement, place: Place): readonly string[] {
  const { administrator, raising } = judgement;
  return administrator.known === 'yes' ? administratorBy(judgement) : raisersAt(raising, place);
}

const raisersAt = (raising: Raising, place: Place): string[] => [
  ...new Set([
    ...raising.anywhere,
    ...raising.namedRoles.map((pattern) => `iam:CreateRole ${pattern}`),
    ...(place === 'member' ? [] : raising.organization),
    ...(place === 'management' && raising.assumesAnyRole ? ['sts:AssumeRole'] : []),
    ...(place === 'management' ? raising.passesAnyRole.map(({ service }) => `iam:PassRole ${service}`) : []),
  ]),
];

/** How far a set leads to any action in an account by raising its holder's rights; undefined where it does not. */
export function reachByRaising(judgement: Judgement, place: Place): ByRaising | undefined {
  const { administrator, mayRaise } = judgement;
  if (certainPowersOf(judgement, place).length > 0) return 'by-raising';
  if (administrator.known === 'conditional') return 'in-part';
  const may = administrator.value === 'unknown' || (mayRaise && raisersAt(mayRaise, place).length > 0);
  return may ? 'unknown' : undefined;
}

/** By what a set makes administrators: `*` for every action, then `!` before what it excepts; or two actions. */
export function administratorBy({ administrator, everythingBut }: Judgement): string[] {
  if (administrator.known !== 'yes' || everythingBut === undefined) return administrator.by;
  return ['*', ...everythingBut.map((pattern) => `!${pattern}`)];
}

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
