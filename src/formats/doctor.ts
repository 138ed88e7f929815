import * as z from 'zod';
import { checkStatuses, DIAGNOSIS_FORMAT_VERSION, type CheckStatus, type Diagnosis } from '../core/diagnosis.ts';
import { planSchema, type Fits, type Holds, versionOf } from './plan.ts';

const text = (description: string) => z.string().meta({ description });

const nextStep = z
  .strictObject({
    text: text('What to do, in a sentence.'),
    line: text('A line to paste: into the file where the text says so, else into a shell.').exactOptional(),
  })
  .meta({ description: 'Something to do about it.' });

const check = z
  .strictObject({
    check: text('The stable name of the check; docs/doctor.md explains it.').meta({
      examples: ['orphaned-assignments'],
    }),
    status: z.enum(checkStatuses).meta({
      description:
        'failed: something does not work, or will not. warning: needs a look. note: worth knowing. unknown: it could not be looked at. ok: nothing found.',
    }),
    found: text('What was found, in one or two sentences.'),
    why: text('Why it matters; absent where nothing was found.').exactOptional(),
    items: z.array(z.string()).meta({ description: 'What it is about, one each.' }),
    next: z.array(nextStep).meta({ description: 'What to do next.' }),
  })
  .meta({ description: 'What one check saw.' });

const counts = Object.fromEntries(
  checkStatuses.map((status) => [
    status,
    z
      .int()
      .min(0)
      .meta({ description: `Checks that are ${status}.` }),
  ]),
) as Record<CheckStatus, z.ZodInt>;

/** The public format of a diagnosis. */
const diagnosisSchema = z
  .strictObject({
    formatVersion: versionOf(DIAGNOSIS_FORMAT_VERSION),
    source: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('live') }),
        z.strictObject({ type: z.literal('snapshot'), takenAt: z.iso.datetime() }),
      ])
      .meta({ description: 'What was looked at.' }),
    file: text('Path of the file; absent where there is none.').exactOptional(),
    instance: planSchema.shape.instance.exactOptional().meta({ description: 'Absent where none was found.' }),
    caller: z
      .strictObject({ accountId: z.string(), arn: z.string() })
      .exactOptional()
      .meta({ description: 'Who asked, or who took the snapshot; absent where STS did not say.' }),
    summary: z.strictObject(counts).meta({ description: 'How many checks have which status.' }),
    checks: z
      .array(check)
      .meta({ description: 'Every check that applies, in the order in which one builds on another.' }),
  })
  .meta({
    title: 'Diagnosis of Identity Center as Code',
    description: 'What `idc doctor --format json` prints.',
  });

/** Does not compile where the schema and the type differ: the type in core is the source. */
export type DiagnosisSchemaFits = [
  Holds<Fits<z.infer<typeof diagnosisSchema>, Diagnosis>>,
  Holds<Fits<Diagnosis, z.infer<typeof diagnosisSchema>>>,
];

export function diagnosisJsonSchema(): unknown {
  return z.toJSONSchema(diagnosisSchema, { target: 'draft-07' });
}
