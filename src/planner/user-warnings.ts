import type { IdentityDocument } from '../config/schema/document.ts';
import { defaultPortalUrl } from '../core/access-portal.ts';
import type { Plan, Step, Warning } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import { user } from '../kinds/user/kind.ts';

/** What it means for people that users come and go. */
export function userWarnings(plan: Plan, document: IdentityDocument): Warning[] {
  const users = plan.steps.filter(({ kind }) => kind === user.name);
  return [...deleted(users.filter(({ action }) => action === 'delete')), ...invitationWarning(users, plan, document)];
}

function deleted(steps: readonly Step[]): Warning[] {
  if (steps.length === 0) return [];
  const message = `Deleting a user loses the password, the MFA devices and the id for good: ${namesOf(steps)}. To offboard someone so that it can be undone, keep the user and remove the grants.`;
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
      message: `AWS sends no e-mail to users made over its API: ${namesOf(made)}. With "Send email OTP" on (console: Settings > Authentication > Standard authentication), each sets a password at the first sign-in${where}. After the apply, idc profiles NAME --format markdown prints a message for each of them, with the AWS config.`,
    },
  ];
}

const namesOf = (steps: readonly Step[]): string =>
  listOf(
    steps.map(({ label }) => label),
    10,
  );
