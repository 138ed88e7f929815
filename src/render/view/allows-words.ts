import type { Allows } from '../../core/access-answer.ts';

/** How far a permission set allows an action that is asked about. */
export const allowsWords: Record<Allows, string> = { certain: 'certain', 'in-part': 'in part', unknown: 'unknown' };
