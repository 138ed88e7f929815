import type { IdentityDocument } from '../../config/schema/document.ts';
import { subjectAddress, subjectKey } from '../../core/address.ts';
import { defaultPortalUrl } from '../../core/access-portal.ts';
import type { Plan, Step, Warning } from '../../core/plan.ts';
import { countOf, listOf } from '../../core/words.ts';
import { user } from '../../kinds/user/kind.ts';

/** What it means for people that users come and go. */
export function userWarnings(plan: Plan, document: IdentityDocument): Warning[] {
  const users = plan.steps.filter(({ kind }) => kind === user.name);
  return [
    ...handedOver(plan, document),
    ...deleted(users.filter(({ action }) => action === 'delete')),
    ...invitationWarning(users, plan, document),
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
  return [{ code: 'user-deleted', message, isRisk: true }];
}

/** What there is to do for the users whom these steps make, since AWS does not tell them. */
export function invitationWarning(
  steps: readonly Step[],
  { instance }: Pick<Plan, 'instance'>,
  { cli }: IdentityDocument,
): Warning[] {
  const made = steps.filter(({ kind, action }) => kind === user.name && action === 'create');
  if (made.length === 0) return [];
  const portalUrl = cli.startUrl ?? defaultPortalUrl(instance);
  const where = portalUrl === undefined ? '' : ` at ${portalUrl}`;
  return [
    {
      code: 'no-invitation',
      message: `AWS sends no invitation e-mail to users created through its API: ${namesOf(made)}. With "Send email OTP" on (console: Settings > Authentication > Standard authentication), each sets a password at the first sign-in${where}. After the apply, idc profiles NAME --format markdown prints a welcome message with the AWS config.`,
    },
  ];
}

const namesOf = (steps: readonly Step[]): string =>
  listOf(
    steps.map(({ label }) => label),
    10,
  );
