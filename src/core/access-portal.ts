import { partitionOf } from './partition.ts';
import type { Instance } from './plan.ts';

/** With the hosts below them. */
const ownedDomains = [
  'app.aws',
  'awsapps.com',
  'awsapps.cn',
  'portal.amazonaws.com',
  'portal.amazonaws.com.cn',
  'portal.amazonaws.eu',
  'app.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
  'identitycenter.amazonaws.com',
  'identitycenter.amazonaws.com.cn',
  'identitycenter.amazonaws.eu',
  'identitycenter.us-gov.amazonaws.com',
];

/** A start URL without what a browser adds to it: the fragment, and slashes before it. */
export const bareStartUrl = (url: string): string => url.replace(/#.*$/s, '').replace(/\/+$/, '');

/**
 * Whether a start URL is on a host of AWS's, and not on another one that leads there: the AWS CLI follows that one to the
 * portal behind it, and writes that portal's Region into the session (2.35.13).
 *
 * Sources: `is_aws_owned_domain` in awscli/customizations/sso/resolve.py of aws/aws-cli; SSOEndpointResolver of
 * aws/aws-sdk-net, which has the issuers too. Isolated partitions (aws-iso and its like) have no Identity Center, by
 * botocore's endpoints.json.
 */
export function isAwsPortal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  return ownedDomains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

/** The id at the end of an instance's ARN. */
export const instanceIdOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/**
 * The access portal's URL in a region that an instance is replicated to; undefined in a partition of which it is not known.
 *
 * Source: IAM Identity Center User Guide, "Workforce access through an additional Region"; hosts of other partitions as in
 * `ownedDomains`.
 */
export function regionalPortalUrl(arn: string, region: string): string | undefined {
  const domain = { aws: 'amazonaws.com', 'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu' }[
    partitionOf(region)
  ];
  return domain === undefined ? undefined : `https://${instanceIdOf(arn)}.${region}.portal.${domain}`;
}

/**
 * The access portal's URL of an instance that has no other one; undefined in a partition that is not known.
 *
 * Sources: AWS Sign-In User Guide, "Sign in to the AWS access portal" (`https://d-xxxxxxxxxx.awsapps.com/start`);
 * AWS GovCloud (US) User Guide, "AWS IAM Identity Center in AWS GovCloud (US)", and Getting Started with Amazon Web
 * Services in China, "IAM Identity Center" (`https://start.…/directory/[IdentityStoreId]`).
 */
export function defaultPortalUrl({
  arn,
  identityStoreId,
  partition,
  region: home,
}: Pick<Instance, 'arn' | 'identityStoreId' | 'partition' | 'region'>): string | undefined {
  switch (partition) {
    case 'aws':
      return `https://${identityStoreId}.awsapps.com/start`;
    case 'aws-us-gov':
      return `https://start.us-gov-home.awsapps.com/directory/${identityStoreId}`;
    case 'aws-cn':
      return `https://start.home.awsapps.cn/directory/${identityStoreId}`;
    case 'aws-eusc':
      return `https://${instanceIdOf(arn)}.${home}.portal.amazonaws.eu`;
    default:
      return undefined;
  }
}
