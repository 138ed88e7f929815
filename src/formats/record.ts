import * as z from 'zod';
import {
  gates,
  outcomes,
  RECORD_FORMAT_VERSION,
  results,
  type ApplyRecord,
  type HistoryRecord,
} from '../core/apply-record.ts';
import { ReportedError } from '../core/errors.ts';
import { memberOf } from '../core/is-map.ts';
import { parseJson } from '../core/parse-json.ts';
import { sanitize, sanitizeJson } from '../core/sanitize.ts';
import { action, type Fits, type Holds, versionOf } from './plan.ts';

const text = (description: string) => z.string().meta({ description });
const names = (description: string) => z.array(z.string()).meta({ description });
const time = (description: string) => z.iso.datetime().meta({ description });
const ids = (description: string) => z.record(z.string(), z.string()).meta({ description });
const digest = (description: string) =>
  z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .meta({ description });

const step = z
  .strictObject({
    action,
    kind: text('The kind of the thing, such as `permission-set`.'),
    subjects: ids('What it is about, by kind: names, and of an account its id.'),
    previously: text('Of a user or a group that was renamed, its name before.').exactOptional(),
    fields: names('Of an update, the names of what it changed; never a value.').exactOptional(),
    outcome: z.enum(outcomes).meta({
      description:
        'done; failed: AWS refused it; unknown: it was sent, and no answer says whether it took effect; skipped: it was not begun.',
    }),
    error: text('The code or the name of the error.').exactOptional(),
    at: time('When it ended, in UTC.').exactOptional(),
    requests: names('The ids of its writes: `requestID` in CloudTrail.').exactOptional(),
  })
  .meta({ description: 'One thing that was created, updated or deleted, or was to be.' });

const change = z
  .strictObject({
    permissionSet: text('The name of the permission set that is assigned.'),
    people: z.int().min(0).meta({ description: 'An index of `people`.' }),
    accounts: z.array(z.string()).readonly().meta({ description: '12-digit ids.' }),
    groups: names('The groups through which it is held; absent where it is assigned directly alone.').exactOptional(),
  })
  .meta({ description: 'People who came to hold a permission set in accounts, or no longer do.' });

export const isAdopted = z
  .literal(true)
  .exactOptional()
  .meta({ description: 'It was edited outside idc before, and the file newly says the same.' });

const edit = z
  .strictObject({
    permissionSet: text('The name of the permission set.'),
    people: z.int().min(0).meta({ description: 'An index of `people`.' }),
    accounts: z.array(z.string()).readonly().meta({ description: '12-digit ids.' }),
    fields: names('The names of what differs; never a value.'),
    isAdopted,
  })
  .meta({ description: 'A permission set that allows something else, and people who hold it before and after.' });

const changes = { gained: z.array(change), lost: z.array(change) };
const edited = z
  .array(edit)
  .exactOptional()
  .meta({ description: 'Permission sets that allow something else, and who holds them.' });

const access = z
  .strictObject({
    people: z.array(z.array(z.string()).readonly()).readonly().meta({
      description: 'Lists of user names in small letters, to which the changes refer by index.',
    }),
    ...changes,
    adopted: z.array(change).exactOptional().meta({
      description: 'Who held it already, by what the file newly asks for: it was given outside idc.',
    }),
    edited,
    perhaps: z
      .strictObject({ ...changes, edited })
      .exactOptional()
      .meta({ description: 'What happened only if a step took effect whose outcome is `unknown`.' }),
  })
  .meta({ description: 'Who came to hold what, and who no longer does, through groups too.' });

export const runId = z
  .uuid()
  .meta({ description: 'Of an apply: in the user agent of its calls, and so in CloudTrail.' });

export const pullRequests = z
  .array(z.strictObject({ number: z.int(), author: text('The login of who opened it.').exactOptional() }))
  .meta({ description: 'What the apply was for.' });

export const approvals = z
  .array(
    z.strictObject({
      how: z.enum(['review', 'environment', 'dispatch']).meta({
        description:
          'review: of the pull request. environment: of the run, where its environment asks for it. dispatch: a second person started the run with the digest.',
      }),
      by: text('The login on GitHub.'),
      id: z.int().meta({ description: 'The id of the account on GitHub.' }),
      at: time('When, in UTC; absent where GitHub does not tell.').exactOptional(),
      pullRequest: z.int().exactOptional(),
    }),
  )
  .meta({ description: 'Who let it through; empty where no one had to, or GitHub shows no one.' });

export const gate = z.enum(gates).meta({
  description:
    'How the run came through the environment that asks for an approval. approved: someone approved it there. bypassed: it was asked, and GitHub shows no one who did: an administrator bypassed the rules, or changed them while it waited. unclear: the run was repeated, and someone approved it, but GitHub does not tell whether in this attempt or in an earlier one. not-asked: the plan had been approved before.',
});

