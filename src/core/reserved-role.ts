// The role that a permission set becomes in an account. Its name ends in 16 hexadecimal digits, which AWS chooses newly for each
// role. Source: IAM Identity Center user guide, "Referencing permission sets in resource policies, Amazon EKS Cluster config
// maps, and AWS KMS key policies".

/** Which roles: of one permission set in one account. */
export interface ReservedRole {
  /** Its name. */
  permissionSet: string;
  /** 12-digit id. */
  account: string;
}

/** Where an instance's roles are. */
export interface RoleHome {
  partition: string;
  /** The home region of Identity Center. */
  region: string;
}

/** What the paths of all reserved roles begin with, whatever the region. */
export const reservedRolePath = '/aws-reserved/sso.amazonaws.com/';

/** Of an instance whose home is us-east-1 the path has no region. */
export const rolePathOf = (region: string): string =>
  region === 'us-east-1' ? reservedRolePath : `${reservedRolePath}${region}/`;

const suffixLength = 16;

/** What the name is without its suffix. */
const namePrefix = (permissionSet: string): string => `AWSReservedSSO_${permissionSet}_`;

/**
 * The role's ARN with `?` for each character of the suffix, as IAM's ArnLike takes it. A `*` would also take the roles of every
 * permission set whose name begins with this one and an underscore.
 */
export const roleArnPattern = ({ permissionSet, account }: ReservedRole, { partition, region }: RoleHome): string =>
  `arn:${partition}:iam::${account}:role${rolePathOf(region)}${namePrefix(permissionSet)}${'?'.repeat(suffixLength)}`;

/** The same for the name alone, as a regular expression of RE2, JavaScript and most others. */
export const roleNameRegex = (permissionSet: string): string =>
  `^${namePrefix(permissionSet).replaceAll(/[.+]/g, String.raw`\$&`)}[0-9a-f]{${suffixLength}}$`;

/** The ARN without its path, as the ConfigMap aws-auth of EKS takes it (EKS user guide, "Create access entries"). */
export const withoutPath = (roleArn: string): string => roleArn.replace(/:role\/.*\//, ':role/');
