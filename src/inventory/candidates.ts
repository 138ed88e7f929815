import { listOf } from '../core/words.ts';
import { shortDuration } from '../kinds/shared/duration.ts';
import type { GroupSpec } from '../kinds/group/kind.ts';
import type { PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import type { UserSpec } from '../kinds/user/kind.ts';
import type { Candidate, Entry } from './sayable.ts';

// The entry of each thing that is live, without what the schema says of itself; and what somebody should know or decide.

export function userCandidate(spec: UserSpec): Candidate {
  const { userName, givenName, familyName, displayName, disabled, external: _external, ...attributes } = spec;
  const isUsual = displayName === `${givenName} ${familyName}`;
  return {
    name: userName,
    spec,
    entry: { givenName, familyName, ...(!isUsual && { displayName }), ...attributes },
    notes: [
      ...(spec.email === undefined
        ? ['To decide: no e-mail address, and without one no first password can be set.']
        : []),
      ...(disabled ? ['To decide: disabled in Identity Center, which neither this file nor the API can change.'] : []),
    ],
  };
}

export function groupCandidate(spec: GroupSpec): Candidate {
  const { name, description } = spec;
  return { name, spec, entry: description === undefined ? {} : { description }, notes: [] };
}

export function permissionSetCandidate(
  spec: PermissionSetSpec,
  partition: string,
  isAssigned: boolean,
  accountName: (id: string) => string,
): Candidate {
  const { name, accounts = [], provisioned, staleOutOfReach = [] } = spec;
  const places = (ids: readonly string[]): string => listOf(ids.map(accountName).sort(), 10);
  const role = 'The role lacks the latest edit in';
  return {
    name,
    // No file can say that a role is not current: the next apply sees to it.
    spec: { ...spec, provisioned: { stale: [] } },
    entry: permissionSetEntry(spec, partition),
    notes: [
      ...(isAssigned ? [] : ['To decide: assigned nowhere.']),
      ...(!isAssigned && accounts.length > 0 ? [`It is still a role in ${places(accounts)}.`] : []),
      ...(provisioned.stale.length > 0 ? [`${role} ${places(provisioned.stale)}: the next apply provisions it.`] : []),
      ...(staleOutOfReach.length > 0 ? [`${role} ${places(staleOutOfReach)}, which is out of reach from here.`] : []),
    ],
  };
}

function permissionSetEntry(spec: PermissionSetSpec, partition: string): Entry {
  const own = `arn:${partition}:iam::aws:policy/`;
  const short = (arn: string): string => (arn.startsWith(own) ? arn.slice(own.length) : arn);
  const reference = ({ name, path }: { name: string; path: string }): Entry => ({
    name,
    ...(path !== '/' && { path }),
  });
  const { description, relayState, managedPolicies, customerManagedPolicies, permissionsBoundary, tags } = spec;
  const { managedPolicy, customerManagedPolicy } = permissionsBoundary ?? {};
  return {
    ...(description !== undefined && { description }),
    ...(spec.sessionDuration !== 'PT1H' && { sessionDuration: shortDuration(spec.sessionDuration) }),
    ...(relayState !== undefined && { relayState }),
    ...(managedPolicies.length > 0 && { managedPolicies: managedPolicies.map(short) }),
    ...(customerManagedPolicies.length > 0 && { customerManagedPolicies: customerManagedPolicies.map(reference) }),
    ...(managedPolicy !== undefined && { permissionsBoundary: { managedPolicy: short(managedPolicy) } }),
    ...(customerManagedPolicy && {
      permissionsBoundary: { customerManagedPolicy: reference(customerManagedPolicy) },
    }),
    ...(spec.inlinePolicy !== undefined && { inlinePolicy: spec.inlinePolicy }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}
