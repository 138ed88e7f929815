import * as z from 'zod';
import { ReportedError } from '../core/errors.ts';
import { parseJson } from '../core/parse-json.ts';
import { digestOf, FORMAT_VERSION, sealOf, type Plan } from '../core/plan.ts';
import { sanitize } from '../core/sanitize.ts';
import { fieldChange } from './field-change.ts';
import { place } from './place.ts';
import { access, risks } from './plan-access.ts';
import { base, end, findings } from './plan-findings.ts';

const text = (description: string) => z.string().meta({ description });
const count = (description: string) => z.int().min(0).meta({ description });
const address = (description: string) => z.string().meta({ description, examples: ['group/platform'] });
export const action = z.enum(['create', 'update', 'delete']).meta({ description: 'What is done to the thing.' });
const step = z
  .strictObject({
    id: address('The address of the thing: its kind, a slash, its key. A plan has at most one step for each.'),
    action,
    kind: text('The kind of the thing, such as `permission-set`.'),
    key: text('Unique among the kind.'),
    label: text('One line for people, without the kind.'),
    subjects: z
      .record(z.string(), z.string())
      .meta({ description: 'What it is about, by kind: names, and of an account its id.' }),
    changes: z.array(fieldChange).meta({ description: 'What differs.' }),
    dependsOn: z.array(z.string()).meta({ description: 'Ids of the steps that must have succeeded before this one.' }),
    before: z.unknown().optional().meta({ description: 'The whole thing as it is; absent where it is created.' }),
    after: z.unknown().optional().meta({ description: 'The whole thing as it will be; absent where it is deleted.' }),
    normalised: z
      .strictObject({ before: z.unknown().optional(), after: z.unknown().optional() })
      .meta({ description: 'The compared fields in the form that is compared; what the digest is made of.' }),
    liveId: text('The AWS id of what is live.').exactOptional(),
    places: z
      .array(place.extend({ reason: text('Why, as the entry says: its reason and ticket.').exactOptional() }))
      .exactOptional()
      .meta({ description: 'Where the file asks for it.' }),
    until: end.exactOptional(),
    reclaimed: z.enum(['base', 'begun', 'pair']).exactOptional().meta({
      description:
        'Of a removal of what `ignore` hides by a name: the file before asked for it, a file whose apply began and did not finish did, or an entry that takes accounts by what they are grants the same elsewhere.',
    }),
    expired: z
      .array(
        z.strictObject({
          until: end,
          place: place.exactOptional(),
        }),
      )
      .exactOptional()
      .meta({ description: 'Of a removal: the entries of the file that asked for it until they expired.' }),
    replaces: address('The thing that this one replaces, under another name.').exactOptional(),
    replacedBy: address('The thing that takes the place of this one.').exactOptional(),
  })
  .meta({ description: 'One thing to create, update or delete.' });

const code = text('Stable, kebab-case.');

/** The version of a public format, and no other. */
export const versionOf = (version: number): z.ZodInt =>
  z
    .int()
    .refine((found): boolean => found === version)
    .meta({ const: version, description: 'The version of this format.' });

