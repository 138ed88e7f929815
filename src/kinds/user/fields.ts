import type { Fields } from '../../core/fields.ts';
import type { Field } from '../../core/kind.ts';
import type { UserSpec } from './kind.ts';

const value: Field = { type: 'value' };

/** What is compared of a user. */
export const fields: Fields<UserSpec> = {
  userName: { type: 'value', normalise: (name) => name.toLowerCase(), show: String },
  givenName: value,
  familyName: value,
  displayName: value,
  email: value,
  title: value,
  nickName: value,
  userType: value,
  locale: value,
  timezone: value,
  preferredLanguage: value,
  profileUrl: value,
  phoneNumber: value,
  address: {
    type: 'value',
    show: (address) =>
      Object.entries(address)
        .map(([part, text]) => `${part}: ${text}`)
        .join(', '),
  },
  department: value,
  costCenter: value,
  division: value,
  employeeNumber: value,
  organization: value,
  manager: value,
};
