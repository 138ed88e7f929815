import * as z from '../../core/zod.ts';
import { subjectKey } from '../../core/address.ts';
import type { Declared } from '../../core/kind.ts';
import { specIn } from '../../core/of-kind.ts';
import { defineKind } from '../define.ts';
import { emailOrder } from './constraints.ts';
import { enterpriseFields, speaksOfEnterprise } from './enterprise.ts';
import { fields } from './fields.ts';
import { inventoryUsers } from './inventory.ts';
import { readUsers } from './read.ts';
import { emailKey, users } from './schema.ts';
import { rights } from './rights.ts';
import { createUser, deleteUser, updateUser } from './write.ts';

// What is live need not be what the file would take, so each is any text.
const attribute = z.optional(z.string());
/** null is asked for and never live: the file says of all users who have none that they have none. */
const enterprise = z.optional(z.nullable(z.string()));

const spec = z.object({
  userName: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  displayName: z.string(),
  email: attribute,
  title: attribute,
  nickName: attribute,
  userType: attribute,
  locale: attribute,
  timezone: attribute,
  preferredLanguage: attribute,
  profileUrl: attribute,
  phoneNumber: attribute,
  address: z.optional(
    z.object({
      formatted: attribute,
      streetAddress: attribute,
      locality: attribute,
      region: attribute,
      postalCode: attribute,
      country: attribute,
    }),
  ),
  department: enterprise,
  costCenter: enterprise,
  division: enterprise,
  employeeNumber: enterprise,
  organization: enterprise,
  manager: enterprise,
  /** Live only (the API can't change it): the person can't sign in. */
  disabled: z.optional(z.boolean()),
  /** Live only: an identity provider put the user there. */
  external: z.optional(z.boolean()),
  /** Live only: what it has beside, for which the file has no key; an apply leaves it as it is. */
  besides: z.optional(z.array(z.string())),
});

export type UserSpec = z.infer<typeof spec>;

/** Of a user who has none, in a file that speaks of them. */
const noEnterprise = Object.fromEntries(enterpriseFields.map((field) => [field, null]));

export const user = defineKind({
  name: 'user',
  noun: users.noun,
  section: users,
  spec,
  constraints: emailOrder,
  rename: 'in-place',
  sameness: {
    what: 'the same e-mail address',
    isCertain: true,
    effect: 'loses the password, the MFA devices and the id',
    signsOf: (steps) =>
      new Map(
        steps.flatMap((step) => {
          const { email } = specIn(step);
          return email === undefined ? [] : [[step.id, emailKey(email)]];
        }),
      ),
  },

  desired(entries) {
    const named = Object.entries(entries);
    const enterprise = named.some(([, entry]) => speaksOfEnterprise(entry)) ? noEnterprise : {};
    return named.map(([name, { cli: _cli, previously, displayName, ...entry }]): Declared<UserSpec> => ({
      // The entry last: to add to the copy of an entry takes several times as long.
      spec: {
        userName: name,
        displayName: displayName ?? `${entry.givenName} ${entry.familyName}`,
        ...enterprise,
        ...entry,
      },
      at: [['users', name]],
      ...(previously !== undefined && { previously }),
    }));
  },

  key: ({ userName }) => [subjectKey('user', userName)],
  label: ({ userName, displayName }) => `${userName} (${displayName})`,
  subjects: ({ userName }) => ({ user: userName }),

  fields,
  addedFields: enterpriseFields,

  rights,

  read: readUsers,
  create: createUser,
  update: updateUser,
  isExternal: ({ external }) => external === true,
  delete: deleteUser,

  inventory: inventoryUsers,
});
