import { unitText, type AccountCriteria, type AccountTarget } from '../core/account-target.ts';
import { listOf } from '../core/words.ts';

const names = 5;

/**
 * `accounts in Workloads/Prod except sandbox`, `production and staging`: what an entry is about, as it says so itself.
 * @param limit how many names of one sort are told; the others are counted.
 */
export function describeTarget({ all, except, ...criteria }: AccountTarget, limit = names): string {
  const parts = all ? ['all accounts'] : partsOf(criteria, limit);
  return `${listOf(parts)}${except ? ` except ${listOf(partsOf(except, limit))}` : ''}`;
}

function partsOf({ accounts, organizationalUnits, accountTags }: AccountCriteria, limit: number): string[] {
  return [
    ...(accounts ? [listOf(accounts, limit)] : []),
    ...(organizationalUnits ? [`accounts in ${listOf(organizationalUnits.map(unitText), limit)}`] : []),
    ...(accountTags ? [`accounts with ${describeTags(accountTags)}`] : []),
  ];
}

/** `the tag env=prod`. */
export function describeTags(tags: Readonly<Record<string, string>>): string {
  const texts = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return `the ${texts.length === 1 ? 'tag' : 'tags'} ${listOf(texts)}`;
}
