import type { IdentityDocument } from '../../config/schema/document.ts';
import { subjectAddress, subjectKey } from '../../core/address.ts';
import { stepsOf } from '../../core/of-kind.ts';
import type { Plan, Step, Warning } from '../../core/plan.ts';
import { countOf, joinWords, listOf, nounCount } from '../../core/words.ts';
import { user } from '../../kinds/user/kind.ts';

/** What it means for people that users come and go. */
export function userWarnings(plan: Plan, document: IdentityDocument): Warning[] {
  const users = plan.steps.filter(({ kind }) => kind === user.name);
  return [
    ...handedOver(plan, document),
    ...deleted(users.filter(({ action }) => action === 'delete')),
    ...invitationWarning(users),
  ];
}

/** Administrators and protected people who may be other people after the plan. */
function handedOver({ access, accounts, steps }: Plan, { safety }: IdentityDocument): Warning[] {
  const isProtected = new Set((safety.protected ?? []).map((one) => subjectKey('user', one.user)));
  return access.changedHands.flatMap(({ user: name, changes, holds }): Warning[] => {
    const administered = holds.flatMap((hold) => (hold.isAdministrator ? hold.accounts : []));
    const who = [
      ...(administered.length > 0
        ? [
            `an administrator of ${listOf([...new Set(administered)].map((id) => accounts[id] ?? id).sort(), 5, 'more accounts')}`,
          ]
        : []),
      ...(isProtected.has(name) ? ['protected by safety.protected'] : []),
    ];
    if (who.length === 0) return [];
    const [place] = steps.find(({ id }) => id === subjectAddress('user', name))?.places ?? [];
    const fields = changes.some(({ field }) => field === 'email')
      ? 'another e-mail address, and anyone who reads its mail can reset the password'
      : 'another user name and other names';
    return [
      {
        code: 'changed-hands',
        message: `${name}, ${who.join(' and ')}, gets ${fields}. Make sure that it is still the same person.`,
        ...(place && { place }),
        isRisk: true,
      },
    ];
  });
}

function deleted(steps: readonly Step[]): Warning[] {
  if (steps.length === 0) return [];
  const message = `Deletes ${countOf(steps.length, user.name)} for good, with password, MFA devices and ID: ${namesOf(steps)}. To offboard someone so that it can be undone, keep the user and remove the grants.`;
  const names = stepsOf(user, steps).flatMap((step) => (step.action === 'delete' ? [step.before.userName] : []));
  const who = names.length > 2 ? countOf(names.length, user.name) : joinWords(names);
  const aside = `${who} ${names.length === 1 ? 'is' : 'are'} deleted for good`;
  return [{ code: 'user-deleted', message, isRisk: true, aside }];
}

/** The names of the users whom these steps make. */
export const createdUsers = (steps: readonly Step[]): string[] =>
  stepsOf(user, steps).flatMap((step) => (step.action === 'create' ? [step.after.userName] : []));

/** That the users whom these steps make hear nothing of it. */
function invitationWarning(steps: readonly Step[]): Warning[] {
  const { length } = createdUsers(steps);
  if (length === 0) return [];
  const who = nounCount(length, ['new user', 'new users']);
  return [
    {
      code: 'no-invitation',
      message: `AWS sends no e-mail to ${who}. Send ${length === 1 ? 'them' : 'each'} the message of idc profiles NAME --format markdown.`,
    },
  ];
}

/**
 * What there is to do by hand for the users whom these steps have made.
 * @param folder where the message for each has been written; undefined where it has not
 */
export function invitationNotice(steps: readonly Step[], folder: string | undefined): Warning[] {
  const { length } = createdUsers(steps);
  if (length === 0) return [];
  const messages =
    folder === undefined ? 'the message of idc profiles NAME --format markdown' : `the message in ${folder}`;
  return [
    {
      code: 'no-invitation',
      message: `Send ${nounCount(length, ['new user', 'new users'])} ${messages}: AWS sends none. "Send email OTP" must be on for them to set a password (console: Settings > Authentication > Standard authentication).`,
    },
  ];
}

const namesOf = (steps: readonly Step[]): string =>
  listOf(
    steps.map(({ label }) => label),
    10,
  );
