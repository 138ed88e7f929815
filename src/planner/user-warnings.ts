import type { Plan, Step, Warning } from '../core/plan.ts';
import { listOf } from '../core/words.ts';
import { user, type UserSpec } from '../kinds/user/kind.ts';
import { defaultPortalUrl } from '../profiles/portal.ts';
import { settingsOf, type ProfileSource } from '../profiles/of-user.ts';
import { welcomeLetters } from '../profiles/welcome-letters.ts';

/** What it means for people that users come and go. */
export function userWarnings(plan: Plan, source: Omit<ProfileSource, 'settings'>): Warning[] {
  const users = plan.steps.filter(({ kind }) => kind === user.name);
  return [
    ...deleted(users.filter(({ action }) => action === 'delete')),
    ...created(
      users.filter(({ action }) => action === 'create'),
      plan,
      source,
    ),
  ];
}

function deleted(steps: readonly Step[]): Warning[] {
  if (steps.length === 0) return [];
  const message = `Deleting a user loses the password, the MFA devices and the id for good: ${namesOf(steps)}. A user without grants is valid, and can be undone.`;
  return [{ code: 'user-deleted', message }];
}

function created(steps: readonly Step[], { instance }: Plan, source: Omit<ProfileSource, 'settings'>): Warning[] {
  if (steps.length === 0) return [];
  const { document } = source.loaded;
  const portalUrl = document.cli.startUrl ?? defaultPortalUrl(instance.identityStoreId, instance.partition);
  const where = portalUrl === undefined ? '' : ` at ${portalUrl}`;
  const users = steps.map(({ after }) => after as UserSpec);
  return [
    {
      code: 'no-invitation',
      message: `AWS sends no e-mail to users made over its API: ${namesOf(steps)}. With "Send email OTP" on (console: Settings > Authentication > Standard authentication), each sets a password at the first sign-in${where}. idc profiles NAME --format markdown has the whole message, with the AWS config.`,
      ...(portalUrl !== undefined && {
        toSend: welcomeLetters(users, { ...source, settings: settingsOf(document, instance) }),
      }),
    },
  ];
}

const namesOf = (steps: readonly Step[]): string =>
  listOf(
    steps.map(({ label }) => label),
    10,
  );
