import * as z from 'zod';

/** Where in the file something stands. */
export const place = z
  .strictObject({
    file: z.string().meta({ description: 'Path of the file.' }),
    line: z.int().min(1),
    column: z.int().min(1),
  })
  .meta({ description: 'A place in the file; line and column count from 1.' });
