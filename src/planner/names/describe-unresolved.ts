import { suggest } from '../../core/suggest.ts';
import type { Unresolved } from '../../reconcile/references.ts';

/** Why a name that the file refers to, and does not declare, can't be used. */
export function describeUnresolved({ subject, name, known }: Unresolved): string {
  return `There is no ${subject.replace('-', ' ')} "${name}" in Identity Center, and this file does not declare one${suggest(subject, name, known)}`;
}
