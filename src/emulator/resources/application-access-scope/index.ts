import { defineResource } from '../../core/resource.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { accessScopeOperations } from './operations.ts';
import { applicationAccessScopes, scopeKey } from './table.ts';

/** What an application may ask tokens for. */
export const applicationAccessScope = defineResource({
  service: ssoAdmin,
  tables: { applicationAccessScopes },
  operations: accessScopeOperations,
  reactions: {
    'application-deleted'({ world }, { applicationArn }) {
      for (const row of world.applicationAccessScopes.by('application', applicationArn)) {
        world.applicationAccessScopes.delete(scopeKey(row));
      }
    },
  },
});
