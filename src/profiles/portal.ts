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
