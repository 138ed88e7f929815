import type { LookedUp } from '../aws/context.ts';
import type { Aws } from '../aws/connect.ts';
import { identityFormat, type IdentityDocument } from '../config/schema/document.ts';
import type { Places } from '../config/load.ts';
import { ConfigError } from '../core/errors.ts';
import type { DesiredContext, Referred } from '../core/kind.ts';
import { valuesAt } from '../core/path-pattern.ts';
import { suggest } from '../core/suggest.ts';
import { listOf, type Noun } from '../core/words.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import { diagnose } from '../accounts/resolve.ts';

/** With what the file refers to and can't declare, as far as it has the sections: one that has not costs no call. */
export const withLookUps = (aws: Aws, document: IdentityDocument): Promise<Aws> => lookUp(aws, kindsToLookUp(document));

/** The kinds that look something up for this file. */
export function kindsToLookUp(document: IdentityDocument): typeof kinds {
  const sections: Record<string, unknown> = document;
  return kinds.filter(({ section, lookUp }) => lookUp && sections[section.name] !== undefined);
}

/** With all that kinds look up. */
export async function lookUp(aws: Aws, of: readonly AwsKind[] = kinds): Promise<Aws> {
  const lists = await Promise.all(
    of.map(async ({ lookUp }) => (lookUp ? [[lookUp.subject, await lookUp.list(aws)] as const] : [])),
  );
  const found = lists.flat();
  return found.length === 0 ? aws : { ...aws, lookedUp: { ...aws.lookedUp, ...Object.fromEntries(found) } };
}

/**
 * What names and ARNs mean that the file refers to and can't declare; where they have not been looked up, a text stands for
 * itself. Errors: a `ConfigError` with every name that nothing has, or more than one.
 */
export function resolveLookUps(
  document: IdentityDocument,
  lookedUp: LookedUp,
  places: Places,
): NonNullable<DesiredContext['find']> {
  const finders = new Map(
    kinds.flatMap(({ lookUp }) => {
      const all = lookUp && lookedUp[lookUp.subject];
      return lookUp && all ? [[lookUp.subject, createFinder(lookUp.subject, lookUp.noun, all)] as const] : [];
    }),
  );
  const diagnostics = identityFormat.references.flatMap(({ at, to }) => {
    const finder = finders.get(to);
    return [...(finder ? valuesAt(document, at) : [])].flatMap(([text, path]) => {
      const problem = typeof text === 'string' ? finder?.problemOf(text) : undefined;
      return problem === undefined ? [] : [diagnose(`unknown-${to}`, problem, places, path)];
    });
  });
  if (diagnostics.length > 0) throw new ConfigError(diagnostics);
  return (subject, text) => finders.get(subject)?.find(text) ?? { arn: text, name: text };
}

interface Finder {
  find(nameOrArn: string): Referred | undefined;
  /** Undefined where it means exactly one. */
  problemOf(nameOrArn: string): string | undefined;
}

function createFinder(subject: string, [one, many]: Noun, all: readonly Referred[]): Finder {
  const byArn = new Map(all.map((found) => [found.arn, found]));
  const byName = new Map<string, Referred[]>();
  for (const found of all) byName.set(found.name, [...(byName.get(found.name) ?? []), found]);
  return {
    find: (text) => byArn.get(text) ?? byName.get(text)?.[0],
    problemOf(text) {
      if (byArn.has(text)) return undefined;
      const [first, ...others] = byName.get(text) ?? [];
      if (!first) return `There is no ${one} "${text}" in Identity Center${suggest(subject, text, [...byName.keys()])}`;
      if (others.length === 0) return undefined;
      const arns = [first, ...others].map(({ arn }) => arn);
      return `${arns.length} ${many} are called "${text}": ${listOf(arns)}. Give the one that is meant by its ARN.`;
    },
  };
}
