import type { IdentityDocument } from '../config/schema/document.ts';
import type { Connection } from './session.ts';

/** Identity Center's home region: a laptop's default never overrides the file. */
export function resolveHomeRegion(
  document: IdentityDocument,
  { region, env }: Pick<Connection, 'region' | 'env'>,
): string | undefined {
  return region ?? document.identityCenter.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
}
