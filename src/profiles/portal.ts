/**
 * The access portal's URL of an identity store that nobody gave another one; undefined in a partition that is not known.
 *
 * Sources: AWS Sign-In User Guide, "Sign in to the AWS access portal" (`https://d-xxxxxxxxxx.awsapps.com/start`);
 * AWS GovCloud (US) User Guide, "AWS IAM Identity Center in AWS GovCloud (US)", and Getting Started with Amazon Web
 * Services in China, "IAM Identity Center" (`https://start.…/directory/[IdentityStoreId]`).
 */
export function defaultPortalUrl(identityStoreId: string, partition: string): string | undefined {
  switch (partition) {
    case 'aws':
      return `https://${identityStoreId}.awsapps.com/start`;
    case 'aws-us-gov':
      return `https://start.us-gov-home.awsapps.com/directory/${identityStoreId}`;
    case 'aws-cn':
      return `https://start.home.awsapps.cn/directory/${identityStoreId}`;
    default:
      return undefined;
  }
}

const instanceId = String.raw`ssoins-[0-9a-f]{16}`;
const region = '[a-z]{2,4}(?:-[a-z]+)+-\\d';
const awsPortals = [
  String.raw`[\w-]+\.awsapps\.(?:com|cn)/start`,
  String.raw`start(?:\.${region})?\.us-gov-home\.awsapps\.com/directory/[\w-]+`,
  String.raw`start(?:\.${region})?\.home\.awsapps\.cn/directory/[\w-]+`,
  String.raw`${instanceId}\.portal\.${region}\.app\.aws`,
  String.raw`${instanceId}\.${region}\.portal\.amazonaws\.(?:com|com\.cn|eu)`,
  String.raw`${instanceId}\.portal\.${region}\.app\.amazonwebservices\.com\.cn`,
  String.raw`${instanceId}\.portal\.${region}\.api\.amazonwebservices\.eu`,
  String.raw`identitycenter\.amazonaws\.com/${instanceId}`,
].map((form) => new RegExp(`^https://${form}$`, 'i'));

/** A start URL without what a browser adds to it: the fragment and the slash before it. */
export const bareStartUrl = (url: string): string => url.replace(/#.*$/s, '').replace(/\/+$/, '');

/**
 * Whether a start URL is one that AWS gives, and not one on a host of somebody's own that leads to it.
 *
 * Sources: AWS Sign-In User Guide; Identity Center User Guide, "Access portal endpoints"; the guides of the partitions.
 */
export const isAwsPortal = (url: string): boolean => awsPortals.some((form) => form.test(bareStartUrl(url)));
