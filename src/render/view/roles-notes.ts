import { sanitize, sanitizeName } from '../../core/sanitize.ts';
import type { FoundRole, RolesAnswer } from '../../core/roles-answer.ts';
import { countOf, listOf } from '../../core/words.ts';

/** `production (111122223333)`. */
export function accountTitle(id: string, { accounts }: Pick<RolesAnswer, 'accounts'>): string {
  const name = accounts[id] ?? id;
  return name === id ? sanitize(id) : `${sanitizeName(name)} (${sanitize(id)})`;
}

/** The roles whose ARN is not known. */
export const patternsIn = ({ roles }: RolesAnswer): FoundRole[] => roles.filter(({ arn }) => arn === undefined);

/** What is known of real ARNs and what is not, and how to get to know it. */
export function roleNotes(answer: RolesAnswer): string[] {
  const { roles, iam } = answer;
  const titleOf = (id: string): string => accountTitle(id, answer);
  const isShown = ({ account }: { account: string }): boolean => roles.some((role) => role.account === account);
  const asked = iam.filter((one) => one.denied === undefined && isShown(one)).map(({ account }) => account);
  const unasked = new Set(
    patternsIn(answer)
      .map(({ account }) => account)
      .filter((account) => iam.every((one) => one.account !== account)),
  );
  return [
    ...(asked.length > 0 ? [`IAM was asked for the ARNs in ${listOf([...new Set(asked)].map(titleOf))}.`] : []),
    ...iam
      .filter(isShown)
      .flatMap(({ account, denied }) => (denied === undefined ? [] : [`${titleOf(account)}: ${sanitize(denied)}`])),
    ...roles.flatMap(({ permissionSet, account, arns }) =>
      arns
        ? [`${titleOf(account)} has ${arns.length} roles that match ${permissionSet}: ${listOf(arns.map(sanitize))}.`]
        : [],
    ),
    ...(unasked.size > 0
      ? [
          `IAM was not asked in ${countOf(unasked.size, 'other account')}: give --iam-profile an AWS profile of the account, with the right iam:ListRoles.`,
        ]
      : []),
  ];
}
