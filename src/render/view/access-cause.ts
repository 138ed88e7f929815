import type { AccessChange } from '../../core/access.ts';
import { askOnce, subjectAddress, type Address } from '../../core/address.ts';
import type { Step } from '../../core/plan.ts';
import { kindWords } from '../../core/words.ts';

/** Says what takes access away, where that is more than the way it was held already says: `membership removed`. */
export function lossCauses(steps: ReadonlyMap<Address, Step>): (change: AccessChange) => string | undefined {
  const isDeleted = askOnce((subject, name) => {
    const step = steps.get(subjectAddress(subject, name));
    return step?.action === 'delete' && step.replacedBy === undefined;
  });
  return ({ user, permissionSet, before }) => {
    if (isDeleted('user', user)) return 'user deleted';
    if (isDeleted('permission-set', permissionSet)) return 'permission set deleted';
    const throughGroups = before.filter(({ via }) => via !== undefined);
    if (throughGroups.length === 0) return undefined;
    if (throughGroups.every(({ via = '' }) => isDeleted('group', via))) return 'group deleted';
    const removals: Step[] = [];
    for (const { elements } of before) {
      for (const address of elements) {
        const step = steps.get(address);
        if (step?.action === 'delete') removals.push(step);
      }
    }
    if (removals.length === 0) return undefined;
    const kinds = [...new Set(removals.map(({ kind }) => kindWords(kind)))].sort().join(' and ');
    return `${kinds} ${removals.every(({ expired }) => expired) ? 'expired' : 'removed'}`;
  };
}
