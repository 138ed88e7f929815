import * as z from '../../core/zod.ts';
import type { FileFacts, Section } from '../../core/section.ts';
import { durationForm, durationPattern, isSessionDuration } from '../shared/duration.ts';
import { owner } from '../shared/justification.ts';
import { mapRule } from '../shared/map-rule.ts';
import { namePatterns, scopePatterns } from '../shared/name-patterns.ts';
import { boundaryForm, customerManagedForm, policyForm } from '../shared/policy/right-forms.ts';
import { policyDocument } from '../shared/policy/document.ts';
import { foreignPartition, policyFlaws } from '../shared/policy/refusals.ts';

// Patterns and lengths are those of the sso-admin API model.
export const permissionSetName = z.text(
  z.minLength(1),
  z.maxLength(32),
  z.regex(/^[\w+=,.@-]+$/, 'has a character other than letters, digits and + = , . @ _ -'),
);

const description = z.text(
  z.minLength(1),
  z.maxLength(700),
  z.regex(
    /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/,
    'has a character outside Latin-1, which the service refuses in the description of a permission set',
  ),
  z.regex(/\S/, 'is blank'),
);

const managedPolicy = z
  .text(
    z.maxLength(2048),
    z.regex(
      /^(arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy\/)?([A-Za-z0-9.,+@=_-]+\/)*[A-Za-z0-9.,+@=_-]+$/,
      'is neither the name nor the ARN of an AWS managed policy',
    ),
  )
  .register(z.docs, {
    description: 'An AWS managed policy: its name, with its path where it has one, or its ARN.',
    examples: ['ReadOnlyAccess', 'job-function/Billing'],
  });

const customerManagedPolicy = z
  .strictObject({
    name: z
      .text(z.minLength(1), z.maxLength(128), z.regex(/^[\w+=,.@-]+$/, 'is not an IAM policy name'))
      .register(z.docs, { description: "The policy's name.", examples: ['deployer'] }),
    path: z
      .withDefault(
        z.text(
          z.maxLength(512),
          z.regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, 'is not an IAM path, which begins and ends with a slash'),
        ),
        '/',
      )
      .register(z.docs, { description: "The policy's path, with a slash at both ends.", examples: ['/team/'] }),
  })
  .register(z.docs, {
    description: 'A policy by this name and path, which must exist in every account where the set is assigned.',
  })
  .register(z.rightForms, { of: customerManagedForm });

// One of two keys, and not a union: a wrong key is then reported by name.
const permissionsBoundary = z
  .strictObject({ managedPolicy: z.optional(managedPolicy), customerManagedPolicy: z.optional(customerManagedPolicy) })
  .check(
    z.refine(
      (boundary) => (boundary.managedPolicy === undefined) !== (boundary.customerManagedPolicy === undefined),
      mapRule('needs exactly one of managedPolicy and customerManagedPolicy'),
    ),
  )
  .register(z.docs, { description: 'The most that the set can give, whatever its policies say.' })
  .register(z.rightForms, { of: boundaryForm });

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const tags = z
  .record(
    z.text(
      z.minLength(1),
      z.maxLength(128),
      z.regex(tagText, 'has a character that a tag key cannot have'),
      z.refine((key) => !key.startsWith('aws:'), 'begins with aws:, which only AWS may use'),
    ),
    z.text(z.maxLength(256), z.regex(tagText, 'has a character that a tag value cannot have')),
  )
  .check(z.refine((all) => Object.keys(all).length <= 75, mapRule('has more than 75 tags')));

const policyFile = z
  .strictObject({
    file: z.text(z.minLength(1)).register(z.docs, { description: 'A JSON file, relative to this one.' }),
  })
  .register(z.docs, { title: 'Policy file', description: 'The policy document from a file.' });

/** How long sessions last; each place describes its own. */
export const sessionDuration = () =>
  z
    .text(
      z.regex(durationPattern, 'is not a duration such as 8h, 90m or PT8H'),
      z.refine((text) => !durationPattern.test(text) || isSessionDuration(text), 'is not between 1h and 12h'),
    )
    .register(z.rightForms, { of: durationForm });

