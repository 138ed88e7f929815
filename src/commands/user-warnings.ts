import type { IdentityDocument } from '../config/document.ts';
import type { Plan, Step, Warning } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import { user, type UserSpec } from '../kinds/user.ts';
import { defaultPortalUrl } from '../profiles/portal.ts';
import { welcomeText } from '../profiles/welcome.ts';

/** What it means for people that users come and go. */
export function userWarnings({ steps, instance }: Plan, { cli }: IdentityDocument): Warning[] {
  const users = steps.filter(({ kind }) => kind === user.name);
  const portalUrl = cli.startUrl ?? defaultPortalUrl(instance.identityStoreId, instance.partition);
  return [
    ...deleted(users.filter(({ action }) => action === 'delete')),
    ...created(
      users.filter(({ action }) => action === 'create'),
      portalUrl,
    ),
  ];
}

function deleted(steps: readonly Step[]): Warning[] {
  if (steps.length === 0) return [];
  const message = `Deleting a user loses the password, the MFA devices and the id for good: ${namesOf(steps)}. A user without grants is valid, and can be undone.`;
  return [{ code: 'user-deleted', message }];
}

function created(steps: readonly Step[], portalUrl: string | undefined): Warning[] {
  if (steps.length === 0) return [];
  const where = portalUrl === undefined ? '' : ` at ${portalUrl}`;
  // Without an e-mail address no code reaches them, so the text would not be true.
  const reachable = steps.map(({ after }) => after as UserSpec).filter(({ email }) => email !== undefined);
  const toSend =
    portalUrl === undefined
      ? []
      : reachable.map(({ userName, displayName }) => ({
          to: userName,
          text: welcomeText({ userName, displayName, portalUrl, password: 'by-email' }),
        }));
  return [
    {
      code: 'no-invitation',
      message: `AWS sends no e-mail to users made over its API: ${namesOf(steps)}. With "Send email OTP" on (console: Settings > Authentication > Standard authentication), each sets a password at the first sign-in${where}. idc profiles NAME --format markdown has the whole message, with the AWS config.`,
      ...(toSend.length > 0 && { toSend }),
    },
  ];
}

const namesOf = (steps: readonly Step[]): string =>
  listOf(
    steps.map(({ label }) => label),
    10,
  );
