import type { StepOf } from '../../core/of-kind.ts';
import type { FieldChange } from '../../core/plan.ts';
import { subjectKey } from '../../core/address.ts';
import type { UserSpec } from './kind.ts';
import { emailKey } from './schema.ts';

/** The changes by which a user may be another person afterwards; none where it is the same for certain. */
export function changesOfHands({ action, before, after, changes }: StepOf<UserSpec>): FieldChange[] {
  if (action !== 'update') return [];
  const of = (fields: readonly string[]): FieldChange[] => changes.filter(({ field }) => fields.includes(field));
  const isOther = (key: (spec: UserSpec) => string | undefined): boolean => key(before) !== key(after);
  // Without an address no one else can sign in by it.
  const getsAddress =
    after.email !== undefined && isOther(({ email }) => (email === undefined ? undefined : emailKey(email)));
  const names = of(['givenName', 'familyName', 'displayName']);
  const isRenamed = names.length > 0 && isOther(({ userName }) => subjectKey('user', userName));
  return [
    ...(isRenamed ? of(['userName']) : []),
    ...(isRenamed || getsAddress ? names : []),
    ...(getsAddress ? of(['email']) : []),
  ];
}
