import { matchesGlob } from '../../../policies/glob.ts';

/** True where the pattern of a policy takes in the action; case is no matter. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesGlob(pattern.toLowerCase(), action.toLowerCase());

/**
 * True where the text surely takes in every action: `*`, or `*:*`; a row of `*` is one. What asks for a character (`?*`)
 * is not taken for it, since guards build on this.
 */
export const isEveryAction = (pattern: string): boolean => /^\*+(:\*+)?$/.test(pattern);
