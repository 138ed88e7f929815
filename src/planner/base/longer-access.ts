import { longerHolds } from '../../access/longer.ts';
import type { Hold } from '../../access/ways.ts';
import type { Address } from '../../core/address.ts';
import type { Names } from '../../core/kind.ts';
import { joinWords } from '../../core/words.ts';
import type { LiveState } from '../../reconcile/state.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { keyAcrossRenames } from '../names/renamed-things.ts';
import { askedBefore, type OtherEnd } from './end-changes.ts';

/** What a plan changes, for what the file says otherwise than the file before. */
export interface Touched {
  live: LiveState;
  names: Names;
  holds: readonly Hold[];
}

/**
 * People whose access would have ended, and who keep it by another grant that ends later or never. No grant has another end
 * then, and no one gains or loses anything.
 */
export function longerAccess(before: CompiledFile, now: CompiledFile, { live, names, holds }: Touched): OtherEnd[] {
  const keyOf = keyAcrossRenames(now);
  const asked = askedBefore(before, keyOf);
  if (!asked) return [];
  const endBefore = (address: Address): string | null | undefined => {
    const thing = now.desired.get(address) ?? live.get(address);
    return thing && asked(keyOf(thing));
  };
  const endNow = (address: Address): string | undefined => now.desired.get(address)?.until;
  return longerHolds(holds, endBefore, endNow).flatMap(({ permissionSet, users, accounts, element, ...ends }) => {
    const grant = now.desired.get(element);
    const what = `${permissionSet} in ${joinWords(accounts.map(names.account))}, held by ${joinWords(users)}`;
    return grant ? [{ kind: grant.kind, label: what, what, at: grant.at[0] ?? [], ...ends, isLater: true }] : [];
  });
}
