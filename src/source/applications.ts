import type { Aws } from '../aws/connect.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { Places } from '../config/load.ts';
import { ConfigError, type Diagnostic } from '../core/errors.ts';
import type { LiveApplication } from '../core/kind.ts';
import { listOf } from '../core/words.ts';
import { listApplications } from '../kinds/application-assignment/applications.ts';
import { diagnose } from '../accounts/resolve.ts';
import { suggest } from '../core/suggest.ts';

/** With the applications, where the file speaks of them: a file that does not costs no call. */
export async function withApplications(aws: Aws, { applicationAssignments }: IdentityDocument): Promise<Aws> {
  return applicationAssignments === undefined ? aws : { ...aws, applications: await listApplications(aws) };
}

/**
 * What the file's names and ARNs of applications mean; undefined where the applications have not been read. Errors: a
 * `ConfigError` with every name that no application has, or more than one.
 */
export function resolveApplications(
  { applicationAssignments = [] }: IdentityDocument,
  applications: readonly LiveApplication[] | undefined,
  places: Places,
): ((nameOrArn: string) => LiveApplication) | undefined {
  if (!applications) return undefined;
  const byArn = new Map(applications.map((one) => [one.arn, one]));
  const byName = new Map<string, LiveApplication[]>();
  for (const one of applications) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const diagnostics: Diagnostic[] = [];
  for (const [index, entry] of applicationAssignments.entries()) {
    for (const [at, reference] of entry.applications.entries()) {
      const problem = byArn.has(reference) ? undefined : problemOf(reference);
      const path = ['applicationAssignments', index, 'applications', at];
      if (problem !== undefined) diagnostics.push(diagnose('unknown-application', problem, places, path));
    }
  }
  if (diagnostics.length > 0) throw new ConfigError(diagnostics);
  return (nameOrArn) => byArn.get(nameOrArn) ?? byName.get(nameOrArn)?.[0] ?? { arn: nameOrArn, name: nameOrArn };

  function problemOf(name: string): string | undefined {
    const [first, ...others] = byName.get(name) ?? [];
    if (!first)
      return `There is no application "${name}" in Identity Center${suggest('application', name, [...byName.keys()])}`;
    if (others.length === 0) return undefined;
    const arns = [first, ...others].map(({ arn }) => arn);
    return `${arns.length} applications are called "${name}": ${listOf(arns)}. Give the one that is meant by its ARN.`;
  }
}
