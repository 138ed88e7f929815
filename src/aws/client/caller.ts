import type { STS } from '@aws-sdk/client-sts';

/** Who makes the calls. */
export interface Caller {
  accountId: string;
  arn: string;
  /** Set where the caller signed in through Identity Center: the role's name and the session's name say who it is. */
  identityCenter?: { userName: string; permissionSet: string };
}

/** Undefined where STS does not answer: what depends on the caller is then said to be not applicable. */
export async function findCaller(sts: STS): Promise<Caller | undefined> {
  try {
    const { Account = '', Arn = '' } = await sts.getCallerIdentity({});
    return { accountId: Account, arn: Arn, ...signedIn(Arn) };
  } catch {
    return undefined;
  }
}

// The role's name is AWSReservedSSO_<permission set>_<16 hex digits>, the session's the user name.
const reservedRole = /:assumed-role\/AWSReservedSSO_(?<permissionSet>.+)_[0-9a-f]{16}\/(?<userName>.+)$/;

function signedIn(arn: string): Pick<Caller, 'identityCenter'> {
  const { permissionSet, userName } = reservedRole.exec(arn)?.groups ?? {};
  return permissionSet !== undefined && userName !== undefined ? { identityCenter: { permissionSet, userName } } : {};
}
