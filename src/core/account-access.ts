/** An IAM role that account access manager gives to a user or a group, beside permission sets. */
export interface Entitlement {
  principalType: 'USER' | 'GROUP';
  /** AWS's id of the user or the group. */
  principal: string;
  roleArn: string;
  /** 12-digit id of the account that the role is in. */
  account: string;
}

/** What is known of account access manager. What the roles allow is not: they are outside Identity Center. */
export type AccountAccess =
  | { entitlements: Entitlement[] }
  /** Why it could not be read, as a sentence. */
  | { unknown: string };

/** The same with the name of who has it, or the id where no user or group has it. */
export interface NamedEntitlement {
  user?: string;
  group?: string;
  account: string;
  roleArn: string;
}

/** `group ops: arn:aws:iam::111122223333:role/Deployer`. */
export const entitlementText = ({ user, group, roleArn }: NamedEntitlement): string =>
  `${user === undefined ? `group ${group ?? ''}` : `user ${user}`}: ${roleArn}`;