/** An entry of `permissionSets`. */
export const permissionSetEntry = z
  .strictObject({
    description: z.optional(description).register(z.docs, { description: 'What the set is for; Latin-1 only.' }),
    sessionDuration: z
      .withDefault(sessionDuration(), '1h')
      .register(z.docs, { description: 'How long the credentials last: 1h to 12h.', examples: ['8h', 'PT8H'] }),
    relayState: z
      .optional(
        z.text(
          z.minLength(1),
          z.maxLength(240),
          z.regex(/^[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/, 'has a character that a relay state cannot have'),
        ),
      )
      .register(z.docs, {
        description: 'Where the console opens.',
        examples: ['https://ap-northeast-1.console.aws.amazon.com/'],
      }),
    managedPolicies: z.optional(z.array(managedPolicy)).register(z.docs, {
      description: 'AWS managed policies, by name (with the path where there is one) or by ARN.',
      examples: [['ReadOnlyAccess', 'job-function/Billing']],
    }),
    customerManagedPolicies: z.optional(z.array(customerManagedPolicy)).register(z.docs, {
      description: 'Policies of your own, which must exist in every account where the set is assigned.',
    }),
    permissionsBoundary: z.optional(permissionsBoundary),
    inlinePolicy: z
      .optional(
        z
          .union([policyFile, policyDocument], { error: 'is neither a policy document nor { file: … }' })
          .register(z.rightForms, { of: policyForm }),
      )
      .register(z.docs, {
        description: 'A policy of its own: the document as YAML, or { file: policies/deployer.json }.',
      }),
    tags: z.optional(tags).register(z.docs, {
      description: 'Tags of the set itself; they do not reach the roles.',
      examples: [{ team: 'platform' }],
    }),
    owner,
    previously: z.optional(permissionSetName).register(z.docs, {
      description: 'The old name: the new set is created and granted, and only then is the old one removed.',
    }),
  })
  .check(
    z.refine(
      ({ managedPolicies = [], customerManagedPolicies = [] }) =>
        [managedPolicies, customerManagedPolicies].flat().length <= 25,
      mapRule('has more than 25 managed policies, which is a quota of the service'),
    ),
  )
  .register(z.docs, {
    title: 'Permission set',
    description: 'What may be done: becomes an IAM role in each account where it is assigned.',
  });

const managedPolicyPartition = {
  code: 'bad-policy',
  severity: 'error',
  problem: (arn: unknown, { partition }: FileFacts) => foreignPartition(String(arn), partition),
} as const;

/** The section `permissionSets`. */
export const permissionSets = {
  name: 'permissionSets',
  noun: ['permission set', 'permission sets'],
  schema: z
    .optional(z.record(permissionSetName, permissionSetEntry))
    .register(z.docs, { description: 'By name. Absent: permission sets are not managed.' }),
  declares: 'permission-set',
  mergeable: {
    scope: {
      schema: scopePatterns('Names of the permission sets that the files may define and grant', ['Data*']),
      limitsReferences: true,
    },
  },
  documents: [['*', 'inlinePolicy']],
  checks: [
    {
      at: ['*', 'inlinePolicy'],
      code: 'bad-policy',
      severity: 'error',
      subject: 'The inline policy',
      // What is wrong with its parts, the schema says.
      problem: (value, { partition }) => policyFlaws(value, partition),
    },
    { at: ['*', 'managedPolicies', '*'], ...managedPolicyPartition },
    { at: ['*', 'permissionsBoundary', 'managedPolicy'], ...managedPolicyPartition },
  ],
  review: async (sets, now) =>
    (await import('./review.ts')).reviewPermissionSets((sets ?? {}) as PermissionSetEntries, now),
  ignore: [namePatterns('permissionSets', 'permission-set', 'Names of permission sets', ['AWS*'])],
  snippet: {
    label: 'permission set',
    description: 'What may be done',
    body: {
      '${1:Name}': {
        description: '${2:What it is for}',
        sessionDuration: '${3:8h}',
        managedPolicies: ['${4:ReadOnlyAccess}'],
      },
    },
  },
} as const satisfies Section;

export type PermissionSetEntry = z.infer<typeof permissionSetEntry>;
export type PermissionSetEntries = Readonly<Record<string, PermissionSetEntry>>;
