import * as z from 'zod';
import { ROLES_FORMAT_VERSION, type RolesAnswer } from '../core/roles-answer.ts';
import { source } from './access.ts';
import { planSchema, type Fits, type Holds, versionOf } from './plan.ts';

const text = (description: string) => z.string().meta({ description });

const role = z
  .strictObject({
    permissionSet: text('The name of the permission set.'),
    account: text('The 12-digit id of the account.'),
    pattern: text('Its ARN with ? for each character that AWS chooses: for a condition ArnLike on aws:PrincipalArn.'),
    arn: text('Its ARN, where IAM of the account was asked and has one role that matches.').exactOptional(),
    arns: z
      .array(z.string())
      .exactOptional()
      .meta({ description: 'Where IAM has several that match, all of them. Which one is in use is not known.' }),
  })
  .meta({ description: 'The role of a permission set in an account.' });

const asked = z
  .strictObject({
    account: text('The 12-digit id of the account.'),
    profile: text('The AWS profile; absent for the credentials of the run.').exactOptional(),
    denied: text('The words with which AWS denies iam:ListRoles.').exactOptional(),
  })
  .meta({ description: 'IAM of one account, as it was asked.' });

const schema = z
  .strictObject({
    formatVersion: versionOf(ROLES_FORMAT_VERSION),
    source: source('What the answer was made from.'),
    partition: text('The partition of the ARNs.'),
    region: text('The home region of Identity Center, which is in the path of each role unless it is us-east-1.'),
    accounts: planSchema.shape.accounts.meta({
      description: 'The names of the accounts that the answer speaks of, by 12-digit id.',
    }),
    roles: z.array(role),
    iam: z.array(asked).meta({ description: 'The accounts whose IAM was asked for its roles.' }),
  })
  .meta({
    title: 'Roles of permission sets',
    description: 'What `idc roles --format json` prints.',
  });

/** Do not compile where the schema and its type differ: the type in core is the source. */
export type RolesSchemaFits = [
  Holds<Fits<z.infer<typeof schema>, RolesAnswer>>,
  Holds<Fits<RolesAnswer, z.infer<typeof schema>>>,
];

export function rolesJsonSchema(): unknown {
  return z.toJSONSchema(schema, { target: 'draft-07' });
}
