import type { PathPattern } from '../../core/path-pattern.ts';
import type { CheckedSection, IgnoreList, Reference, Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { sections } from '../../kinds/sections.ts';
import { region } from '../../kinds/shared/cli-settings.ts';
import { accounts } from './accounts-section.ts';
import { cliChecks, cliReferences, cliSection, cliTexts } from './cli-section.ts';
import { ignoreLists, ignoreSection } from './ignore-section.ts';
import { includeReferences, includeSection } from './include-section.ts';
import { production, productionReferences } from './production-section.ts';
import { rules, rulesReferences } from './rules.ts';
import { listOf } from '../../core/words.ts';
import { safety, safetyReferences } from './safety-section.ts';

const identityCenter = z
  .strictObject({
    region: z.optional(region).register(z.docs, {
      description: 'The home region of the organization instance. Every other region answers as if there were none.',
      examples: ['us-east-1'],
    }),
    instanceArn: z
      .optional(
        z.text(
          z.regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/, 'is not an instance ARN'),
        ),
      )
      .register(z.docs, {
        description: 'Pins the instance: a plan for any other is refused, and removals need the pin.',
      }),
    directory: z.withDefault(z.enum(['identity-center', 'external']), 'identity-center').register(z.docs, {
      description: 'external: users and groups come from an identity provider and are only referred to.',
    }),
  })
  .register(z.docs, { description: 'Which Identity Center this file is for.' });

type Shape<All extends readonly Section[]> = { [One in All[number] as One['name']]: One['schema'] };

function shapeOf<const All extends readonly Section[]>(sections: All): Shape<All> {
  return Object.fromEntries(sections.map(({ name, schema }) => [name, schema])) as Shape<All>;
}

type ExternalShape<All extends readonly Section[]> = {
  [One in All[number] as One['name']]: One extends { external: infer Schema extends z.ZodMiniType }
    ? Schema
    : One['schema'];
};

function externalShapeOf<const All extends readonly Section[]>(sections: All): ExternalShape<All> {
  const schemas = sections.map(({ name, schema, external }: Section) => [name, external ?? schema]);
  return Object.fromEntries(schemas) as ExternalShape<All>;
}

/** A file with these sections, with every default stated once. */
function documentOf<Sections extends z.core.$ZodShape>(sections: readonly Section[], shape: Sections) {
  const mergeable = sections.flatMap(({ mergeable, noun: [, many] }) => (mergeable ? [many] : []));
  return z
    .strictObject({
      version: z.literal(1).register(z.docs, { description: 'The version of this file format.' }),
      include: z.optional(includeSection(sections)).register(z.docs, {
        description: `Other files whose ${listOf(mergeable)} are read into this one. A saved plan has them put together, and reads none again.`,
        examples: [['teams/*.yaml']],
      }),
      identityCenter: z
        .prefault(identityCenter, {})
        .register(z.docs, { description: 'Which Identity Center this file is for.' }),
      cli: z
        .prefault(cliSection, {})
        .register(z.docs, { description: 'What the AWS CLI profiles of all users share.' }),
      accounts: accounts.schema,
      ...shape,
      ignore: z
        .prefault(ignoreSection(sections), {})
        .register(z.docs, { description: 'Live things that this file says nothing about.' }),
      production: z.optional(production).register(z.docs, {
        description:
          'Which accounts are production: `idc access` says who can write there, and --production asks about them. It grants and forbids nothing.',
        examples: [{ organizationalUnits: ['Workloads/Prod'] }, { accountTags: { env: 'prod' } }],
      }),
      safety: z.prefault(safety, {}).register(z.docs, { description: 'What a plan may never do.' }),
      rules: z.optional(rules).register(z.docs, {
        description:
          'What must hold after every plan, of all access that people have: also of what is live and not in this file.',
      }),
    })
    .register(z.docs, { title: 'Identity Center as Code', description: 'Who may do what in which AWS account.' });
}

type DocumentSchema<Document> = z.ZodMiniType<Document> & { shape: z.core.$ZodShape };

/** Where `{ file: … }` may stand, from the root of the file, instead of what the named file holds. */
export interface NamedFiles {
  at: PathPattern;
  holds: 'policy' | 'text';
}

/** What a file may say, with these sections beside those that every file has. */
export interface FileFormat<Document> {
  /** Where things are declared, or as of the accounts given a name. */
  sections: readonly Section[];
  /** Where values are checked beyond their schema. */
  checked: readonly CheckedSection[];
  /** From the root of the file downward. */
  references: readonly Reference[];
  ignore: readonly IgnoreList[];
  namedFiles: readonly NamedFiles[];
  /** Where the file may name an account by its id. */
  accountIds: readonly PathPattern[];
  document: DocumentSchema<Document>;
  /**
   * The same file where an identity provider owns the directory: what is in that can only be referred to. Made when it is
   * asked for, since most runs don't need it.
   */
  external(): DocumentSchema<Document>;
}

export function createFormat<const All extends readonly Section[]>(sections: All) {
  const below = (name: string, references: readonly Reference[] = []): Reference[] =>
    references.map((reference) => ({ ...reference, at: [name, ...reference.at] }));
  const references = [
    ...sections.flatMap(({ name, references }: Section) => below(name, references)),
    ...below('cli', cliReferences),
    ...below('include', includeReferences),
    ...below('production', productionReferences),
    ...below('safety', safetyReferences),
    ...below('rules', rulesReferences),
  ];
  const ignore = ignoreLists(sections);
  return {
    sections: [accounts, ...sections],
    checked: [accounts, ...sections, { name: 'cli', checks: cliChecks }],
    references,
    ignore,
    namedFiles: [
      ...sections.flatMap(({ name, documents = [] }: Section) =>
        documents.map((path): NamedFiles => ({ at: [name, ...path], holds: 'policy' })),
      ),
      ...cliTexts.map((path): NamedFiles => ({ at: ['cli', ...path], holds: 'text' })),
    ],
    accountIds: [
      [accounts.name, '*'],
      [accounts.name, '*', 'id'],
      ...references.flatMap(({ to, at, inKey }) => (to === accounts.declares && !inKey ? [at] : [])),
      ...ignore.flatMap(({ key, accountsAt }) => (accountsAt ? [['ignore', key, ...accountsAt]] : [])),
    ],
    document: documentOf(sections, shapeOf(sections)),
    external: () => documentOf(sections, externalShapeOf(sections)),
  };
}

const format = createFormat(sections);

export const { document: identityDocument, external: externalDocument } = format;

/** The checked file. */
export type IdentityDocument = z.infer<typeof identityDocument> | z.infer<ReturnType<typeof externalDocument>>;

export const identityFormat: FileFormat<IdentityDocument> = format;
