import * as z from '../core/zod.ts';
import { durationPattern, isSessionDuration } from './duration.ts';
import { mapRule } from './map-rule.ts';
import { policyDocument } from './policy.ts';

// Patterns and lengths are those of the sso-admin API model.
export const permissionSetName = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[\w+=,.@-]+$/, 'has a character other than letters, digits and + = , . @ _ -');

const description = z
  .string()
  .min(1)
  .max(700)
  .regex(
    /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/,
    'has a character outside Latin-1, which the service refuses in the description of a permission set',
  )
  .regex(/\S/, 'is blank');

const managedPolicy = z
  .string()
  .max(2048)
  .regex(
    /^(arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy\/)?([A-Za-z0-9.,+@=_-]+\/)*[A-Za-z0-9.,+@=_-]+$/,
    'is neither the name nor the ARN of an AWS managed policy',
  )
  .meta({
    description: 'An AWS managed policy: its name, with its path where it has one, or its ARN.',
    examples: ['ReadOnlyAccess', 'job-function/Billing'],
  });

const customerManagedPolicy = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[\w+=,.@-]+$/, 'is no IAM policy name')
      .meta({ description: "The policy's name.", examples: ['deployer'] }),
    path: z
      .string()
      .max(512)
      .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, 'is no IAM path: it begins and ends with a slash')
      .default('/')
      .meta({ description: "The policy's path, with a slash at both ends.", examples: ['/team/'] }),
  })
  .meta({
    description: 'A policy by this name and path, which must exist in every account where the set is assigned.',
  });

// One of two keys, and not a union: a wrong key is then reported by name.
const permissionsBoundary = z
  .strictObject({ managedPolicy: managedPolicy.optional(), customerManagedPolicy: customerManagedPolicy.optional() })
  .refine(
    (boundary) => (boundary.managedPolicy === undefined) !== (boundary.customerManagedPolicy === undefined),
    mapRule('needs exactly one of managedPolicy and customerManagedPolicy'),
  )
  .meta({ description: 'The most that the set can give, whatever its policies say.' });

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const tags = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .regex(tagText, 'has a character that a tag key cannot have')
      .refine((key) => !key.startsWith('aws:'), 'begins with aws:, which only AWS may use'),
    z.string().max(256).regex(tagText, 'has a character that a tag value cannot have'),
  )
  .refine((all) => Object.keys(all).length <= 75, mapRule('has more than 75 tags'));

const policyFile = z
  .strictObject({ file: z.string().min(1).meta({ description: 'A JSON file, relative to this one.' }) })
  .meta({ title: 'Policy file', description: 'The policy document from a file.' });

/** How long sessions last; without a description, which is the place's. */
export const sessionDuration = z
  .string()
  .regex(durationPattern, 'is no duration such as 8h, 90m or PT8H')
  .refine((text) => !durationPattern.test(text) || isSessionDuration(text), 'is not between 1h and 12h');

/** An entry of `permissionSets`. */
export const permissionSetEntry = z
  .strictObject({
    description: description.optional().meta({ description: 'What the set is for; Latin-1 only.' }),
    sessionDuration: sessionDuration
      .default('1h')
      .meta({ description: 'How long the credentials last: 1h to 12h.', examples: ['8h', 'PT8H'] }),
    relayState: z
      .string()
      .min(1)
      .max(240)
      .regex(/^[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/, 'has a character that a relay state cannot have')
      .optional()
      .meta({ description: 'Where the console opens.', examples: ['https://ap-northeast-1.console.aws.amazon.com/'] }),
    managedPolicies: z
      .array(managedPolicy)
      .optional()
      .meta({
        description: 'AWS managed policies, by name (with the path where there is one) or by ARN.',
        examples: [['ReadOnlyAccess', 'job-function/Billing']],
      }),
    customerManagedPolicies: z
      .array(customerManagedPolicy)
      .optional()
      .meta({ description: 'Policies of your own, which must exist in every account where the set is assigned.' }),
    permissionsBoundary: permissionsBoundary.optional(),
    inlinePolicy: z
      .union([policyFile, policyDocument], { error: 'is neither a policy document nor { file: … }' })
      .optional()
      .meta({ description: 'A policy of its own: the document as YAML, or { file: policies/deployer.json }.' }),
    tags: tags
      .optional()
      .meta({ description: 'Tags of the set itself; they do not reach the roles.', examples: [{ team: 'platform' }] }),
    previously: permissionSetName
      .optional()
      .meta({ description: 'The old name: the set is made anew, granted, and only then is the old one removed.' }),
  })
  .refine(
    ({ managedPolicies = [], customerManagedPolicies = [] }) =>
      [managedPolicies, customerManagedPolicies].flat().length <= 25,
    mapRule('has more than 25 managed policies, which is a quota of the service'),
  )
  .meta({
    title: 'Permission set',
    description: 'What may be done: becomes an IAM role in each account where it is assigned.',
  });

export type PermissionSetEntry = z.infer<typeof permissionSetEntry>;
