import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import type { Plan, Warning } from '../core/plan.ts';
import type { Constraint } from '../engine/order.ts';
import { defaultPortalUrl } from '../profiles/portal.ts';
import { listOf } from '../render/wording.ts';

export interface WarningInput {
  plan: Plan;
  loaded: LoadedFile;
  aws: Pick<Aws, 'caller' | 'organization'>;
  givenUp: readonly Constraint[];
  isLocal: boolean;
}

/** What a reviewer should know, though nothing of it stops the plan. */
export function planWarnings({ plan, loaded, aws, givenUp, isLocal }: WarningInput): Warning[] {
  const { steps } = plan;
  const stepsOf = (kind: string, action: string) =>
    steps.filter((step) => step.kind === kind && step.action === action);
  const names = (list: readonly { label: string }[]): string =>
    listOf(
      list.map(({ label }) => label),
      10,
    );
  const warnings: Warning[] = loaded.warnings.map(({ code, message, place }) => ({
    code,
    message,
    ...(place && { place }),
  }));
  const { identityStoreId, partition } = plan.instance;
  const portal = loaded.document.cli.startUrl ?? defaultPortalUrl(identityStoreId, partition);
  const created = stepsOf('user', 'create');
  if (created.length > 0) {
    warnings.push({
      code: 'no-invitation',
      message: `AWS sends no e-mail to users made over its API: ${names(created)}. With "Send email OTP" on (console: Settings > Authentication > Standard authentication), each sets a password at the first sign-in${portal === undefined ? '' : ` at ${portal}`}.`,
    });
  }
  const deleted = stepsOf('user', 'delete');
  if (deleted.length > 0) {
    warnings.push({
      code: 'user-deleted',
      message: `Deleting a user loses the password, the MFA devices and the id for good: ${names(deleted)}. A user without grants is valid, and can be undone.`,
    });
  }
  for (const { label, before } of steps.filter((step) => step.kind === 'permission-set' && step.replacedBy)) {
    warnings.push({
      code: 'role-names-change',
      message: `Permission set ${label} is made anew under another name, so its roles (AWSReservedSSO_${(before as { name: string }).name}_…) get new names: policies and cluster mappings that name them must follow.`,
    });
  }
  const passing = givenUp.flatMap(({ purpose, about }) =>
    purpose === 'exclude' && about !== undefined ? [about] : [],
  );
  for (const about of new Set(passing)) {
    warnings.push({
      code: 'passing-access',
      message: `For a moment there is access that neither the state before nor the one after gives (${about}): without it somebody would lose on the way what they keep.`,
    });
  }
  for (const { about } of givenUp.filter(({ purpose }) => purpose === 'free')) {
    warnings.push({
      code: 'email-exchange',
      message: `Users exchange the e-mail address ${about} among themselves, and the service takes an address once only: make it two changes.`,
    });
  }
  if (aws.organization.accounts === undefined) {
    warnings.push({
      code: 'accounts-unreadable',
      message: `Organizations can't be read (${aws.organization.unreadable ?? 'no answer'}), so suspended accounts can't be told from active ones.`,
    });
  }
  if (!isLocal && plan.access.lost.length > 0 && !aws.caller?.identityCenter) {
    warnings.push({
      code: 'own-access-not-checked',
      message:
        'Whether you lose your own administrator access is not applicable here: only a role of Identity Center itself (AWSReservedSSO_…) tells who you are.',
    });
  }
  return warnings;
}
