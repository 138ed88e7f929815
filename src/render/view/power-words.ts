import type { Power } from '../../core/access.ts';

/** What a permission set lets its holder do in an account. */
export const powerWords: Record<Power, string> = {
  administrator: 'administrator',
  raise: 'can raise rights',
  unknown: 'unknown',
  write: 'write',
  read: 'read',
};
