import { loadPolicies } from '../../src/policies/load.ts';

/** What policies allow, at a time after every date that tests write. */
export const policies = await loadPolicies(new Date('2026-11-29T12:00:00Z'));
