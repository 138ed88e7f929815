import { subjectAddress, subjectKey, type Address, type Subject, type Subjects } from '../core/address.ts';
import type { AnyKind } from '../core/kind.ts';
import { compilePattern } from '../core/pattern.ts';
import type { IgnoreRule } from '../core/section.ts';
import type { Thing } from '../core/state.ts';
import type { DesiredState } from './state.ts';

/** What the file has a say in. */
export interface Scope {
  /** False for a thing of a section that is absent, and for one that is ignored. */
  manages(thing: Thing): boolean;
  /** The same for a name, before the thing has been read. */
  ignoresName(kind: string, name: string): boolean;
  /**
   * What `ignore` says of a thing that the file does not ask for. `names`: what it is about is ignored by name alone; so it
   * is still managed where it is reclaimed. `firm`: an entry or an account is, and nothing changes that.
   */
  ignores(thing: Thing): 'names' | 'firm' | undefined;
  /** The rules by which it does. */
  ignoredBy(thing: Thing): readonly IgnoreRule[];
}

/** Whether it names something in particular, so that nothing but the rule itself can give it up. */
export const isFirm = ({ kind, subjects }: IgnoreRule): boolean => kind !== undefined || 'account' in subjects;

export interface ScopeOptions {
  /** What the file has asked for until now: it has a say in its removal. */
  expired?: ReadonlyMap<Address, unknown>;
  /** True for what the file or the one before has something to do with, though it is about something ignored. */
  reclaims?(thing: Thing): boolean;
}

export function createScope<Client>(
  kinds: readonly AnyKind<Client>[],
  managedKinds: ReadonlySet<string>,
  desired: DesiredState,
  rules: readonly IgnoreRule[],
  accountNames: (id: string) => readonly string[],
  { expired = new Map(), reclaims = () => false }: ScopeOptions = {},
): Scope {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const compiled = rules.map((rule) => ({
    rule,
    patterns: Object.entries(rule.subjects).map(
      ([subject, pattern]) => [subject, compileSubjectPattern(pattern, subject)] as const,
    ),
  }));
  // What is being renamed is called by its new name already, but the rule may know the old one.
  const former = new Map<Address, string>();
  for (const thing of desired.values()) if (thing.previously !== undefined) former.set(thing.address, thing.previously);
  const formerNames = (subject: string, name: string): string[] => {
    const old = former.get(subjectAddress(subject, name));
    return old === undefined ? [] : [old];
  };
  const matches = (subject: string, pattern: (name: string) => boolean, name: string): boolean =>
    [name, ...formerNames(subject, name), ...(subject === 'account' ? accountNames(name) : [])].some(pattern);

  const matching = (kind: string, subjects: Subjects): IgnoreRule[] =>
    compiled.flatMap(({ rule, patterns }) => {
      const isAboutIt =
        (rule.kind === undefined || rule.kind === kind) &&
        patterns.every(([subject, pattern]) => {
          const name = subjects[subject];
          if (name === undefined || !matches(subject, pattern, name)) return false;
          // What the file declares is not left alone, whatever pattern its name happens to match.
          return rule.kind !== undefined || !desired.has(subjectAddress(subject, name));
        });
      return isAboutIt ? [rule] : [];
    });

  const ignoredBy = ({ kind, spec }: Thing): IgnoreRule[] =>
    rules.length === 0 ? [] : matching(kind, byName.get(kind)?.subjects(spec) ?? {});
  const ignores = (thing: Thing): 'names' | 'firm' | undefined => {
    const found = ignoredBy(thing);
    return found.length === 0 ? undefined : found.some(isFirm) ? 'firm' : 'names';
  };

  return {
    manages(thing) {
      if (!managedKinds.has(thing.kind)) return false;
      if (rules.length === 0 || desired.like(thing)) return true;
      const ignored = ignores(thing);
      return ignored === undefined || expired.has(thing.address) || (ignored === 'names' && reclaims(thing));
    },
    ignoresName: (kind, name) => matching(kind, { [kind]: name }).length > 0,
    ignores,
    ignoredBy,
  };
}

/** `*` stands for any text; user names compare without regard to case. */
export function compileSubjectPattern(pattern: string, subject: Subject): (name: string) => boolean {
  const matches = compilePattern(subjectKey(subject, pattern));
  return (name) => matches(subjectKey(subject, name));
}
