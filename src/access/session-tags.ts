import type { AttributeChange, JudgedFacts } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { groupBy } from '../core/group-by.ts';
import { stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import { mergeBlocks, type Block } from '../core/reach.ts';
import type { State, Thing } from '../core/state.ts';
import { accessControlConfiguration } from '../kinds/access-control-attributes/kind.ts';
import { user, type UserSpec } from '../kinds/user/kind.ts';
import { holdsOf, waysOn } from './ways.ts';

/**
 * Where Identity Center takes an attribute for access control from ("Supported user attributes in IAM Identity Center" of its
 * User Guide), as far as a file has it.
 */
const sources: Record<string, (spec: UserSpec) => string | undefined> = {
  '${path:userName}': ({ userName }) => userName,
  '${path:name.givenName}': ({ givenName }) => givenName,
  '${path:name.familyName}': ({ familyName }) => familyName,
  '${path:displayName}': ({ displayName }) => displayName,
  '${path:emails[primary eq true].value}': ({ email }) => email,
  '${path:title}': ({ title }) => title,
  '${path:nickName}': ({ nickName }) => nickName,
  '${path:userType}': ({ userType }) => userType,
  '${path:locale}': ({ locale }) => locale,
  '${path:timezone}': ({ timezone }) => timezone,
  '${path:preferredLanguage}': ({ preferredLanguage }) => preferredLanguage,
  '${path:profileUrl}': ({ profileUrl }) => profileUrl,
  '${path:phoneNumbers[primary eq true].value}': ({ phoneNumber }) => phoneNumber,
  '${path:addresses[primary eq true].formatted}': ({ address }) => address?.formatted,
  '${path:addresses[primary eq true].streetAddress}': ({ address }) => address?.streetAddress,
  '${path:addresses[primary eq true].locality}': ({ address }) => address?.locality,
  '${path:addresses[primary eq true].region}': ({ address }) => address?.region,
  '${path:addresses[primary eq true].postalCode}': ({ address }) => address?.postalCode,
  '${path:addresses[primary eq true].country}': ({ address }) => address?.country,
  '${path:enterprise.department}': ({ department }) => department ?? undefined,
  '${path:enterprise.costCenter}': ({ costCenter }) => costCenter ?? undefined,
  '${path:enterprise.division}': ({ division }) => division ?? undefined,
  '${path:enterprise.employeeNumber}': ({ employeeNumber }) => employeeNumber ?? undefined,
  '${path:enterprise.organization}': ({ organization }) => organization ?? undefined,
  '${path:enterprise.manager.value}': ({ manager }) => manager ?? undefined,
};

/** What people's sessions say of them differently, by their attributes and by the attributes for access control. */
export function changedTags(live: State<Thing>, steps: readonly Step[]): JudgedFacts['changedTags'] {
  const [before] = thingsOf(accessControlConfiguration, live).map(({ spec }) => spec.attributes);
  const [step] = stepsOf(accessControlConfiguration, steps);
  const after = step ? step.after?.attributes : before;
  const [was, is] = [before ?? {}, after ?? {}];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort(compareTexts);
  const ofUser = new Map<string, string[]>();
  for (const { action, before: old, after: now } of stepsOf(user, steps)) {
    if (action !== 'update') continue;
    const differing = keys.filter((key) => {
      const source = was[key] === is[key] ? sources[is[key] ?? ''] : undefined;
      return source && source(old) !== source(now);
    });
    if (differing.length > 0) ofUser.set(subjectKey('user', now.userName), differing);
  }
  return { everyone: keys.filter((key) => was[key] !== is[key]), ofUser };
}

/** Who holds, before the plan and after it, a permission set that asks for a tag of theirs that differs. By name of the set. */
export function attributeChanges(facts: JudgedFacts): (Omit<AttributeChange, 'holders'> & { holders: Block[] })[] {
  const { everyone, ofUser } = facts.changedTags;
  if (everyone.length === 0 && ofUser.size === 0) return [];
  const parts = holdsOf(facts, () => true).flatMap((hold) => {
    if (!hold.isPerson || waysOn('before', hold).length === 0 || waysOn('after', hold).length === 0) return [];
    const { permissionSet, holders, accounts } = hold;
    const asked = new Set(waysOn('after', hold).flatMap(({ assigned = permissionSet }) => facts.tagsAskedBy(assigned)));
    if (asked.size === 0) return [];
    return holders.flatMap((holder) => {
      const keys = [...everyone, ...(ofUser.get(holder) ?? [])].filter((key) => asked.has(key.toLowerCase()));
      return keys.length === 0 ? [] : [{ permissionSet, keys, block: { users: [holder], accounts } }];
    });
  });
  return [...groupBy(parts, ({ permissionSet, keys }) => JSON.stringify([permissionSet, keys]))]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([key, some]) => {
      const [permissionSet, keys] = JSON.parse(key) as [string, string[]];
      return { permissionSet, keys, holders: mergeBlocks(some.map(({ block }) => block)) };
    });
}
