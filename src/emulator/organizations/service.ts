import { authorizeOrganizations } from '../access.ts';
import { ServiceError } from '../errors.ts';
import { defineService } from '../service.ts';
import { reads } from './reads.ts';
import { organizationsShapes } from './shapes.ts';
import { tags } from './tags.ts';
import { writes } from './writes.ts';

/** Its operations answer in every Region; clients with an endpoint of their own sign for whatever Region they are in. */
export const organizations = defineService(
  'organizations',
  'AWSOrganizationsV20161128',
  organizationsShapes,
  { ...reads, ...writes, ...tags },
  authorizeOrganizations,
  (message, Reason) => new ServiceError('InvalidInputException', message, { Reason }),
);
