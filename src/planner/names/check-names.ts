import { isPerson, subjectAddress, type Address, type Subject } from '../../core/address.ts';
import { findLookalikes, type Lookalike } from '../../reconcile/lookalikes.ts';
import { findUnresolved, withoutUnresolved, type Unresolved } from '../../reconcile/references.ts';
import type { LiveState, Wanted } from '../../reconcile/state.ts';
import { findTakenNames, type TakenName } from '../../reconcile/taken-names.ts';
import { identityFormat } from '../../config/schema/document.ts';
import { isOver } from '../../core/expiry.ts';
import { valuesAt } from '../../core/path-pattern.ts';
import { stableJson } from '../../core/stable-json.ts';
import { managedSections } from '../../source/managed-sections.ts';
import { kinds } from '../../kinds/index.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { unknownAmong, unknownInProtected, unknownInRules } from './rule-names.ts';
import type { Problem } from '../../config/problems.ts';
import { describeUnresolved } from './describe-unresolved.ts';

/** What the file asks for as far as its names are found; of the others, what they are. */
export interface FoundNames extends Pick<Wanted, 'desired' | 'expired'> {
  isFound(subject: Subject, name: string): boolean;
  problems: readonly Problem[];
}

/**
 * What only the live state can tell of the file's names: what can't be found asks for nothing, and no expired entry gave what
 * may be another's. Errors: a `ConfigError` with every name that is neither declared nor live, every one that is live under
 * another spelling, and every new name that another thing has; but for those that the file may have all the same.
 * @param only of a run that only removes, expired entries and protected access are looked at too
 */
export function findNames(file: CompiledFile, live: LiveState, now: Date, only?: 'expired'): FoundNames {
  const { desired, expired, expiredThings } = file;
  const unresolved = findUnresolved(kinds, desired, live, only ? expiredThings : []);
  const doubtful = doubtfulNames(file, live);
  const inDoubt = new Set<Address>(
    [...doubtful.alike, ...doubtful.taken].map(({ kind, name }) => subjectAddress(kind, name)),
  );
  const isInDoubt = (kind: string, spec: unknown): boolean => {
    const subjects = kinds.find(({ name }) => name === kind)?.subjects(spec) ?? {};
    return Object.entries(subjects).some(([subject, name]) => inDoubt.has(subjectAddress(subject, name)));
  };
  const told = problemsOf(unresolved, doubtful);
  const places = new Set(told.map(({ at }) => stableJson(at)));
  const problems = file.tolerate([
    ...told,
    ...unknownInEntries(file, live, now).filter(({ at }) => !places.has(stableJson(at))),
    ...unknownInRules(file, live),
    ...(only ? unknownInProtected(file, live) : []),
  ]);
  const unclear = new Set(expiredThings.flatMap((one) => (isInDoubt(one.kind, one.spec) ? [one.address] : [])));
  return {
    desired: withoutUnresolved(kinds, desired, unresolved),
    expired: new Map([...expired].filter(([address]) => !unclear.has(address))),
    isFound(subject, name) {
      const address = subjectAddress(subject, name);
      return !inDoubt.has(address) && (live.has(address) || desired.has(address));
    },
    problems: [...file.problems, ...problems],
  };
}

/** Declared names that may not be those of the live things that have them, or nearly so. */
interface DoubtfulNames {
  alike: readonly Lookalike[];
  taken: readonly TakenName[];
}

const doubtfulNames = ({ desired }: CompiledFile, live: LiveState): DoubtfulNames => ({
  alike: findLookalikes(kinds, desired, live),
  taken: findTakenNames(kinds, desired, live),
});

/** Who is not there has left, since people are not given other names; what can be renamed in place may have been. */
function missingName({ subject, name }: Pick<Unresolved, 'subject' | 'name'>): Pick<Problem, 'missing'> {
  if (isPerson(subject)) return { missing: { subject, name, effect: 'ignored' } };
  const mayBeRenamed = kinds.find((kind) => kind.name === subject)?.rename === 'in-place';
  return mayBeRenamed ? { missing: { subject, name, effect: 'frozen' } } : {};
}

/** Names in entries that ask for nothing by them, since where they grant something can't be found either. */
function unknownInEntries(file: CompiledFile, live: LiveState, now: Date): Problem[] {
  const sections: Readonly<Record<string, unknown>> = managedSections(file.loaded.document);
  return identityFormat.references.flatMap(({ at: [section = '', , ...below], to: subject }) => {
    const entries = sections[section];
    if (!Array.isArray(entries)) return [];
    return entries.flatMap(({ expires, ...entry }: { expires?: string }, index) => {
      if (expires !== undefined && isOver(expires, now)) return [];
      return [...valuesAt(entry, below, [section, index])].flatMap(([text, at]) => {
        const missing = typeof text === 'string' ? missingName({ subject, name: text }) : {};
        if (typeof text !== 'string' || !missing.missing) return [];
        return unknownAmong([{ subject, text, at }], file, live).map((problem) => ({ ...problem, ...missing }));
      });
    });
  });
}

const problemsOf = (unresolved: readonly Unresolved[], { alike, taken }: DoubtfulNames): Problem[] => [
  ...unresolved.flatMap((missing) =>
    missing.at.map((at) => ({
      code: `unknown-${missing.subject}`,
      message: describeUnresolved(missing),
      at,
      ...missingName(missing),
    })),
  ),
  ...alike.map((one) => ({
    code: 'similar-names',
    message: `"${one.name}" is "${one.live}" in Identity Center, which differs only by case or Unicode normalization. Write it the same way, or rename it with previously: ${JSON.stringify(one.live)}.`,
    at: one.at[0] ?? [],
  })),
  ...taken.map(({ kind, name, old, at }) => ({
    code: 'rename-to-existing',
    message: `The ${kind} "${old}" can't be renamed to "${name}", because both names are live. Remove the line "previously"; "${old}" is then removed like everything that the file does not declare.`,
    at: [...(at[0] ?? []), 'previously'],
  })),
];
