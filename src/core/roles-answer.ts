import type { AccessSource } from './access-answer.ts';
import type { ReservedRole, RoleHome } from './reserved-role.ts';

/** Of the JSON of an answer; rises with every change that a reader of the old one would get wrong. */
export const ROLES_FORMAT_VERSION = 1;

/** The role of a permission set in an account. */
export interface FoundRole extends ReservedRole {
  /** Its ARN with `?` for each character that AWS chooses, as IAM's ArnLike takes it. */
  pattern: string;
  /** Its ARN, where IAM in that account was asked and has one role that matches. */
  arn?: string;
  /** Where IAM has several that match, all of them: which one is in use can't be told. */
  arns?: string[];
}

/** IAM of one account, as it was asked for its roles. */
export interface AskedIam {
  /** 12-digit id. */
  account: string;
  /** The AWS profile; absent for the credentials of the run. */
  profile?: string;
  /** AWS's words, where it denies iam:ListRoles. */
  denied?: string;
}

/** The roles of permission sets. */
export interface RolesAnswer extends RoleHome {
  formatVersion: number;
  source: AccessSource;
  /** Names by 12-digit id, of the accounts that the answer speaks of. */
  accounts: Record<string, string>;
  roles: FoundRole[];
  iam: AskedIam[];
}
