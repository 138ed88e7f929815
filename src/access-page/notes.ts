import type { AccessAnswer, AccessQuestion } from '../core/access-answer.ts';
import { countOf, listOf, nounCount, peopleCount } from '../core/words.ts';
import type { PageSources } from './page-data.ts';

/** The names that a note spells out. */
const named = 5;

/** What was left out of the question, what was not looked at, and what is not known: a sentence each. */
export function notesOf(answer: AccessAnswer, { organization, policyDates }: PageSources): string[] {
  const { summary, source, instanceArn, question } = answer;
  const { undeclared, unmanaged, disabled, unknown, productionUnknown, expired } = summary;
  const asked = askedWords(question);
  const expiredCount = expired.grants + expired.memberships;
  return [
    ...(asked === '' ? [] : [`Only a part of the access was asked for: ${asked}.`]),
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
    `Not looked at: IAM users, roles and root users, resource policies, applications. AWS’s actions as of ${policyDates.actions}, its managed policies as of ${policyDates.managedPolicies}.`,
  ];
}

/** `user hanako; account 111122223333`; empty where everything is asked for. */
function askedWords({
  users,
  groups,
  permissionSets,
  accounts,
  administrators,
  actions,
  endsBefore,
}: AccessQuestion): string {
  const list = (one: string, some: readonly string[] | undefined): string[] =>
    some ? [`${one}${some.length === 1 ? '' : 's'} ${listOf(some, named)}`] : [];
  return [
    ...list('user', users),
    ...list('group', groups),
    ...list('permission set', permissionSets),
    ...list('account', accounts),
    ...(administrators ? ['administrators'] : []),
    ...list('action', actions),
    ...(endsBefore === undefined ? [] : [`what ends before ${endsBefore.slice(0, 10)}`]),
  ].join('; ');
}
