import { matchesGlob } from '../../../policies/glob.ts';

/** True where the pattern of a policy takes in the action; case is no matter. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesGlob(pattern.toLowerCase(), action.toLowerCase());
