import * as z from 'zod';
import { DIFFERENCE_FORMAT_VERSION, type StateDifference } from '../core/state-difference.ts';
import { heldDetails, question } from './access.ts';
import { fieldChange } from './field-change.ts';
import { changedHands, heldImpact } from './plan-access.ts';
import { end } from './plan-findings.ts';
import { action, planSchema, type Fits, type Holds, versionOf } from './plan.ts';

const text = (description: string) => z.string().meta({ description });

const side = (description: string) =>
  z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('live') }),
      z.strictObject({ type: z.literal('snapshot'), takenAt: z.iso.datetime() }),
      z.strictObject({ type: z.literal('file'), file: text('Path of the file.') }),
      z.strictObject({
        type: z.literal('plan'),
        file: text('Path of the saved plan.'),
        side: z.enum(['before', 'after']),
      }),
    ])
    .meta({ description });

const schema = z
  .strictObject({
    formatVersion: versionOf(DIFFERENCE_FORMAT_VERSION),
    before: side('The one side.'),
    after: side('The other side.'),
    question: question.meta({ description: 'What was asked about; absent where that is everything.' }).exactOptional(),
    accounts: planSchema.shape.accounts.meta({
      description: 'The names of the accounts that the difference speaks of, by 12-digit id.',
    }),
    access: z
      .strictObject({
        ...heldImpact.shape,
        ...heldDetails,
        changedHands,
      })
      .meta({ description: 'Who gains and who loses access.' }),
    summary: z
      .strictObject({ create: z.int(), update: z.int(), delete: z.int() })
      .meta({ description: 'How many things are only after, differ, and are only before.' }),
    changes: z
      .array(
        z.strictObject({
          action,
          kind: text('The kind of the thing, such as `permission-set`.'),
          key: text('Unique among the kind.'),
          label: text('One line for people, without the kind.'),
          changes: z.array(fieldChange).meta({ description: 'What differs.' }),
        }),
      )
      .meta({ description: 'What leads from one side to the other.' }),
    ends: z
      .array(
        z.strictObject({
          kind: text('The kind of the thing.'),
          label: text('One line for people, without the kind.'),
          before: end.exactOptional(),
          after: end.exactOptional(),
        }),
      )
      .meta({ description: 'Where both sides are files: what both have, with another end. Absent: it does not end.' }),
    comparesEnds: z
      .boolean()
      .meta({ description: 'Whether ends were compared: only files say them, so that both sides must be files.' }),
  })
  .meta({
    title: 'Difference of Identity Center as Code',
    description: 'What `idc diff --format json` prints.',
  });

/** Do not compile where the schema and its type differ: the type in core is the source. */
export type DifferenceSchemaFits = [
  Holds<Fits<z.infer<typeof schema>, StateDifference>>,
  Holds<Fits<StateDifference, z.infer<typeof schema>>>,
];

export function differenceJsonSchema(): unknown {
  return z.toJSONSchema(schema, { target: 'draft-07' });
}
