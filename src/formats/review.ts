import * as z from 'zod';
import { ReportedError } from '../core/errors.ts';
import { parseJson } from '../core/parse-json.ts';
import { REVIEW_FORMAT_VERSION, type Review } from '../core/review.ts';
import { records as historyRecords, source as historySource } from './history.ts';
import { place } from './place.ts';
import { power } from './plan-access.ts';
import { end } from './plan-findings.ts';
import { type Fits, type Holds, tellFaults, versionOf } from './plan.ts';
import { source } from './access.ts';

const text = (description: string) => z.string().meta({ description });
const date = (description: string) => z.iso.date().meta({ description });

const item = z
  .strictObject({
    what: text('What the entry gives, by the names in the file.'),
    place: place.exactOptional(),
    reason: text('Why, as the entry says.').exactOptional(),
    ticket: text('Where it was asked for, as the entry says.').exactOptional(),
    reviewed: date('The day of the last review.').exactOptional(),
    until: end.exactOptional(),
    holders: z.array(z.string()).meta({ description: 'User names of those who have it now, through groups too.' }),
    since: z
      .array(
        z.strictObject({
          since: date(
            'The UTC day on which the first of what they hold now was given; null where no record gives some of it.',
          ).nullable(),
          holders: z.array(z.string()),
        }),
      )
      .exactOptional()
      .meta({
        description:
          'The same people by since when they hold what it gives in accounts; absent where no history was read, and of applications.',
      }),
    gives: z
      .array(
        z.strictObject({
          permissionSet: z.string(),
          power,
          accounts: z.int().positive().meta({ description: 'In how many accounts.' }),
        }),
      )
      .meta({
        description:
          'What it lets them do in accounts now, of a membership what the group holds; the gravest first. Empty of applications.',
      }),
    owners: z.array(z.string()).meta({ description: 'Everyone who is asked about it; empty where it has no owner.' }),
    due: z.array(z.string()).meta({
      description: 'What the rules of the file ask for and it lacks, as ends of sentences; empty if nothing.',
    }),
  })
  .meta({ description: 'An entry of the file that grants something.' });

const schema = z
  .strictObject({
    formatVersion: versionOf(REVIEW_FORMAT_VERSION),
    source: source('Where it was read who has what.'),
    history: z
      .union([
        z.strictObject({
          source: historySource,
          records: historyRecords,
          faults: z.int().positive().exactOptional().meta({
            description: 'How many things `idc history --verify` finds wrong with the records; absent if none.',
          }),
        }),
        z.strictObject({ unknown: z.string() }),
      ])
      .meta({ description: 'Where since when was read; or why it is not known.' }),
    pages: z.array(
      z.strictObject({
        owner: text('As the file says it; null for what has no owner.').nullable(),
        items: z.array(item).meta({ description: 'What is due first.' }),
      }),
    ),
  })
  .meta({ title: 'Review of access', description: 'What `idc review --format json` prints.' });

/** Do not compile where the schema and its type differ: the type in core is the source. */
export type ReviewSchemaFits = [
  Holds<Fits<z.infer<typeof schema>, Review>>,
  Holds<Fits<Review, z.infer<typeof schema>>>,
];

export function reviewJsonSchema(): unknown {
  return z.toJSONSchema(schema, { target: 'draft-07' });
}

/** What `idc review --format json` printed. Errors: a `ReportedError` where it is something else. */
export function parseReview(text: string): Review {
  const advice = 'Make it with `idc review --format json`.';
  const result = schema.safeParse(parseJson(text, { code: 'review-shape', advice }));
  if (result.success) return result.data;
  throw new ReportedError('review-shape', `This file is JSON, but not a review: ${tellFaults(result.error)}.`, advice);
}
