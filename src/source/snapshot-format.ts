import type { LookedUp, AwsContext } from '../aws/context.ts';
import type { AccountAccess } from '../core/account-access.ts';
import { ReportedError } from '../core/errors.ts';
import { digestOfJson } from '../core/digest.ts';
import * as z from '../core/zod.ts';
import type { Reading } from '../reconcile/state.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import { parseJson } from '../core/parse-json.ts';
import { sanitizeJson } from '../core/sanitize.ts';
import { planSchema, tellFaults } from '../formats/plan.ts';

/** Rises with every change that a reader of the old one would get wrong. */
const snapshotVersion = 2;

/** All that a plan needs besides the file, as it was at one time. */
export interface Snapshot {
  /** When the reading began: ISO 8601, in UTC. */
  takenAt: string;
  /** True for the embedded Identity Center. */
  isLocal: boolean;
  context: AwsContext;
  /** The whole instance, with the details of everything and with what refers to somebody who is gone; by kind, as far as read. */
  reading: Reading;
  /** By kind, the fields that the file came to express later, as far as they were read: see `Kind.addedFields`. */
  addedFields: Readonly<Record<string, readonly string[]>>;
  /** Absent where the idc that took it did not know account access manager. */
  accountAccess?: AccountAccess;
}

function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  z.docs.add(schema, { description });
  return schema;
}

const thing = ({ noun: [one], spec }: AwsKind) =>
  described(
    z.array(z.strictObject({ id: z.exactOptional(described(z.string(), 'The id that AWS gave it.')), spec })),
    `Every ${one}, with AWS's ids instead of names.`,
  );

const account = z.strictObject({
  id: z.text(z.regex(/^\d{12}$/)),
  name: z.string(),
  state: z.string(),
  parents: described(
    z.exactOptional(z.array(z.string())),
    'Ids of what it is in, the root first; absent where Organizations did not say.',
  ),
  tags: described(
    z.exactOptional(z.record(z.string(), z.string())),
    'Its tags, where the file needs them and it is active.',
  ),
});

const organization = z.strictObject({
  managementAccountId: z.exactOptional(z.string()),
  accounts: described(z.exactOptional(z.array(account)), 'Absent where Organizations is out of reach.'),
  units: described(
    z.exactOptional(z.array(z.strictObject({ id: z.string(), path: z.string() }))),
    'The root and the organizational units, where the file needs them: by their names from the root downward.',
  ),
  unreadable: described(z.exactOptional(z.string()), 'Why the accounts are not known.'),
});

const caller = z.strictObject({
  accountId: z.string(),
  arn: z.string(),
  identityCenter: z.exactOptional(z.strictObject({ userName: z.string(), permissionSet: z.string() })),
});

const referred = z.array(
  z.strictObject({
    arn: z.string(),
    name: z.string(),
    isNameShared: z.exactOptional(z.boolean()),
    isOfAws: z.exactOptional(z.boolean()),
  }),
);

const lookUps = kinds.flatMap(({ lookUp }) => lookUp ?? []);

/** By what several of them are called. */
const lookedUpShape: Record<string, z.ZodMiniExactOptional<typeof referred>> = Object.fromEntries(
  lookUps.map(({ noun: [, many], description }) => [many, z.exactOptional(described(referred, description))]),
);

