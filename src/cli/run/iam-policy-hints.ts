// What to do with the documents; said on a terminal only, beside them.

export const delegatedLimits = `A delegated administrator can change nothing in the management account: no assignment there, and no
permission set that is provisioned there, for whichever account. A plan lists such changes as blocked.
`;

const roleOf = (purpose: string): string => `identity-center-${purpose}`;

/** An apply may take longer than the hour that a role gives at first. */
const createRole = (purpose: string): string =>
  `aws iam create-role --role-name ${roleOf(purpose)} --assume-role-policy-document file://trust.json --max-session-duration 10800`;

export function howToMakeTheRole(purpose: string): string {
  const role = roleOf(purpose);
  return `
This is what the role may do. To make the role for GitHub's jobs:
  idc iam-policy ${purpose} --trust --repository ORG/REPO --account 111122223333 > trust.json
  idc iam-policy ${purpose} > policy.json
  ${createRole(purpose)}
  aws iam put-role-policy --role-name ${role} --policy-name ${role} --policy-document file://policy.json
`;
}

export function howToTrust(purpose: string, repository: string, environments: readonly string[]): string {
  const plain = repository.replaceAll(/@\d+/g, '');
  const ids = repository.includes('@')
    ? ''
    : `
GitHub puts ids into the tokens of newer repositories. Where this prints a prefix with @, give it as --repository:
  gh api repos/${plain}/actions/oidc/customization/sub
`;
  return `
This is whom the role trusts: jobs of ${plain} in ${environments.join(' or ')}.
Limit ${environments.length === 1 ? 'this environment' : 'these environments'} to the default branch, in the settings of the repository.
${ids}
Once for the account, where it has no provider for GitHub yet:
  aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com
Then:
  ${createRole(purpose)}
`;
}

const deploy = {
  cloudformation: `To make both roles, and the OIDC provider where ProviderArn is empty:
  idc iam-policy --format cloudformation --repository ORG/REPO > idc.json
  aws cloudformation deploy --template-file idc.json --stack-name idc --capabilities CAPABILITY_NAMED_IAM
The outputs of the stack are the values of IDC_ROLE.`,
  terraform: `To make both roles, and the OIDC provider where provider_arn is empty:
  idc iam-policy --format terraform --repository ORG/REPO > idc.tf
  terraform init
  terraform apply
The outputs are the values of IDC_ROLE.`,
};

export const howToDeploy = (format: keyof typeof deploy): string => `
${deploy[format]}
An account has one provider of an issuer. Whether there is one for GitHub:
  aws iam list-open-id-connect-providers
Who can take the apply role, or change what makes it, can make anyone an administrator.
`;
