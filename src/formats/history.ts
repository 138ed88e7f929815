import * as z from 'zod';
import { results } from '../core/apply-record.ts';
import { problems, HISTORY_FORMAT_VERSION, type History, type HistoryCheck } from '../core/history.ts';
import { type Fits, type Holds, versionOf } from './plan.ts';
import { approvals, gate, isAdopted, pullRequests, runId } from './record.ts';

const text = (description: string) => z.string().meta({ description });
const names = (description: string) => z.array(z.string()).meta({ description });
const time = (description: string) => z.iso.datetime().meta({ description });
const count = z.int().min(0);
const number = z.int().min(1).meta({ description: 'The number of a record.' });

export const source = z
  .union([
    z.strictObject({ type: z.literal('git'), ref: z.string(), commit: z.string() }),
    z.strictObject({ type: z.literal('folder'), folder: z.string() }),
  ])
  .meta({ description: 'Where the records were read.' });

export const records = z
  .strictObject({
    count,
    from: time('The start of the first apply.').exactOptional(),
    until: time('The end of the last one.').exactOptional(),
  })
  .meta({ description: 'How many records there are, and of which time.' });

const instance = text('The ARN of the Identity Center instance.');
const isUncertain = z
  .literal(true)
  .exactOptional()
  .meta({ description: 'It happened only if a step took effect whose outcome is `unknown`.' });

const event = z.strictObject({
  record: number,
  at: time('When the apply ended.'),
  isUncertain,
  isOutside: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'The apply found it gone: it was removed before, outside idc.' }),
});

const apply = z
  .strictObject({
    number,
    digest: text('Of the record.'),
    startedAt: time('Just before the first step.'),
    endedAt: time('After the last step.'),
    result: z.enum(results),
    only: z.literal('expired').exactOptional(),
    pullRequests,
    approvals,
    gate: gate.exactOptional(),
    instance,
    file: text('The identity file, by its path; absent where that is identity.yaml.').exactOptional(),
    caller: text('The ARN of who made the calls.').exactOptional(),
    runId,
    url: text('The workflow run.').exactOptional(),
    commit: text('The commit that was applied.').exactOptional(),
    done: z
      .strictObject({ create: count, update: count, delete: count })
      .meta({ description: 'Steps that were done.' }),
    adopted: z.strictObject({ people: count, permissionSets: count }).exactOptional().meta({
      description:
        'What the file newly asked for and was live before: how many people held it, and of how many permission sets an edit.',
    }),
    left: z
      .strictObject({ failed: count, unknown: count, skipped: count })
      .meta({ description: 'Steps that were not, or of which it is not known.' }),
  })
  .meta({ description: 'An apply, in short.' });

const edit = z
  .strictObject({
    record: number,
    at: time('When the apply ended.'),
    isUncertain,
    fields: names('The names of what differs.'),
    isAdopted,
  })
  .meta({ description: 'An apply that changed what the permission set allows.' });

const grant = z
  .strictObject({
    instance,
    permissionSet: text('The name of the permission set that is assigned.'),
    users: names('User names in small letters: the newest one of each person.'),
    accounts: names('12-digit ids.'),
    groups: names(
      'The groups through which it was held when it began; absent where it was assigned directly alone.',
    ).exactOptional(),
    isDirect: z.literal(true).exactOptional().meta({
      description: 'Beside the groups it was also assigned directly when it began, by a step of the same record.',
    }),
    began: event
      .exactOptional()
      .meta({ description: 'Absent where no record gives it: it was held before, or given outside idc.' }),
    adopted: event.exactOptional().meta({
      description: 'Where no apply gave it: the first one whose file newly asked for it, and found it live.',
    }),
    edits: z.array(edit).exactOptional().meta({
      description: 'Applies that changed what the permission set allows while it was held; absent where there is none.',
    }),
    ended: event.exactOptional().meta({ description: 'Absent where no record ends it.' }),
  })
  .meta({ description: 'People who held a permission set in accounts, all from one apply to another.' });

const answer = z
  .strictObject({
    formatVersion: versionOf(HISTORY_FORMAT_VERSION),
    source,
    question: z
      .strictObject({
        users: names('Names; `*` stands for any text.').exactOptional(),
        accounts: names('Names or ids.').exactOptional(),
        permissionSets: names('Names.').exactOptional(),
        since: text('ISO 8601, in UTC.').exactOptional(),
      })
      .meta({ description: 'What was asked; all of it applies together.' }),
    records,
    instances: z
      .array(z.strictObject({ arn: instance, files: names('The identity files, by their paths.') }))
      .meta({ description: 'Which instances the records are of.' }),
    applies: z.array(apply).meta({ description: 'Those that the question is about, newest first.' }),
    grants: z.array(grant).exactOptional().meta({
      description: 'Who held what since when; what is held now is first. Absent unless access was asked about.',
    }),
    accounts: z
      .record(z.string(), z.string())
      .meta({ description: 'The names of the accounts that grants name, by id.' }),
  })
  .meta({ description: 'What `idc history --format json` prints.' });

const check = z
  .strictObject({
    formatVersion: versionOf(HISTORY_FORMAT_VERSION),
    source,
    records,
    faults: z
      .array(
        z.strictObject({
          problem: z.enum(problems),
          number: number.exactOptional(),
          at: text('The path of the file, or the address of the comment.').exactOptional(),
          why: text('Why a file is unreadable, as sentences.').exactOptional(),
        }),
      )
      .meta({
        description:
          'unreadable: not a record. edited: its digest is not that of what it says. misplaced: its path says another number or run. missing: no record has the number. twice: two have it, or are of one run. unlinked: it does not follow from the record before. differs: a comment has another digest of it. cut-off: a comment names it, and it is not there.',
      }),
    comments: z
      .strictObject({
        repository: z.string(),
        confirmed: z.array(number).meta({ description: 'Records that a comment names with the same digest.' }),
        unnamed: z.array(number).meta({ description: 'Records that no comment names.' }),
      })
      .exactOptional()
      .meta({ description: 'What comments on pull requests say; absent where GitHub was not asked.' }),
  })
  .meta({ description: 'What `idc history --verify --format json` prints.' });

const schema = z.union([answer, check]).meta({
  title: 'History of applies',
  description: 'What `idc history --format json` prints, and with --verify.',
});

/** Do not compile where the schemas and their types differ: the types in core are the source. */
export type HistorySchemasFit = [
  Holds<Fits<z.infer<typeof answer>, History>>,
  Holds<Fits<History, z.infer<typeof answer>>>,
  Holds<Fits<z.infer<typeof check>, HistoryCheck>>,
  Holds<Fits<HistoryCheck, z.infer<typeof check>>>,
];

export function historyJsonSchema(): unknown {
  return z.toJSONSchema(schema, { target: 'draft-07' });
}
