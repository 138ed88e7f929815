import { list, string, structure } from '../../core/shape.ts';

// Names, constraints and members as in the AWS API model of organizations, version 2016-11-28, as here so in the resources.

export const AccountId = string({ max: 12, pattern: '^\\d{12}$' });
export const ParentId = string({
  max: 100,
  pattern: '^(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$',
});
export const TagKey = string({ min: 1, max: 128, pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' });
const TagValue = string({ min: 0, max: 256, pattern: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$' });
export const Tags = list(structure({ Key: TagKey, Value: TagValue }));
const MaxResults = { type: 'integer', min: 1, max: 20 } as const;
export const NextToken = string({ max: 100_000, pattern: '[\\s\\S]*' });
export const paged = { MaxResults, NextToken };

/** Of a page that doesn't ask for another. */
export const pageSize = 20;
