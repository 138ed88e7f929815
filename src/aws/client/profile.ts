import { loadSharedConfigFiles } from '@smithy/core/config';
import { ReportedError } from '../../core/errors.ts';
import { createNearest } from '../../core/nearest-name.ts';

/**
 * Checks that a named profile exists, where the SDK would go on without it, perhaps with the credentials of the machine.
 * Errors: a `ReportedError` that names the files.
 * @param name of the profile; undefined and `default` need not exist.
 */
export async function checkProfile(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (name === undefined || name === 'default') return;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  // Sections of other types have a dot in their names.
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])];
  if (names.includes(name)) return;
  const files = [
    env['AWS_CONFIG_FILE'] ?? '~/.aws/config',
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials',
  ].join(' or ');
  const nearest = createNearest(names)(name);
  throw new ReportedError(
    'unknown-profile',
    `Profile ${JSON.stringify(name)} is not in ${files}${nearest === undefined ? '.' : `; did you mean "${nearest}"?`}`,
    'Check --profile and AWS_PROFILE. `idc profiles --write USER` installs the profiles of a user of the file.',
  );
}
