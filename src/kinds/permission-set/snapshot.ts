import type { Live, SnapshotReader } from '../../core/kind.ts';
import { noDetails } from './read.ts';
import type { PermissionSetSpec } from './kind.ts';

/** As `readPermissionSets` gives them: details of those alone that the file wants, of others only what guards and orders need. */
export const leaveOutDetails = (
  sets: readonly Live<PermissionSetSpec>[],
  { wantsDetails }: SnapshotReader,
): Live<PermissionSetSpec>[] =>
  sets.map(({ id, spec }) => {
    const { name, description, sessionDuration, relayState, accounts = [], managedPolicies, inlinePolicy } = spec;
    if (wantsDetails('permission-set', name)) return { spec, ...(id !== undefined && { id }) };
    return {
      ...(id !== undefined && { id }),
      spec: {
        name,
        ...(description !== undefined && { description }),
        sessionDuration,
        ...(relayState !== undefined && { relayState }),
        accounts,
        ...noDetails,
        managedPolicies,
        ...(inlinePolicy !== undefined && { inlinePolicy }),
        provisioned: { stale: [] },
      },
    };
  });
