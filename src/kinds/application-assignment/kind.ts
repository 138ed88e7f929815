import * as z from '../../core/zod.ts';
import type { Aws } from '../../aws/connect.ts';
import { isAwsError } from '../../core/errors.ts';
import type { Ids, Referred } from '../../core/kind.ts';
import { applications } from './applications.ts';
import { applicationAssignments, applicationProduct } from './schema.ts';
import { rights } from './rights.ts';
import { leaveOutUnread, readApplicationAssignments } from './read.ts';
import { defineKind } from '../define.ts';
import { inventoryApplicationAssignments } from './inventory.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import {
  orphanId,
  principalKey,
  principalKind,
  principalRequest,
  principalSections,
  principalShape,
  principalText,
} from '../shared/principal.ts';

const spec = z.object({
  ...principalShape,
  /** ARN. */
  application: z.string(),
  applicationName: z.string(),
  /** Another application has the same name. */
  isNameShared: z.optional(z.boolean()),
  orphanId,
});

export type ApplicationAssignmentSpec = z.infer<typeof spec>;

/** That a principal may use an application. Applications themselves are only referred to. */
export const applicationAssignment = defineKind({
  name: 'application-assignment',
  noun: applicationAssignments.noun,
  section: applicationAssignments,
  spec,
  outlivesReferences: true,

  sizes: (entries) => entries.map(applicationProduct),

  *desired(entries, { find = itself }) {
    for (const [index, entry] of entries.entries()) {
      const found = entry.applications.flatMap((text) => find('application', text) ?? []);
      const ends = entry.expires === undefined ? undefined : { until: entry.expires };
      for (const [section, principalType] of principalSections) {
        for (const [place, principal] of (entry[section] ?? []).entries()) {
          const at = [['applicationAssignments', index, section, place]];
          const expires = ends && { ...ends, at: ['applicationAssignments', index, 'expires'] };
          for (const { arn, name, isNameShared } of found) {
            const own = { principalType, principal, application: arn, applicationName: name };
            yield { spec: { ...own, ...(isNameShared && { isNameShared }) }, at, ...(expires && { expires }) };
          }
        }
      }
    }
  },

  key: (spec) => [spec.application, spec.principalType, principalKey(spec)],
  label: (spec) => `${applicationText(spec)} to ${principalText(spec)}`,

  subjects: ({ principalType, principal, applicationName: application }) =>
    principalType === 'USER' ? { user: principal, application } : { group: principal, application },

  fields: {},

  lookUp: applications,
  rights,

  read: readApplicationAssignments,
  fromSnapshot: leaveOutUnread,

  named({ principal: id, ...row }, names) {
    const principal = names.of(principalKind(row), id);
    return principal === undefined ? { ...row, principal: id, orphanId: id } : { ...row, principal };
  },

  async create(aws, after, ids) {
    const request = requestOf(after, ids);
    try {
      await aws.ssoAdmin.createApplicationAssignment(request);
    } catch (error) {
      // Whether AWS calls what is there already a conflict is not documented.
      if (!isAwsError(error, 'ConflictException') || !(await isThere(aws, request))) throw error;
    }
    return undefined;
  },

  async delete(aws, _id, before, ids) {
    await ignoreNotFound(aws.ssoAdmin.deleteApplicationAssignment(requestOf(before, ids)));
  },

  inventory: inventoryApplicationAssignments,
});

/** The name, with the id where another application has the same. */
export function applicationText({
  application,
  applicationName,
  isNameShared,
}: Pick<ApplicationAssignmentSpec, 'application' | 'applicationName' | 'isNameShared'>): string {
  return isNameShared ? `${applicationName} (${application.slice(application.lastIndexOf('/') + 1)})` : applicationName;
}

/** For who looks at nothing but what the file says. */
const itself = (_subject: string, text: string): Referred => ({ arn: text, name: text });

async function isThere(aws: Aws, request: ReturnType<typeof requestOf>): Promise<boolean> {
  try {
    await aws.ssoAdmin.describeApplicationAssignment(request);
    return true;
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return false;
    throw error;
  }
}

const requestOf = (spec: ApplicationAssignmentSpec, ids: Ids) => ({
  ApplicationArn: spec.application,
  ...principalRequest(spec, ids),
});
