import type { AccountAccess, NamedEntitlement } from '../core/account-access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { kinds } from '../kinds/index.ts';
import type { LiveState } from '../reconcile/state.ts';

/** What account access manager gives, with the names of who has it; in a stable order. */
export function nameEntitlements(
  { entitlements }: Extract<AccountAccess, { entitlements: unknown }>,
  live: LiveState,
): NamedEntitlement[] {
  const names = new Map(
    kinds.flatMap(({ name, subjects }) =>
      live.of(name).flatMap(({ id, spec }) => {
        const own = subjects(spec)[name];
        return id === undefined || own === undefined ? [] : [[id, own] as const];
      }),
    ),
  );
  return entitlements
    .map(({ principalType, principal, roleArn, account }): NamedEntitlement => {
      const name = names.get(principal);
      return { [principalType.toLowerCase()]: name ?? principal, account, roleArn };
    })
    .sort((a, b) => compareTexts(keyOf(a), keyOf(b)));
}

const keyOf = ({ account, roleArn, user = '', group = '' }: NamedEntitlement): string =>
  [account, roleArn, user, group].join(' ');
