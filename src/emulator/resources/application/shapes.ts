import { enumeration, string, structure } from '../../core/shape.ts';
import { ClientToken, InstanceArn, Tags } from '../../services/sso-admin/shapes.ts';

export const ApplicationArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso::\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}',
});
export const ApplicationProviderArn = string({
  min: 10,
  max: 1224,
  pattern: 'arn:aws(-[a-z]{1,5}){0,3}:sso::aws:applicationProvider/[a-zA-Z0-9-/]+',
});
const PortalOptions = structure(
  {},
  {
    SignInOptions: structure(
      { Origin: enumeration('IDENTITY_CENTER', 'APPLICATION') },
      {
        ApplicationUrl: string({
          min: 1,
          max: 512,
          pattern: 'http(s)?:\\/\\/[-a-zA-Z0-9+&@#\\/%?=~_|!:,.;]*[-a-zA-Z0-9+&bb@#\\/%?=~_|]',
        }),
      },
    ),
    Visibility: enumeration('ENABLED', 'DISABLED'),
  },
);
export const CreateApplication = structure(
  { InstanceArn, ApplicationProviderArn, Name: string({ min: 1, max: 100, pattern: '[\\S\\s]*' }) },
  {
    Description: string({ min: 1, max: 128 }),
    PortalOptions,
    Tags,
    Status: enumeration('ENABLED', 'DISABLED'),
    ClientToken,
  },
);