/** The public format of a plan. */
export const planSchema = z
  .strictObject({
    formatVersion: versionOf(FORMAT_VERSION),
    toolVersion: text('The version of the idc that made the plan; absent where an apply refuses it.').exactOptional(),
    instance: z
      .strictObject({
        arn: z.string(),
        identityStoreId: z.string(),
        region: text('The home region.'),
        partition: text('`aws`, `aws-cn` or `aws-us-gov`.'),
        ownerAccountId: z.string(),
        managementAccountId: text('Absent where Organizations is out of reach.').exactOptional(),
      })
      .meta({ description: 'Which Identity Center the plan is for.' }),
    file: text('The file that it was made from, by its path; absent where that is identity.yaml.').exactOptional(),
    snapshot: z
      .strictObject({ takenAt: z.iso.datetime().meta({ description: 'When the reading of it began, in UTC.' }) })
      .exactOptional()
      .meta({ description: 'What the plan was made from; absent where it was what is live.' }),
    base: base.exactOptional(),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .meta({ description: 'Says which instance and which changes were reviewed; give it to `idc apply --digest`.' }),
    summary: z
      .strictObject({ create: count('Things to create.'), update: count('To update.'), delete: count('To delete.') })
      .meta({ description: 'How many steps there are.' }),
    steps: z.array(step).meta({ description: 'In an order that respects `dependsOn`.' }),
    access,
    risks,
    ...findings,
    accounts: z
      .record(z.string(), z.string())
      .meta({ description: 'The names of the accounts that the plan speaks of, by 12-digit id.' }),
    organizationsNames: z
      .record(z.string(), z.string())
      .exactOptional()
      .meta({ description: 'What AWS Organizations calls those of them that the file names otherwise.' }),
    violations: z
      .array(z.strictObject({ code, message: z.string(), allow: text('The flag or the line that would allow it.') }))
      .meta({ description: 'Why the plan is refused; empty where it is not.' }),
    warnings: z
      .array(
        z.strictObject({
          code,
          message: z.string(),
          place: place.exactOptional(),
          isRisk: z
            .literal(true)
            .exactOptional()
            .meta({ description: 'It may hurt people, so it is shown before the others.' }),
          lead: text('What the heading says of it, where it is told before all else.').exactOptional(),
          aside: text('What the heading says of it last.').exactOptional(),
        }),
      )
      .meta({ description: 'What a reviewer should know; warnings refuse nothing.' }),
    blocked: z
      .array(
        z.strictObject({
          id: address('The address of the thing.'),
          action: z.enum(['create', 'update', 'delete', 'provision']),
          kind: z.string(),
          label: z.string(),
          reason: text('Why this caller cannot do it, and who can.'),
        }),
      )
      .meta({ description: 'What this caller cannot do; outside the steps.' }),
    ignored: z
      .record(z.string(), z.int().min(0))
      .meta({ description: 'Live things that the file says nothing about, counted by kind.' }),
    orphans: count(
      'Assignments and memberships that stay though their principal is gone; absent where they were not looked for.',
    ).exactOptional(),
    left: count(
      'Other changes that are pending, and not in this plan; only where it was made with --only expired.',
    ).exactOptional(),
    passed: z
      .strictObject({ digest: text('Of the reviewed plan.'), since: text('The first end since then, ISO 8601.') })
      .exactOptional()
      .meta({
        description: 'Made with --reviewed: says that all in which this plan differs from that one has expired since.',
      }),
    cost: z
      .strictObject({ apiCalls: count('Calls to AWS.'), seconds: z.number().min(0) })
      .meta({ description: 'About what applying takes.' }),
    desired: z.unknown().meta({ description: 'The checked file, so that the plan can be made again from it.' }),
  })
  .meta({ title: 'Plan of Identity Center as Code', description: 'What `idc plan --format json` prints.' });

/** With every optional member required, so that one which only one side knows is a difference too. */
type Whole<T> = T extends (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<T[Name]> }
    : T;
export type Fits<A, B> = [A, Whole<A>] extends [B, Whole<B>] ? true : false;
export type Holds<Claim extends true> = Claim;

/** Does not compile where the schema and the type differ: the type in core is the source. */
export type PlanSchemaFits = [
  Holds<Fits<z.infer<typeof planSchema>, Plan>>,
  Holds<Fits<Plan, z.infer<typeof planSchema>>>,
];

/** As it is saved and printed. */
const savedPlanSchema = planSchema
  .extend({
    seal: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/)
      .meta({
        description:
          'A hash of the rest of this document, as JSON with sorted keys and no white space. It finds damage and careless edits; it is not a signature.',
      }),
  })
  .meta(planSchema.meta() ?? {});

export function planJsonSchema(): unknown {
  return z.toJSONSchema(savedPlanSchema, { target: 'draft-07' });
}

/** How many of a broken plan's faults are told; the first ones are enough to see what kind of file it is. */
const enough = 5;

/** Reads a saved plan, which nobody may have edited since: neither what it does nor what is shown of it. */
export function parsePlan(text: string): Plan {
  const { seal, ...plan } = parseShape(text);
  const again = 'Make it again with `idc plan --out plan.json`.';
  if (sealOf(plan) !== seal) {
    throw new ReportedError(
      'plan-seal',
      'This plan has been edited or damaged: its seal is not that of its content.',
      again,
    );
  }
  if (digestOf(plan) !== plan.digest) {
    throw new ReportedError('plan-digest', 'This plan has been edited: its digest is not that of what it does.', again);
  }
  return plan;
}

function parseShape(text: string): z.infer<typeof savedPlanSchema> {
  const value = parseJson(text, { code: 'plan-json', advice: 'Save the plan again with `idc plan --out plan.json`.' });
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version !== FORMAT_VERSION) {
    throw new ReportedError(
      'plan-format',
      `This plan has format version ${version}, but this idc reads ${FORMAT_VERSION}.`,
      'Make the plan again with the idc that applies it.',
    );
  }
  const result = savedPlanSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ReportedError(
    'plan-shape',
    `This file is JSON, but not a plan: ${tellFaults(result.error)}.`,
    'Save the plan again with `idc plan --out plan.json`.',
  );
}

/** The first faults of a document that is not of its schema. */
export function tellFaults({ issues }: Pick<z.core.$ZodError, 'issues'>): string {
  const faults = issues.map(({ path, message }) => `${path.map(String).join('.') || 'the whole'}: ${message}`);
  const rest = faults.length - enough;
  return sanitize([...faults.slice(0, enough), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; '));
}
