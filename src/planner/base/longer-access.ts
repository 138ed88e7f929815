import { longerHolds, type LongerHold } from '../../access/longer.ts';
import type { Hold } from '../../access/ways.ts';
import type { Address } from '../../core/address.ts';
import { joinWords } from '../../core/words.ts';
import type { LiveState } from '../../reconcile/state.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { keyAcrossRenames } from '../names/renamed-things.ts';
import { askedBefore, type OtherEnd } from './end-changes.ts';

/** What people hold of one kind, permission sets or applications, that a plan touches. */
export interface Touched {
  holds: readonly Hold[];
  /** `Admin in production` */
  nameOf(held: Pick<LongerHold, 'permissionSet' | 'accounts'>): string;
}

/**
 * People whose access would have ended, and who keep it by another grant that ends later or never. No grant has another end
 * then, and no one gains or loses anything.
 */
export function longerAccess(
  before: CompiledFile,
  now: CompiledFile,
  live: LiveState,
  touched: readonly Touched[],
): OtherEnd[] {
  const keyOf = keyAcrossRenames(now);
  const asked = askedBefore(before, keyOf);
  if (!asked) return [];
  const endBefore = (address: Address): string | null | undefined => {
    const thing = now.desired.get(address) ?? live.get(address);
    return thing && asked(keyOf(thing));
  };
  const endNow = (address: Address): string | undefined => now.desired.get(address)?.until;
  return touched.flatMap(({ holds, nameOf }) =>
    longerHolds(holds, endBefore, endNow).flatMap(({ permissionSet, users, accounts, element, ...ends }) => {
      const grant = now.desired.get(element);
      const what = `${nameOf({ permissionSet, accounts })}, held by ${joinWords(users)}`;
      return grant ? [{ kind: grant.kind, label: what, what, at: grant.at[0] ?? [], ...ends, isLater: true }] : [];
    }),
  );
}
