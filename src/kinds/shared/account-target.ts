import * as z from '../../core/zod.ts';
import { mapRule } from './map-rule.ts';

const list = (description: string, ...examples: string[][]) =>
  z.optional(z.array(z.text(z.minLength(1))).check(z.minLength(1))).register(z.docs, { description, examples });

const unitName = z.text(
  z.minLength(1),
  z.refine(
    (path) => path.split('/').every((name) => name !== ''),
    'is not a path of names below the root such as Workloads/Prod',
  ),
);

const unit = z.union(
  [
    unitName,
    z
      .strictObject({
        unit: unitName.register(z.docs, { description: 'Its names from the root downward, or its id.' }),
        subUnits: z.boolean().register(z.docs, {
          description: 'False: only the accounts that are in it themselves, not those of the units in it.',
        }),
      })
      .register(z.docs, { title: 'Organizational unit', description: 'A unit, with or without the units in it.' }),
  ],
  { error: 'is neither a unit nor { unit: …, subUnits: false }' },
);

// Constraints of the API model of Organizations, for keys and values.
const tagKey = z.text(z.minLength(1), z.maxLength(128));
const tagValue = z.text(z.maxLength(256));

/** Keys by which accounts are told. */
export const accountCriteria = {
  accounts: list(
    'Names from `accounts` or from Organizations, quoted 12-digit ids, and patterns in which * stands for any text.',
    ['production', '111122223333'],
    ['prod-*'],
  ),
  organizationalUnits: z.optional(z.array(unit).check(z.minLength(1))).register(z.docs, {
    description:
      'Organizational units with all that is in them: by their names from the root downward, or by id (the root too). Without the units in it: { unit: …, subUnits: false }.',
    examples: [['Workloads/Prod'], ['ou-a1b2-c3d4e5f6'], [{ unit: 'Workloads', subUnits: false }]],
  }),
  accountTags: z
    .optional(
      z.record(tagKey, tagValue).check(z.refine((tags) => Object.keys(tags).length > 0, mapRule('names no tag'))),
    )
    .register(z.docs, {
      description: 'Accounts that have every one of these tags in Organizations.',
      examples: [{ env: 'prod' }],
    }),
};

const except = z
  .strictObject(accountCriteria)
  .check(z.refine((entry) => Object.keys(entry).length > 0, mapRule('excepts nothing')))
  .register(z.docs, { description: 'Accounts that are left out: those that fit any of these.' });

/** The keys of an entry that say which accounts it is about. */
export const accountTarget = {
  ...accountCriteria,
  all: z.optional(z.literal(true)).register(z.docs, {
    description: 'Every active account of the organization, the management account too.',
  }),
  except: z.optional(except).register(z.docs, {
    description: 'Narrows the accounts: those that fit any of these are left out.',
    examples: [{ accounts: ['production'] }],
  }),
};

/** True where one of the keys is there. */
export const hasCriterion = (entry: object): boolean =>
  Object.keys(accountCriteria).some((key) => Object.hasOwn(entry, key));

const selectors = ['accounts', 'organizationalUnits', 'accountTags', 'all'] as const;

const count = (entry: unknown): number => selectors.filter((key) => Object.hasOwn(Object(entry), key)).length;

/** One of the four, so that nobody has to wonder whether two of them add up or narrow each other. */
export const oneTarget = [
  z.refine(
    (entry) => count(entry) > 0,
    mapRule('has no accounts: add accounts, organizationalUnits, accountTags or all'),
  ),
  z.refine(
    (entry) => count(entry) < 2,
    mapRule(
      'has more than one of accounts, organizationalUnits, accountTags and all: use two entries to add accounts, or except to leave some out',
    ),
  ),
] as const;

/** The same for an editor. */
export const oneTargetInEditor = { oneOf: selectors.map((key) => ({ required: [key] })) };
