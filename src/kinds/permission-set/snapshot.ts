import type { Surroundings } from '../../aws/context.ts';
import type { Live, LiveReader } from '../../core/kind.ts';
import { isGuarded, noDetails } from './read.ts';
import type { PermissionSetSpec } from './kind.ts';

/**
 * A permission set of which everything has been read, as `readPermissionSets` would give it to somebody who wants its
 * details or does not: a plan is the same from either.
 */
export function leaveOutDetails(
  { id, spec }: Live<PermissionSetSpec>,
  surroundings: Surroundings,
  wantsDetails: LiveReader['wantsDetails'],
): Live<PermissionSetSpec> {
  const { name, description, sessionDuration, relayState, accounts = [], managedPolicies, inlinePolicy } = spec;
  if (wantsDetails('permission-set', name)) return { spec, ...(id !== undefined && { id }) };
  const rights = { managedPolicies, ...(inlinePolicy !== undefined && { inlinePolicy }) };
  return {
    ...(id !== undefined && { id }),
    spec: {
      name,
      ...(description !== undefined && { description }),
      sessionDuration,
      ...(relayState !== undefined && { relayState }),
      accounts,
      ...noDetails,
      ...(isGuarded(surroundings, accounts) && rights),
      provisioned: { stale: [] },
    },
  };
}
