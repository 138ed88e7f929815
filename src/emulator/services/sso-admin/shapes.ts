import { enumeration, list, string, structure } from '../../core/shape.ts';

// Names, constraints and members as in the AWS API model of sso-admin, version 2020-07-20, as here so in the resources.

export const AccountId = string({ min: 12, max: 12, pattern: '\\d{12}' });
export const InstanceArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}',
});
export const ClientToken = string({ min: 1, max: 64, pattern: '[!-~]+' });
export const TagKey = string({ min: 1, max: 128, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' });
const TagValue = string({ min: 0, max: 256, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' });
export const Tags = list(structure({ Key: TagKey, Value: TagValue }), { min: 0, max: 75 });
export const PrincipalId = string({
  min: 1,
  max: 47,
  pattern: '([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}',
});
export const PrincipalType = enumeration('USER', 'GROUP');
export const RequestId = string({
  min: 36,
  max: 36,
  pattern: '\\b[0-9a-f]{8}\\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-\\b[0-9a-f]{12}\\b',
});

const MaxResults = { type: 'integer', min: 1, max: 100 } as const;
export const NextToken = string({ min: 0, max: 2048, pattern: '[-a-zA-Z0-9+=/_]*' });
export const paged = { MaxResults, NextToken };
export const StatusFilter = structure({}, { Status: enumeration('IN_PROGRESS', 'FAILED', 'SUCCEEDED') });

export const ofInstance = { InstanceArn };
