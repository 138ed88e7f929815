import type { Instance } from './plan.ts';

const instanceId = 'ssoins-[0-9a-f]{16}';
const region = String.raw`[a-z]{2,4}(?:-[a-z]+)+-\d`;

const portals = [
  String.raw`[\w-]+\.awsapps\.(?:com|cn)/start`,
  String.raw`start(?:\.${region})?\.us-gov-home\.awsapps\.com/directory/[\w-]+`,
  String.raw`start(?:\.${region})?\.home\.awsapps\.cn/directory/[\w-]+`,
  String.raw`${instanceId}\.portal\.${region}\.app\.aws`,
  String.raw`${instanceId}\.${region}\.portal\.amazonaws\.(?:com|com\.cn|eu)`,
  String.raw`${instanceId}\.portal\.${region}\.app\.amazonwebservices\.com\.cn`,
  String.raw`${instanceId}\.portal\.${region}\.api\.amazonwebservices\.eu`,
  String.raw`identitycenter\.amazonaws\.com/${instanceId}`,
].map((form) => new RegExp(`^https://${form}$`, 'i'));

/** A start URL without what a browser adds to it: the fragment, and slashes before it. */
export const bareStartUrl = (url: string): string => url.replace(/#.*$/s, '').replace(/\/+$/, '');

/**
 * Whether a start URL is one that AWS gives, and not one on another host that leads there.
 *
 * Sources: AWS Sign-In User Guide, "Sign in to the AWS access portal"; IAM Identity Center User Guide, "Using the AWS access
 * portal"; the guides of the partitions. The last form is the issuer's, which people use as well.
 */
export const isAwsPortal = (url: string): boolean => portals.some((form) => form.test(bareStartUrl(url)));

/** The id at the end of an instance's ARN. */
export const instanceIdOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

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
