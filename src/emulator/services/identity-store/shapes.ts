import { list, string, structure, union } from '../../core/shape.ts';

// Names, constraints and members as in the AWS API model of identitystore, version 2020-06-15, as here so in the resources.

export const IdentityStoreId = string({
  min: 1,
  max: 93,
  pattern:
    '(arn:aws[a-z-]*:identitystore::\\d{12}:identitystore/)?(d-[0-9a-f]{10}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
});
/** The id of a user, a group or a membership. */
export const ResourceId = string({
  min: 1,
  max: 100,
  pattern:
    '(arn:aws[a-z-]*:identitystore:::(user|group|membership)/)?([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}',
});
export const Text = string({
  min: 1,
  max: 1024,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r \u00A0\u3000]+',
});

const AttributePath = string({
  min: 1,
  max: 255,
  pattern: '(?:\\p{L}+:\\p{L}+:\\p{L}+(?:\\.\\p{L}+){0,3}|\\p{L}+(?:\\.\\p{L}+){0,2})',
});
const AttributeValue = { type: 'document' } as const;
export const Operations = list(structure({ AttributePath }, { AttributeValue }), { min: 1, max: 100 });
const ExternalIdText = string({ min: 1, max: 256, pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+' });
export const AlternateIdentifier = union({
  ExternalId: structure({ Issuer: ExternalIdText, Id: ExternalIdText }),
  UniqueAttribute: structure({ AttributePath, AttributeValue }),
});

const MaxResults = { type: 'integer', min: 1, max: 100 } as const;
const NextToken = string({ min: 1, max: 65_535, pattern: '[-a-zA-Z0-9+=/:_]*' });
export const paged = { MaxResults, NextToken };
export const Filters = list(structure({ AttributePath, AttributeValue: Text }), { min: 0, max: 1 });
