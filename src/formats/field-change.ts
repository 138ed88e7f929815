import * as z from 'zod';

const text = (description: string) => z.string().meta({ description });
const oldOrNew = (side: string) =>
  z
    .string()
    .nullable()
    .meta({ description: `${side}; null where there is none.` });

/** One difference inside a thing. */
export const fieldChange = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        field: text('Name of the field.'),
        type: z.literal('value'),
        before: oldOrNew('The old value'),
        after: oldOrNew('The new value'),
      })
      .meta({ description: 'One value becomes another.' }),
    z
      .strictObject({
        field: text('Name of the field.'),
        type: z.literal('set'),
        added: z.array(z.string()),
        removed: z.array(z.string()),
      })
      .meta({ description: 'Entries come and go.' }),
    z
      .strictObject({
        field: text('Name of the field.'),
        type: z.literal('document'),
        before: oldOrNew('The old text'),
        after: oldOrNew('The new text'),
      })
      .meta({ description: 'A text of many lines changes.' }),
  ])
  .meta({ description: 'One difference inside a thing, in words for people: ids are already names.' });
