import { accessDenied } from '../errors.ts';
import type { Context } from '../context.ts';
import type { ServiceName } from '../service.ts';
import type { Policy } from './document.ts';
import { resourcesOf } from './resources.ts';

/** IAM's names for the services. */
const prefixes = {
  'sso-admin': 'sso',
  identitystore: 'identitystore',
  organizations: 'organizations',
  sts: 'sts',
} as const satisfies Record<ServiceName, string>;

/** The first resource for which the policy doesn't allow the action; undefined where it allows all of them. */
export function refusedResource(
  { statements }: Policy,
  action: string,
  resources: readonly string[],
): string | undefined {
  const speaking = statements.filter(({ coversAction }) => coversAction(action));
  return resources.find((resource) => {
    const effects = speaking.filter(({ coversResource }) => coversResource(resource)).map(({ allows }) => allows);
    return effects.length === 0 || effects.includes(false);
  });
}

/** Judges a request by the caller's policy, where there is one. */
export function judgeRequest(service: ServiceName, context: Context, input: Readonly<Record<string, unknown>>): void {
  const { policy, caller, operation } = context;
  if (!policy) return;
  const action = `${prefixes[service]}:${operation}`;
  const refused = refusedResource(policy, action, resourcesOf(service, context, input));
  if (refused !== undefined) throw accessDenied(caller.arn, action, refused);
}
