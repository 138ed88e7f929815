import { regions } from '../aws/client/regions.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { ReportedError } from '../core/errors.ts';
import { createNearest } from '../core/nearest-name.ts';
import { region as regionName } from '../kinds/shared/cli-settings.ts';
import type { Connection } from './session.ts';

/**
 * Identity Center's home region: a laptop's default never overrides the file. Undefined where nothing names it.
 * Errors: a `ReportedError` where a flag or a variable has what is no region's name.
 */
export function resolveHomeRegion(
  { identityCenter }: Pick<IdentityDocument, 'identityCenter'>,
  { region, env }: Pick<Connection, 'region' | 'env'>,
): string | undefined {
  const [source, name] = [
    ['--region', region],
    ['the file', identityCenter.region],
    ['AWS_REGION', env['AWS_REGION'] || undefined],
    ['AWS_DEFAULT_REGION', env['AWS_DEFAULT_REGION'] || undefined],
  ].find(([, value]) => value !== undefined) ?? [undefined, undefined];
  if (name === undefined || regionName.safeParse(name).success) return name;
  const meant = createNearest(regions)(name.trim().toLowerCase().replaceAll('_', '-')) ?? 'us-east-1';
  throw new ReportedError(
    'bad-region',
    `${JSON.stringify(name)} of ${source} is not an AWS region; did you mean "${meant}"?`,
  );
}
