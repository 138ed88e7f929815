/** The environment variables that commands read, and what for. */
export const environment = {
  AWS_REGION:
    'Home region of Identity Center, if neither `--region` nor the file sets it. AWS_DEFAULT_REGION works too.',
  AWS_PROFILE:
    'Named AWS profile for the credentials, as with `--profile`. The other credential variables of the AWS SDK work too.',
  AWS_ENDPOINT_URL:
    'Another endpoint for AWS calls, for example `idc emulator`. For one service: AWS_ENDPOINT_URL_SSO_ADMIN, _IDENTITYSTORE, _ORGANIZATIONS, _STS, _IAM or _ACCOUNT_ACCESS.',
  AWS_CONFIG_FILE:
    'The AWS config to merge into and to compare with. Variables and ~ in it are expanded as the AWS CLI does; the AWS SDK for JavaScript expands neither. Default: ~/.aws/config.',
  GITHUB_TOKEN: 'Token for the calls to GitHub. In a workflow, give it to the step.',
  GITHUB_REPOSITORY: 'The repository, as OWNER/REPOSITORY. GitHub jobs set it.',
  GITHUB_API_URL: 'The API of GitHub. GitHub jobs set it. Default: https://api.github.com.',
  GITHUB_OUTPUT: 'File to append the outputs to. GitHub jobs set it. Without it, outputs are printed.',
  GITHUB_STEP_SUMMARY: 'File to add to what people see of the run. GitHub jobs set it.',
  GITHUB_ACTIONS: 'If `true`, errors are also annotated on the lines of the file. GitHub jobs set it.',
  NO_COLOR: 'If not empty, print without colors, as with `--no-color`.',
  TERM: 'If `dumb`, print without colors and status lines.',
  FORCE_COLOR: 'If not empty, print in colors even if the output is not a terminal.',
} as const;

export type EnvironmentVariable = keyof typeof environment;

export const printingVariables = ['GITHUB_ACTIONS', 'NO_COLOR', 'FORCE_COLOR', 'TERM'] as const;
export const awsVariables = ['AWS_REGION', 'AWS_PROFILE', 'AWS_ENDPOINT_URL', ...printingVariables] as const;
export const gitHubVariables = ['GITHUB_TOKEN', 'GITHUB_REPOSITORY', 'GITHUB_API_URL', ...printingVariables] as const;
