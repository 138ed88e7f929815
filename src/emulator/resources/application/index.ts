import { defineResource, taggedRow } from '../../core/resource.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { applicationOperations } from './operations.ts';
import { applications, unknownApplication } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    applications: number;
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'application-created': { applicationArn: string };
    'application-updated': { applicationArn: string };
    'application-deleted': { applicationArn: string };
  }
}

export const application = defineResource({
  service: ssoAdmin,
  tables: { applications },
  operations: applicationOperations,
  defaults: { quotas: { applications: 7000 } },
  tagged: ({ world, report }, id) =>
    taggedRow(world.applications, id, () => report({ type: 'application-updated', applicationArn: id })),
  nameOf: ({ applications }, id) => applications.get(id)?.Name,
  refuseUnknown({ applications }, { ApplicationArn: arn }) {
    return typeof arn === 'string' && !applications.has(arn) ? unknownApplication(arn) : undefined;
  },
});