const ofApply = {
  formatVersion: versionOf(RECORD_FORMAT_VERSION),
  toolVersion: text('The version of idc.'),
  runId,
  startedAt: time('Just before the first step, in UTC.'),
  endedAt: time('After the last step, in UTC; of an apply that was ended at once, when this was last written.'),
  result: z.enum(results).meta({
    description:
      'applied: every step was done. failed: some were not. interrupted: it was stopped before. nothing: there was no step.',
  }),
  instance: z
    .strictObject({ arn: z.string(), identityStoreId: z.string(), region: text('The home region.') })
    .meta({ description: 'Which Identity Center was changed.' }),
  file: text('The identity file, by its path; absent where that is identity.yaml.').exactOptional(),
  only: z
    .literal('expired')
    .exactOptional()
    .meta({ description: 'Only access that had expired was removed, which needs no approval.' }),
  caller: text('The ARN of who made the calls; absent where AWS was not asked.').exactOptional(),
  plan: z
    .strictObject({
      digest: digest('Of the plan that was carried out.'),
      reviewed: digest('Of the plan that was reviewed.').exactOptional(),
    })
    .meta({ description: 'The digests of plans.' }),
  workflow: z
    .strictObject({
      repository: z.string(),
      runId: z.int(),
      attempt: z.int(),
      url: z.string(),
      commit: z.string(),
    })
    .exactOptional()
    .meta({ description: 'The run of GitHub Actions that applied.' }),
  steps: z.array(step),
  access,
  users: ids('The ids of the users that the rest names, by name in small letters.'),
  groups: ids('The ids of the groups, by name.'),
  permissionSets: ids('The ARNs of the permission sets, by name.'),
  accounts: ids('The names of the accounts, by id.'),
};

const applyRecord = z.strictObject(ofApply);

const historyRecord = z
  .strictObject({
    ...ofApply,
    number: z.int().min(1).meta({ description: 'From 1, without a gap.' }),
    previous: digest('Of the record before; null for the first one.').nullable(),
    pullRequests,
    approvals,
    gate: gate.exactOptional(),
    digest: digest('SHA-256 of all else in the record, as JSON with sorted keys.'),
  })
  .meta({
    title: 'Record of an apply',
    description:
      'A record in the history. `idc apply --record` writes the same without the members that only a history has: `number`, `previous`, `pullRequests`, `approvals`, `gate`, `digest`.',
  });

/** Do not compile where the schemas and their types differ: the types in core are the source. */
export type RecordSchemasFit = [
  Holds<Fits<z.infer<typeof applyRecord>, ApplyRecord>>,
  Holds<Fits<ApplyRecord, z.infer<typeof applyRecord>>>,
  Holds<Fits<z.infer<typeof historyRecord>, HistoryRecord>>,
  Holds<Fits<HistoryRecord, z.infer<typeof historyRecord>>>,
];

export function recordJsonSchema(): unknown {
  return z.toJSONSchema(historyRecord, { target: 'draft-07' });
}

/** What `idc apply --record` has written. Errors: a `ReportedError` where it is anything else, or of another version of the format. */
export const parseApplyRecord = (json: string): ApplyRecord =>
  parse(applyRecord, json, {
    what: 'a record of an apply',
    advice: 'Write it with this version of idc: `idc apply --record record.json`.',
  });

/** A record of the history, whatever its digest. Errors: as for the record of an apply. */
export const parseHistoryRecord = (json: string): HistoryRecord =>
  parse(historyRecord, json, {
    what: 'a record of the history',
    advice: '`idc history --verify` says which records are wrong.',
  });

function parse<Parsed>(
  schema: z.ZodType<Parsed>,
  json: string,
  { what, advice }: { what: string; advice: string },
): Parsed {
  const value = parseJson(json, { code: 'bad-record', advice });
  refuseOtherVersion(value);
  const { success, error } = schema.safeParse(value);
  // As it was written: zod leaves out the name __proto__, which AWS takes, and a digest is of all of it.
  if (success) return value as Parsed;
  const [issue] = error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  throw new ReportedError('bad-record', `This is not ${what}: ${sanitize(`${place}${issue?.message}`)}.`, advice);
}

/** Any of a newer version, whose members this one does not know, says at least who wrote it. */
function refuseOtherVersion(value: unknown): void {
  const [version, tool] = [memberOf(value, 'formatVersion'), memberOf(value, 'toolVersion')];
  if (typeof version !== 'number' || version === RECORD_FORMAT_VERSION) return;
  const writer = typeof tool === 'string' ? `, written by idc ${sanitize(tool)}` : '';
  throw new ReportedError(
    'record-format',
    `This record has format version ${version}${writer}, but this idc reads ${RECORD_FORMAT_VERSION}.`,
    version > RECORD_FORMAT_VERSION
      ? 'Upgrade idc to that version, or to a later one: docs/upgrading.md.'
      : 'Read it with the idc that wrote it.',
  );
}

/** A record as it is written: one line for each step, so that people can read it and git can compare it. */
export const recordText = (record: ApplyRecord): string => sanitizeJson(`${layOut(record, 2, '')}\n`);

function layOut(value: unknown, depth: number, indent: string): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item) => layOut(item, depth - 1, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${layOut(item, depth - 1, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return members.length === 0
    ? `${open}${close}`
    : `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
}
