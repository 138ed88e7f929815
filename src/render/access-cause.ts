import type { AccessChange } from '../core/access.ts';
import { subjectAddress, type Address } from '../core/address.ts';
import type { Step } from '../core/plan.ts';
import { kindWords } from '../core/words.ts';

/** What takes access away, where that is more than the way it was held already says: `membership removed`. */
export function causeOfLoss(
  { user, permissionSet, before }: AccessChange,
  steps: ReadonlyMap<Address, Step>,
): string | undefined {
  const isGone = (address: Address): boolean => {
    const step = steps.get(address);
    return step?.action === 'delete' && step.replacedBy === undefined;
  };
  if (isGone(subjectAddress('user', user))) return 'user deleted';
  if (isGone(subjectAddress('permission-set', permissionSet))) return 'permission set deleted';
  const groups = before.flatMap(({ via }) => (via === undefined ? [] : [via]));
  if (groups.length === 0) return undefined;
  if (groups.every((group) => isGone(subjectAddress('group', group)))) return 'group deleted';
  const removals = before.flatMap(({ elements }) =>
    elements.flatMap((address) => {
      const step = steps.get(address);
      return step?.action === 'delete' ? [step] : [];
    }),
  );
  if (removals.length === 0) return undefined;
  const kinds = [...new Set(removals.map(({ kind }) => kindWords(kind)))].sort().join(' and ');
  return `${kinds} ${removals.every(({ expired }) => expired) ? 'expired' : 'removed'}`;
}
