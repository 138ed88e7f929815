import { enumeration, string, structure, union } from '../../core/shape.ts';
import { ClientToken, InstanceArn, ofInstance, paged, Tags } from '../../services/sso-admin/shapes.ts';

const TrustedTokenIssuerArn = string({
  min: 10,
  max: 1224,
  pattern:
    'arn:aws(-[a-z]{1,5}){0,3}:sso::\\d{12}:trustedTokenIssuer/(sso)?ins-[a-zA-Z0-9-.]{16}/tti-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}',
});
const Name = string({ min: 1, max: 255, pattern: '[\\w+=,.@-]+' });
const TrustedTokenIssuerType = enumeration('OIDC_JWT');
const IssuerUrl = string({
  min: 1,
  max: 512,
  pattern: 'https?:\\/\\/[-a-zA-Z0-9+&@\\/%=~_|!:,.;]*[-a-zA-Z0-9+&@\\/%=~_|]',
});
const ClaimAttributePath = string({ min: 1, max: 255, pattern: '\\p{L}+(?:(\\.|\\_)\\p{L}+){0,2}' });
const IdentityStoreAttributePath = string({ min: 1, max: 255, pattern: '\\p{L}+(?:\\.\\p{L}+){0,2}' });
const JwksRetrievalOption = enumeration('OPEN_ID_DISCOVERY');

export const CreateTrustedTokenIssuer = structure(
  {
    InstanceArn,
    Name,
    TrustedTokenIssuerType,
    TrustedTokenIssuerConfiguration: union({
      OidcJwtConfiguration: structure({
        IssuerUrl,
        ClaimAttributePath,
        IdentityStoreAttributePath,
        JwksRetrievalOption,
      }),
    }),
  },
  { ClientToken, Tags },
);
export const UpdateTrustedTokenIssuer = structure(
  { TrustedTokenIssuerArn },
  {
    Name,
    TrustedTokenIssuerConfiguration: union({
      OidcJwtConfiguration: structure({}, { ClaimAttributePath, IdentityStoreAttributePath, JwksRetrievalOption }),
    }),
  },
);
export const DescribeTrustedTokenIssuer = structure({ TrustedTokenIssuerArn });
export const DeleteTrustedTokenIssuer = structure({ TrustedTokenIssuerArn });
export const ListTrustedTokenIssuers = structure(ofInstance, paged);
