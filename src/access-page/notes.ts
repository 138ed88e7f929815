import type { AccessOfBoth } from '../access/both-sides.ts';
import { productionOf } from '../access/production.ts';
import type { AccessSide } from '../access/side.ts';
import type { AccessAnswer } from '../core/access-answer.ts';
import { countOf, listOf, nounCount, peopleCount } from '../core/words.ts';
import type { Policies } from '../policies/load.ts';
import type { PageSources } from './sources.ts';

/** The names that a note spells out. */
const named = 5;

/** What was not looked at, and what is not known: a sentence each. */
export function notesOf(answer: AccessAnswer, { organization, policyDates }: PageSources): string[] {
  const { summary, source, instanceArn, accountAccess } = answer;
  const { undeclared, unmanaged, disabled, unknown, productionUnknown, expired } = summary;
  const expiredCount = expired.grants + expired.memberships;
  return [
    ...(source.type === 'file' ? ['This is what the file alone gives: what is live was not looked at.'] : []),
    ...(instanceArn !== undefined && organization?.accounts === undefined
      ? ['Organizations can’t be read: accounts without assignments are missing, and names may be.']
      : []),
    ...(organization?.accounts && organization.units === undefined
      ? ['Organizational units can’t be read, so they are not shown.']
      : []),
    ...(productionUnknown === undefined ? [] : [`Who can write in production is not known: ${productionUnknown}`]),
    ...(unknown.length === 0
      ? []
      : [
          `The content of ${nounCount(unknown.length, ['policy', 'policies'])} is not known: ${listOf(
            unknown.map(({ policy, permissionSets }) => `${policy} (${listOf(permissionSets, named)})`),
            named,
          )}. What may be allowed by that is shown as unknown.`,
        ]),
    ...(undeclared === 0
      ? []
      : [`${countOf(undeclared, 'grant')} not in the file: the next apply removes the access.`]),
    ...(unmanaged === 0 ? [] : [`${countOf(unmanaged, 'grant')} that the file leaves alone.`]),
    ...(expiredCount === 0 ? [] : [`${expiredCount} expired and still live: the next apply removes the access.`]),
    ...(disabled.length === 0
      ? []
      : [
          `${peopleCount(disabled.length)} with access can’t sign in (disabled): shown, but not counted in the six facts.`,
        ]),
    ...(accountAccess && 'unknown' in accountAccess
      ? [`Not known: roles of account access manager. ${accountAccess.unknown}`]
      : []),
    notLookedAt(policyDates),
  ];
}

const notLookedAt = ({ actions, managedPolicies }: Policies['dates'], more = ''): string =>
  `Not looked at: IAM users, roles and root users, resource policies, applications${more}. AWS’s actions as of ${actions}, its managed policies as of ${managedPolicies}.`;

/** The same of a difference. */
export function differenceNotes(
  { users, permissionSets, knowsMovedEnds }: AccessOfBoth,
  { sides, dates }: { sides: readonly AccessSide[]; dates: Policies['dates'] },
): string[] {
  const disabled = users.filter(({ isDisabled }) => isDisabled).length;
  const unknown = [...new Set(permissionSets.flatMap((set) => [...set.unknown, ...(set.was?.set.unknown ?? [])]))];
  const known = sides.flatMap(({ organization }) => organization ?? []);
  const production = sides.flatMap((side) => productionOf(side) ?? []);
  return [
    ...(known.length > 0 && known.every(({ accounts }) => accounts === undefined)
      ? ['Organizations can’t be read: names of accounts may be missing.']
      : []),
    ...production.flatMap((one) =>
      'problem' in one ? [`What changes in production is not known: ${one.problem}`] : [],
    ),
    ...(knowsMovedEnds ? [] : ['Whether an end was moved is not known: only two files say it.']),
    ...(unknown.length === 0
      ? []
      : [
          `The content of ${nounCount(unknown.length, ['policy', 'policies'])} is not known: ${listOf(unknown, named)}. What may be allowed by that is shown as unknown.`,
        ]),
    ...(disabled === 0
      ? []
      : [`${peopleCount(disabled)} with access can’t sign in (disabled): shown, but not counted as administrators.`]),
    notLookedAt(dates, ', roles of account access manager'),
  ];
}
