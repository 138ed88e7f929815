import { defineResource, taggedRow } from '../../core/resource.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { trustedTokenIssuerOperations } from './operations.ts';
import { trustedTokenIssuers, unknownIssuer } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    trustedTokenIssuers: number;
  }
  interface Behaviour {
    /** Two trusted token issuers with one name; whether they conflict is not documented. */
    trustedTokenIssuerNames: 'unique' | 'shared';
  }
}

interface IssuerChange {
  trustedTokenIssuerArn: string;
}

declare module '../../core/changes.ts' {
  interface Changes {
    'trusted-token-issuer-created': IssuerChange;
    'trusted-token-issuer-updated': IssuerChange;
    'trusted-token-issuer-deleted': IssuerChange;
  }
}

/** An identity provider whose tokens Identity Center exchanges for its own. */
export const trustedTokenIssuer = defineResource({
  service: ssoAdmin,
  tables: { trustedTokenIssuers },
  operations: trustedTokenIssuerOperations,
  defaults: { quotas: { trustedTokenIssuers: 10 }, trustedTokenIssuerNames: 'unique' },
  tagged: ({ world, report }, id) =>
    taggedRow(world.trustedTokenIssuers, id, () => {
      report({ type: 'trusted-token-issuer-updated', trustedTokenIssuerArn: id });
    }),
  nameOf: ({ trustedTokenIssuers }, id) => trustedTokenIssuers.get(id)?.Name,
  refuseUnknown({ trustedTokenIssuers }, { TrustedTokenIssuerArn: arn }) {
    return typeof arn === 'string' && !trustedTokenIssuers.has(arn) ? unknownIssuer(arn) : undefined;
  },
});
