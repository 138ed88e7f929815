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
}

export function createScope<Client>(
  kinds: readonly AnyKind<Client>[],
  managedKinds: ReadonlySet<string>,
  desired: DesiredState,
  rules: readonly IgnoreRule[],
  accountNames: (id: string) => readonly string[],
  /** What the file has asked for until now: it has a say in its removal. */
  expired: ReadonlyMap<Address, unknown> = new Map(),
): Scope {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const compiled = rules.map(({ kind, subjects }) => ({
    kind,
    patterns: Object.entries(subjects).map(
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

  const isIgnored = (kind: string, subjects: Subjects): boolean =>
    compiled.some(
      (rule) =>
        (rule.kind === undefined || rule.kind === kind) &&
        rule.patterns.every(([key, pattern]) => {
          const subject = key;
          const name = subjects[subject];
          if (name === undefined || !matches(subject, pattern, name)) return false;
          // What the file declares is not left alone, whatever pattern its name happens to match.
          return rule.kind !== undefined || !desired.has(subjectAddress(subject, name));
        }),
    );

  return {
    manages(thing) {
      const { kind, spec } = thing;
      if (!managedKinds.has(kind)) return false;
      if (rules.length === 0 || desired.like(thing)) return true;
      return !isIgnored(kind, byName.get(kind)?.subjects(spec) ?? {}) || expired.has(thing.address);
    },
    ignoresName: (kind, name) => isIgnored(kind, { [kind]: name }),
  };
}

/** `*` stands for any text; user names compare without regard to case. */
export function compileSubjectPattern(pattern: string, subject: Subject): (name: string) => boolean {
  const matches = compilePattern(subjectKey(subject, pattern));
  return (name) => matches(subjectKey(subject, name));
}