/** The public format of a snapshot. */
const snapshotSchema = z
  .strictObject({
    formatVersion: described(z.literal(snapshotVersion), 'The version of this format.'),
    digest: described(
      z.text(z.regex(/^sha256:[0-9a-f]{64}$/)),
      'Of all the rest as JSON with sorted keys: shows whether the snapshot was edited.',
    ),
    takenAt: described(z.iso.datetime(), 'When the reading began, in UTC.'),
    isLocal: described(z.boolean(), 'True for the embedded Identity Center.'),
    instance: planSchema.shape.instance.meta({ description: 'Which Identity Center was read.' }),
    organization: described(organization, 'The accounts of the organization.'),
    ...lookedUpShape,
    caller: described(z.exactOptional(caller), 'Who took it; absent where STS did not say.'),
    addedFields: described(
      z.exactOptional(z.record(z.string(), z.array(z.string()))),
      'By kind, the attributes that the idc which took the snapshot read, and an earlier one did not.',
    ),
    accountAccess: described(
      z.exactOptional(
        z.union([
          z.strictObject({
            entitlements: z.array(
              z.strictObject({
                principalType: z.enum(['USER', 'GROUP']),
                principal: described(z.string(), 'The id that AWS gave the user or the group.'),
                roleArn: z.string(),
                account: z.string(),
              }),
            ),
          }),
          z.strictObject({ unknown: described(z.string(), 'Why it could not be read.') }),
        ]),
      ),
      'Roles that account access manager gives beside permission sets; absent where it was not read.',
    ),
    reading: described(
      z.strictObject(Object.fromEntries(kinds.map((kind) => [kind.name, z.exactOptional(thing(kind))]))),
      'All that was live, by kind. A kind that is absent was not read: the idc that took the snapshot did not know it.',
    ),
  })
  .register(z.docs, {
    title: 'Snapshot of Identity Center as Code',
    description: 'What `idc snapshot` writes and `idc plan --snapshot` reads. It holds names and e-mail addresses.',
  });

type Kept = z.infer<typeof snapshotSchema>;

export function snapshotJsonSchema(): unknown {
  return z.toJSONSchema(snapshotSchema, { target: 'draft-07' });
}

/** As one JSON document in its public format. */
export function renderSnapshot({ takenAt, isLocal, context, reading, addedFields, accountAccess }: Snapshot): string {
  const { instance, organization, caller, lookedUp = {} } = context;
  const { accounts, ...described } = organization;
  const content = {
    formatVersion: snapshotVersion,
    takenAt,
    isLocal,
    instance,
    organization: { ...described, ...(accounts && { accounts: [...accounts.values()] }) },
    ...Object.fromEntries(lookUps.map(({ subject, noun: [, many] }) => [many, lookedUp[subject] ?? []])),
    ...(caller && { caller }),
    addedFields,
    ...(accountAccess && { accountAccess }),
    reading,
  };
  return `${sanitizeJson(JSON.stringify({ digest: digestOfJson(content), ...content }, null, 1))}\n`;
}

/** Errors: a `ReportedError` for whatever is not what `idc snapshot` wrote. */
export function parseSnapshot(text: string): Snapshot {
  const value = parseJson(text, { code: 'snapshot-json', advice: howToTake });
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version !== snapshotVersion) {
    throw new ReportedError(
      'snapshot-format',
      `This snapshot has format version ${version}, but this idc reads ${snapshotVersion}.`,
      'Take it again with this idc: idc snapshot --out live.json.',
    );
  }
  const result = snapshotSchema.safeParse(value);
  if (!result.success) {
    throw new ReportedError(
      'snapshot-shape',
      `This file is JSON, but not a snapshot: ${tellFaults(result.error)}.`,
      howToTake,
    );
  }
  const { digest, ...content } = value as Kept;
  if (digestOfJson(content) !== digest) {
    throw new ReportedError(
      'snapshot-digest',
      'This snapshot was edited or damaged: its digest does not match its content.',
      howToTake,
    );
  }
  // As it was written, with its keys in their order.
  return snapshotOf(value as Kept);
}

const howToTake = 'Take it with `idc snapshot --out live.json`.';

function snapshotOf({
  takenAt,
  isLocal,
  instance,
  organization,
  caller,
  reading,
  addedFields = {},
  accountAccess,
  ...lists
}: Kept): Snapshot {
  const { accounts, ...described } = organization;
  return {
    takenAt,
    isLocal,
    context: {
      instance,
      organization: {
        ...described,
        ...(accounts && { accounts: new Map(accounts.map((account) => [account.id, account])) }),
      },
      caller,
      lookedUp: lookedUpIn(lists),
    },
    reading,
    addedFields,
    ...(accountAccess && { accountAccess }),
  };
}

function lookedUpIn(lists: object): LookedUp {
  const byName = new Map<string, unknown>(Object.entries(lists));
  return Object.fromEntries(
    lookUps.flatMap(({ subject, noun: [, many] }) =>
      byName.has(many) ? [[subject, referred.parse(byName.get(many))]] : [],
    ),
  );
}
