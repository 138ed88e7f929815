import { createHash } from 'node:crypto';

// Ids look like AWS's and repeat from run to run: they are hashes of what they are for and a running number.

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** 16 hexadecimal digits, as the names of reserved roles end. */
export function hexId(seed: string): string {
  return hash(seed).slice(0, 16);
}

/** The id of a role: 21 capitals and digits. */
export function roleId(seed: string): string {
  return `AROA${hash(`role-id ${seed}`).slice(0, 17).toUpperCase()}`;
}

export function uuid(seed: string): string {
  const hex = hash(seed);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

export function identityStoreId(seed: string): string {
  return `d-${hash(`identity-store ${seed}`).slice(0, 10)}`;
}

export function instanceArn(partition: string, seed: string): string {
  return `arn:${partition}:sso:::instance/ssoins-${hash(`instance ${seed}`).slice(0, 16)}`;
}

export function permissionSetArn(instance: string, seed: string): string {
  const id = hash(`permission-set ${seed}`).slice(0, 16);
  return `${instance.replace(':instance/', ':permissionSet/')}/ps-${id}`;
}

/** An application's ARN names the account that it was made from. */
export function applicationArn(instance: string, accountId: string, seed: string): string {
  const id = hash(`application ${seed}`).slice(0, 16);
  return `${instance.replace(':sso:::instance/', `:sso::${accountId}:application/`)}/apl-${id}`;
}

/** `ps-...` of a permission set's ARN, as error messages name it. */
export function permissionSetId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export function organizationId(seed: string): string {
  return `o-${hash(`organization ${seed}`).slice(0, 10)}`;
}

export function rootId(seed: string): string {
  return `r-${hash(`root ${seed}`).slice(0, 4)}`;
}

export function organizationalUnitId(root: string, seed: string): string {
  return `ou-${root.slice(2)}-${hash(`ou ${seed}`).slice(0, 8)}`;
}

export function accountRequestId(seed: string): string {
  return `car-${hash(`account-request ${seed}`).slice(0, 32)}`;
}

export function accountId(seed: string): string {
  // 48 bits fit a number; the leading digit keeps the id clear of the round ones that people choose.
  return `8${String(Number.parseInt(hash(`account ${seed}`).slice(0, 12), 16))
    .padStart(11, '0')
    .slice(-11)}`;
}
