import type { LookedUp } from '../aws/context.ts';
import type { Aws } from '../aws/connect.ts';
import { identityFormat, type IdentityDocument } from '../config/schema/document.ts';
import type { Problem } from '../config/problems.ts';
import type { Subject } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import type { LookUp, Referred } from '../core/kind.ts';
import { valuesAt } from '../core/path-pattern.ts';
import { suggest } from '../core/suggest.ts';
import { listOf } from '../core/words.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';

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

/** What the file's names and ARNs mean of things that it refers to and can't declare. Not looked up, they stand for themselves. */
export interface LookUps {
  /** What a name or an ARN stands for; undefined where that can't be told. */
  find(subject: Subject, nameOrArn: string): Referred | undefined;
  /** True for what it stands for, and for what it may stand for: what was renamed may be any. */
  mayBe(subject: Subject, nameOrArn: string, arn: string): boolean;
  /** Every name that nothing has, or more than one. */
  problems: readonly Problem[];
}

export function resolveLookUps(document: IdentityDocument, lookedUp: LookedUp): LookUps {
  const finders = new Map(
    kinds.flatMap(({ lookUp }) => {
      const all = lookUp && lookedUp[lookUp.subject];
      return lookUp && all ? [[lookUp.subject, createFinder(lookUp, all)] as const] : [];
    }),
  );
  return {
    find(subject, text) {
      const finder = finders.get(subject);
      return finder ? finder.find(text) : { arn: text, name: text };
    },
    mayBe: (subject, text, arn) => finders.get(subject)?.mayBe(text, arn) ?? text === arn,
    problems: identityFormat.references.flatMap(({ at, to }) => {
      const finder = finders.get(to);
      return [...(finder ? valuesAt(document, at) : [])].flatMap(([text, path]): Problem[] =>
        typeof text !== 'string' || !finder || finder.find(text)
          ? []
          : [{ code: `unknown-${to}`, ...finder.problemOf(text), at: path }],
      );
    }),
  };
}

interface Finder {
  find(nameOrArn: string): Referred | undefined;
  mayBe(nameOrArn: string, arn: string): boolean;
  /** Why it means nothing, or more than one. */
  problemOf(nameOrArn: string): Pick<Problem, 'message' | 'missing'>;
}

function createFinder(
  { subject, noun: [one, many] }: Pick<LookUp<never>, 'subject' | 'noun'>,
  listed: readonly Referred[],
): Finder {
  const all = listed.filter(({ isOfAws }) => !isOfAws);
  const byArn = new Map(all.map((found) => [found.arn, found]));
  const byName = groupBy(all, ({ name }) => name);
  const find = (text: string): Referred | undefined => {
    const [first, ...others] = byName.get(text) ?? [];
    return byArn.get(text) ?? (others.length === 0 ? first : undefined);
  };
  return {
    find,
    mayBe(text, arn) {
      const found = find(text);
      if (found) return found.arn === arn;
      const named = byName.get(text);
      return named ? named.some((other) => other.arn === arn) : !isArn(text);
    },
    problemOf(text) {
      const named = byName.get(text);
      if (!named) {
        const effect = isArn(text) ? 'ignored' : 'frozen';
        return {
          message: `There is no ${one} "${text}" in Identity Center${suggest(subject, text, [...byName.keys()])}`,
          missing: { subject, name: text, effect },
        };
      }
      const arns = named.map(({ arn }) => arn);
      return {
        message: `${arns.length} ${many} are called "${text}": ${listOf(arns)}. Give the ARN of one.`,
      };
    },
  };
}

/** Nothing else ever has it. */
const isArn = (text: string): boolean => text.startsWith('arn:');
