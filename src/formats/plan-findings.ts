import * as z from 'zod';
import { fieldChange } from './field-change.ts';
import { place } from './place.ts';
import { accounts, reach } from './plan-access.ts';

const text = (description: string) => z.string().meta({ description });
const names = (description: string) => z.array(z.string()).meta({ description });

/** When something ends. */
export const end = text('A calendar date, through its end in UTC; or a time with its zone.').meta({
  examples: ['2027-01-31', '2027-01-31T18:00:00+09:00'],
});
const permissionSet = text('The name of the permission set.');
const oneLine = z.string().nullable().meta({ description: 'As one line; null where there is none.' });

const limits = z
  .array(
    z.strictObject({
      key: text('Where in the file.').meta({ examples: ['safety.maxRemovals'] }),
      before: oneLine,
      after: oneLine,
      loosens: z.boolean().meta({ description: 'False where the change only narrows what the file lets through.' }),
      place: place.exactOptional(),
    }),
  )
  .meta({ description: 'What the file says otherwise about itself than the file before; empty without that.' });

const adopted = z
  .array(
    z.strictObject({
      id: text('The address of the thing.'),
      kind: z.string(),
      label: z.string(),
      changes: z.array(fieldChange).exactOptional().meta({
        description:
          'What is live in it already, and was not in the file before; absent where that did not ask for it at all.',
      }),
      holds: z
        .array(
          reach.extend({
            permissionSet,
            isAdministrator: z
              .literal(true)
              .exactOptional()
              .meta({ description: 'The permission set makes its holders administrators.' }),
          }),
        )
        .meta({ description: 'What people hold by it; the list of people is empty where no one holds anything.' }),
      until: end.exactOptional(),
      places: z.array(place).exactOptional(),
    }),
  )
  .meta({ description: 'What the file newly asks for and is live already; empty without the file before.' });

const gone = z
  .array(
    z.strictObject({
      subject: text('What it should be: a kind of thing, an account, a unit, an application, a tag or a pattern.'),
      name: z.string(),
      effect: z.enum(['ignored', 'frozen']).meta({
        description:
          'ignored: the name asks for nothing. frozen: it grants nothing, and what it may stand for is not removed.',
      }),
      places: z.array(place),
      kept: z
        .array(z.strictObject({ id: text('The address of the thing.'), kind: z.string(), label: z.string() }))
        .meta({ description: 'What would be removed, if it were certain that the name does not stand for it.' }),
      alike: names('Live names that hold exactly what the file asks for by this one.'),
    }),
  )
  .meta({ description: 'Names in the file that nothing has any more.' });

const notes = z
  .array(
    z.strictObject({
      code: z.literal('carries'),
      group: text('The group that people join or leave.'),
      steps: names('The memberships.'),
      grants: z.array(z.strictObject({ permissionSet, accounts })),
      applications: names('Applications by name, as far as they are known.'),
    }),
  )
  .meta({ description: 'What a group gives that people join, after the plan, or leave, before it.' });

const ends = z
  .array(
    z.strictObject({
      kind: z.string(),
      label: text('What the entry grants, by the names in the file.'),
      until: end.nullable(),
      before: end.nullable().exactOptional(),
      place: place.exactOptional(),
    }),
  )
  .meta({ description: 'Entries that end within 30 days, or whose end is another than in the file before.' });

const guards = z
  .strictObject({
    instanceArn: text('The instance that the file pins.').exactOptional(),
    directory: z.string(),
    safety: z.unknown(),
    rules: z.unknown().optional(),
    ignore: z.unknown(),
  })
  .meta({ description: 'What the file forbids its plans, in normal form.' });

const begun = z
  .array(
    z.union([
      z.strictObject({
        commit: z.string(),
        entries: z.unknown().meta({
          description:
            'What it asks for beyond the file before: of its sections the entries that differ; or all of it, with `version`, where accounts or the directory differ.',
        }),
      }),
      z.strictObject({ commit: z.string(), missing: text('Why it can not be told what it asks for.') }),
    ]),
  )
  .exactOptional()
  .meta({
    description:
      'Files of later commits whose apply began and did not end with success: what they ask for may be live, and is removed where the file does not ask for it.',
  });

/** Not a part of the digest: what follows from it is. */
export const base = z
  .union([
    z.strictObject({
      name: text(
        'As it was given: a file, or a revision of git; or the branch of the commit that was applied last.',
      ).meta({ examples: ['main'] }),
      commit: text(
        'Where it was read: the merge base of that revision with HEAD, or the commit that was applied last.',
      ).exactOptional(),
      document: z.unknown().meta({ description: 'The checked file, so that the plan can be made again.' }),
      begun,
    }),
    z.strictObject({ missing: text('Why the file that was given could not be used.'), begun }),
  ])
  .meta({ description: 'The file before, against which limits are compared; absent where none was given.' });

export const findings = { limits, adopted, gone, notes, ends, guards };
