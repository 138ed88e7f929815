import { hexId } from '../../core/ids.ts';

export function identityStoreId(seed: string): string {
  return `d-${hexId(`identity-store ${seed}`, 10)}`;
}

export function instanceArn(partition: string, seed: string): string {
  return `arn:${partition}:sso:::instance/ssoins-${hexId(`instance ${seed}`)}`;
}
