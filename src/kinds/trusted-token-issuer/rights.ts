import type { Aws } from '../../aws/connect.ts';
import { instanceArn } from '../../aws/iam/arns.ts';
import type { Rights } from '../../core/rights.ts';

const sid = 'TrustedTokenIssuers';
/** Which account the ARN names is not documented. */
const on = [instanceArn, 'arn:{partition}:sso::*:trustedTokenIssuer/{instance}/*'];

const list = 'sso:ListTrustedTokenIssuers';
const describe = 'sso:DescribeTrustedTokenIssuer';

export const rights: Rights<Aws> = {
  read: [{ sid, on, actions: [list, describe] }],
  write: [
    {
      sid,
      on,
      actions: ['sso:CreateTrustedTokenIssuer', 'sso:UpdateTrustedTokenIssuer', 'sso:DeleteTrustedTokenIssuer'],
    },
  ],
  optional: { [list]: 'section', [describe]: 'section' },
  probes: {
    [list]: (aws) => aws.ssoAdmin.listTrustedTokenIssuers({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
    [describe](aws, idOf) {
      const TrustedTokenIssuerArn = idOf('trusted-token-issuer');
      return TrustedTokenIssuerArn === undefined
        ? undefined
        : aws.ssoAdmin.describeTrustedTokenIssuer({ TrustedTokenIssuerArn });
    },
  },
};
