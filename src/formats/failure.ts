import * as z from 'zod';
import { place } from './place.ts';

const text = (description: string) => z.string().meta({ description });

const diagnostic = z
  .strictObject({
    code: text('Stable; docs/codes.md explains it.'),
    message: text('What is wrong, in a sentence.'),
    place: place.exactOptional(),
    frame: text('The lines around the place, with a caret.').exactOptional(),
    severity: z.enum(['error', 'warning']),
  })
  .meta({ description: 'One thing that is wrong with the file.' });

const failure = z.strictObject({
  code: text('Stable; docs/codes.md explains it.').meta({ examples: ['no-credentials'] }),
  message: text('What went wrong, in a sentence.'),
  hint: text('What to do about it.').exactOptional(),
  diagnostics: z
    .array(diagnostic)
    .readonly()
    .exactOptional()
    .meta({ description: 'Everything that is wrong with the file; only with the code invalid-file.' }),
});

export type Failure = z.infer<typeof failure>;

const document = z.strictObject({ error: failure }).meta({
  title: 'Failure of Identity Center as Code',
  description: 'What a command prints with `--format json` where it fails or is refused before it has a result.',
});

export const failureJsonSchema = (): unknown => z.toJSONSchema(document, { target: 'draft-07' });
