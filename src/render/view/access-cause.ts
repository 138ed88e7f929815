import type { AccessChange } from '../../core/access.ts';
import { askOnce, subjectAddress, subjectKey, type Address, type Subjects } from '../../core/address.ts';
import type { Step } from '../../core/plan.ts';
import { kindWords } from '../../core/words.ts';

/** The steps that make or end the ways of a change of access, for some of the people. */
export type StepsBehind = (change: AccessChange, users: readonly string[]) => Step[];

/**
 * Finds steps by what they are about. What ends with the deletion of a user, group or permission set has none of its own.
 */
export function indexSteps(steps: readonly Step[]): StepsBehind {
  const bySubjects = new Map(steps.map((step) => [subjectsKey(step.subjects), step]));
  return ({ accounts, permissionSet, ways }, users) => {
    const found = new Set<Step>();
    const note = (subjects: Subjects): void => {
      const step = bySubjects.get(subjectsKey(subjects));
      if (step) found.add(step);
    };
    for (const { via, assigned = permissionSet, assignment, membership = 'kept' } of ways) {
      if (assignment !== 'kept') {
        const principals = via === undefined ? users.map((user) => ({ user })) : [{ group: via }];
        for (const principal of principals)
          for (const account of accounts) note({ ...principal, 'permission-set': assigned, account });
      }
      if (via !== undefined && membership !== 'kept') for (const user of users) note({ user, group: via });
    }
    return [...found];
  };
}

const subjectsKey = ({ user, group, 'permission-set': set, account, ...others }: Subjects): string =>
  JSON.stringify([user === undefined ? '' : subjectKey('user', user), group, set, account, ...Object.entries(others)]);

/**
 * Says what takes access away from a person, where that is more than the way it was held already says: `membership removed`.
 */
export function lossCauses(
  steps: readonly Step[],
): (change: AccessChange, user: string, behind: readonly Step[]) => string | undefined {
  const byId = new Map<Address, Step>(steps.map((step) => [step.id, step]));
  const isDeleted = askOnce((subject, name) => {
    const step = byId.get(subjectAddress(subject, name));
    return step?.action === 'delete' && step.replacedBy === undefined;
  });
  return ({ permissionSet, ways, until }, user, behind) => {
    if (isDeleted('user', user)) return 'user deleted';
    if (isDeleted('permission-set', permissionSet)) return 'permission set deleted';
    const throughGroups = ways.filter(({ via }) => via !== undefined);
    if (throughGroups.length === 0) return undefined;
    if (throughGroups.every(({ via = '' }) => isDeleted('group', via))) return 'group deleted';
    if (behind.length === 0) return undefined;
    const kinds = [...new Set(behind.map(({ kind }) => kindWords(kind)))].sort().join(' and ');
    return `${kinds} ${until === undefined ? 'removed' : 'expired'}`;
  };
}

/** What a step says of people who are gone, and held no permission set. */
export const leaverRemarks = (leftWithoutAccess: readonly string[] = []): Map<Address, string> =>
  new Map(leftWithoutAccess.map((name) => [subjectAddress('user', name), 'held no permission set']));
