import { rulesReferences } from '../../config/schema/rules.ts';
import { valuesAt } from '../../core/path-pattern.ts';
import type { IdentityDocument } from '../../config/schema/document.ts';
import { isPattern } from '../../core/account-target.ts';
import { subjectAddress, subjectKey, type Subject } from '../../core/address.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { specsOf } from '../../core/of-kind.ts';
import type { Warning } from '../../core/plan.ts';
import type { Thing } from '../../core/state.ts';
import { compileSubjectPattern } from '../../reconcile/scope.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { assignment } from '../../kinds/account-assignment/kind.ts';
import { kinds } from '../../kinds/index.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { type Problem } from '../../config/problems.ts';
import { describeUnresolved } from './describe-unresolved.ts';

/** A name in the rules, or a pattern; or one in protected access. */
interface RuleName {
  subject: Subject;
  text: string;
  at: DocumentPath;
}

/** All that names and patterns in the rules can mean. */
export interface RuleNames {
  /** Names as facts of access have them: users by key, accounts by id. Undefined for a list that is absent. */
  meant(subject: Subject, list: readonly string[] | undefined): Set<string> | undefined;
}

/** Of a file, what rules may name. */
interface NamesInFile extends Pick<CompiledFile, 'desired'> {
  accounts: Pick<CompiledFile['accounts'], 'idOf' | 'ids' | 'allNames'>;
}

export function createRuleNames({ accounts, desired }: NamesInFile, live: LiveState): RuleNames {
  const known = new Map<Subject, string[]>();
  const everyName = (subject: Subject): string[] => {
    const names = known.get(subject) ?? [...namesOf(subject)];
    known.set(subject, names);
    return names;
  };
  return {
    meant: (subject, list) =>
      list &&
      new Set(
        list.flatMap((text) => {
          if (!isPattern(text)) return [subject === 'account' ? accounts.idOf(text) : subjectKey(subject, text)];
          const matches = compileSubjectPattern(text, subject);
          const others = (name: string): string[] => (subject === 'account' ? accounts.allNames(name) : []);
          return everyName(subject).filter((name) => [name, ...others(name)].some(matches));
        }),
      ),
  };

  function namesOf(subject: Subject): Set<string> {
    const names = new Set(subject === 'account' ? accounts.ids : []);
    for (const state of [desired, live]) {
      for (const thing of state.of(subject)) names.add(subjectKey(subject, ownName(thing)));
      if (subject !== 'account') continue;
      for (const { account } of specsOf(assignment, state)) names.add(account);
    }
    return names;
  }
}

const ownName = ({ kind, spec }: Thing): string => kinds.find(({ name }) => name === kind)?.subjects(spec)[kind] ?? '';

/** What a rule names and neither the file declares nor is live: it would hold for nothing. */
export const unknownInRules = (file: CompiledFile, live: LiveState): Problem[] =>
  unknownAmong(namesInRules(file.loaded.document), file, live);

/** The same of protected access: that is missing, and so a guard's to judge. */
export const unknownInProtected = (file: CompiledFile, live: LiveState): Problem[] =>
  unknownAmong(namesInProtected(file.loaded.document), file, live);

/** Names that the file does not declare and that are not live. */
export function unknownAmong(names: readonly RuleName[], { desired }: CompiledFile, live: LiveState): Problem[] {
  return names.flatMap(({ subject, text, at }) => {
    const address = subjectAddress(subject, text);
    // Accounts have been resolved before.
    if (subject === 'account' || isPattern(text) || desired.has(address) || live.has(address)) return [];
    const known = [...desired.of(subject), ...live.of(subject)].map(ownName);
    const message = describeUnresolved({ subject, name: text, at: [at], known: [...new Set(known)] });
    return [{ code: `unknown-${subject}`, message, at }];
  });
}

/** Patterns in rules that match nothing there is. */
export function idlePatterns({ loaded }: CompiledFile, { meant }: RuleNames): Warning[] {
  return namesInRules(loaded.document).flatMap(({ subject, text, at }) => {
    if (!isPattern(text) || meant(subject, [text])?.size !== 0) return [];
    const place = loaded.places.of(at);
    const message = `"${text}" under rules matches no ${subject.replace('-', ' ')}, so it has no effect in this rule.`;
    return [{ code: 'rule-matches-nothing', message, ...(place && { place }) }];
  });
}

const namesInProtected = ({ safety: { protected: access = [] } }: IdentityDocument): RuleName[] =>
  access.flatMap(({ user, permissionSet }, index): RuleName[] => [
    { subject: 'user', text: user, at: ['safety', 'protected', index, 'user'] },
    { subject: 'permission-set', text: permissionSet, at: ['safety', 'protected', index, 'permissionSet'] },
  ]);

const namesInRules = ({ rules = {} }: IdentityDocument): RuleName[] =>
  rulesReferences.flatMap(({ at, to }) =>
    [...valuesAt(rules, at)].map(([text, path]) => ({ subject: to, text: String(text), at: ['rules', ...path] })),
  );
