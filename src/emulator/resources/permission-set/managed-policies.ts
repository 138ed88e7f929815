import type { World } from '../../core/world.ts';
import names from './managed-policy-names.json' with { type: 'json' };

const known = new Set(names);

/**
 * Whether AWS has this managed policy, by the list that `npm run data` writes: of the partition aws alone, so in the
 * others every name of theirs is taken. AWS adds some every week, which the list then lacks.
 */
export function isManagedPolicy({ organization }: World, arn: string): boolean {
  const own = `arn:${organization.Partition}:iam::aws:policy/`;
  if (!arn.startsWith(own)) return false;
  return organization.Partition !== 'aws' || known.has(arn.slice(own.length));
}
