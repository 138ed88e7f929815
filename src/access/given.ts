import { assignedSet, type AccessFacts, type GivenSet } from '../core/access.ts';
import { existsOn } from './holdings.ts';

/**
 * What is in each permission set that the plan newly gives: by a new assignment, also to a group without members, or to who
 * joins a group that has it. Whoever approves a grant approves what is in it then.
 */
export function givenSets({ elements, contentOf }: AccessFacts): GivenSet[] {
  const joined = new Set(
    elements.flatMap(({ grant, group, status }) =>
      !grant && group !== undefined && status === 'created' ? [group] : [],
    ),
  );
  const sets = new Set<string>();
  for (const element of elements) {
    const { grant, group = '', status } = element;
    if (grant && existsOn('after', element) && (status === 'created' || joined.has(group)))
      sets.add(assignedSet(grant));
  }
  return [...sets].sort().map((permissionSet) => ({ permissionSet, content: contentOf(permissionSet) }));
}
