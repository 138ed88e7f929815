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
const Name = string({ min: 1, max: 100, pattern: '[\\S\\s]*' });
const Description = string({ min: 1, max: 128 });
const Status = enumeration('ENABLED', 'DISABLED');
const SignInOptions = structure(
  { Origin: enumeration('IDENTITY_CENTER', 'APPLICATION') },
  {
    ApplicationUrl: string({
      min: 1,
      max: 512,
      pattern: 'http(s)?:\\/\\/[-a-zA-Z0-9+&@#\\/%?=~_|!:,.;]*[-a-zA-Z0-9+&bb@#\\/%?=~_|]',
    }),
  },
);
export const CreateApplication = structure(
  { InstanceArn, ApplicationProviderArn, Name },
  {
    Description,
    PortalOptions: structure({}, { SignInOptions, Visibility: enumeration('ENABLED', 'DISABLED') }),
    Tags,
    Status,
    ClientToken,
  },
);
export const UpdateApplication = structure(
  { ApplicationArn },
  { Name, Description, Status, PortalOptions: structure({}, { SignInOptions }) },
);
