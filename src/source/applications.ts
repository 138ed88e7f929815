import type { Aws } from '../aws/connect.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { groupBy } from '../core/group-by.ts';
import type { LiveApplication } from '../core/kind.ts';
import { listOf } from '../core/words.ts';
import { listApplications } from '../kinds/application-assignment/applications.ts';
import { suggest } from '../core/suggest.ts';
import type { Problem } from '../config/problems.ts';

/** With the applications, where the file speaks of them: a file that does not costs no call. */
export async function withApplications(aws: Aws, { applicationAssignments }: IdentityDocument): Promise<Aws> {
  return applicationAssignments === undefined ? aws : { ...aws, applications: await listApplications(aws) };
}

export interface Applications {
  /** What a name or an ARN stands for; undefined where that can't be told. */
  find(nameOrArn: string): LiveApplication | undefined;
  /** True for the application that it stands for, and for one that it may stand for: one that was renamed may be any. */
  mayBe(nameOrArn: string, arn: string): boolean;
  /** Every name that no application has, or more than one. */
  problems: readonly Problem[];
}

/** What the file's names and ARNs of applications mean; undefined where the applications have not been read. */
export function resolveApplications(
  { applicationAssignments = [] }: IdentityDocument,
  applications: readonly LiveApplication[] | undefined,
): Applications | undefined {
  if (!applications) return undefined;
  const byArn = new Map(applications.map((one) => [one.arn, one]));
  const byName = groupBy(applications, ({ name }) => name);
  const find = (nameOrArn: string): LiveApplication | undefined => {
    const [first, ...others] = byName.get(nameOrArn) ?? [];
    return byArn.get(nameOrArn) ?? (others.length === 0 ? first : undefined);
  };
  return {
    find,
    mayBe(nameOrArn, arn) {
      const found = find(nameOrArn);
      if (found) return found.arn === arn;
      const named = byName.get(nameOrArn);
      return named ? named.some((one) => one.arn === arn) : !isArn(nameOrArn);
    },
    problems: applicationAssignments.flatMap((entry, index) =>
      entry.applications.flatMap((reference, at) =>
        find(reference)
          ? []
          : {
              code: 'unknown-application',
              message: problemOf(reference),
              at: ['applicationAssignments', index, 'applications', at],
            },
      ),
    ),
  };

  function problemOf(name: string): string {
    const [first, ...others] = byName.get(name) ?? [];
    if (!first)
      return `There is no application "${name}" in Identity Center${suggest('application', name, [...byName.keys()])}`;
    const arns = [first, ...others].map(({ arn }) => arn);
    return `${arns.length} applications are called "${name}": ${listOf(arns)}. Give the one that is meant by its ARN.`;
  }
}

/** No other application ever has it. */
const isArn = (text: string): boolean => text.startsWith('arn:');
