import { subjectAddress, type Address, type Subject } from '../core/address.ts';
import { findLookalikes, type Lookalike } from '../reconcile/lookalikes.ts';
import { findUnresolved, withoutUnresolved, type Unresolved } from '../reconcile/references.ts';
import type { LiveState, Wanted } from '../reconcile/state.ts';
import { findTakenNames, type TakenName } from '../reconcile/taken-names.ts';
import { kinds } from '../kinds/index.ts';
import type { CompiledFile } from '../source/compile.ts';
import { unknownInProtected, unknownInRules } from './rule-names.ts';
import { refuseUnresolved, type Problem } from '../config/problems.ts';
import { describeUnresolved } from './describe-unresolved.ts';

/**
 * What only the live state can tell of the file's names. Errors: a `ConfigError` with every name that is neither declared
 * nor live, every one that is live under another spelling, and every new name that another thing has.
 */
export function checkNames(file: CompiledFile, live: LiveState): void {
  const { desired, loaded } = file;
  const unresolved = findUnresolved(kinds, desired, live);
  refuseUnresolved(
    [...problemsOf(unresolved, doubtfulNames(file, live)), ...unknownInRules(file, live)],
    loaded.places,
  );
}

/** What the file asks for as far as its names are found; of the others, what they are. */
export interface FoundNames extends Pick<Wanted, 'desired' | 'expired'> {
  isFound(subject: Subject, name: string): boolean;
  problems: readonly Problem[];
}

/** For a run that only removes: what can't be found asks for nothing, and no expired entry gave what may be another's. */
export function leaveOutUnresolved(file: CompiledFile, live: LiveState): FoundNames {
  const { desired, expired, expiredThings } = file;
  const unresolved = findUnresolved(kinds, desired, live, expiredThings);
  const doubtful = doubtfulNames(file, live);
  const inDoubt = new Set<Address>(
    [...doubtful.alike, ...doubtful.taken].map(({ kind, name }) => subjectAddress(kind, name)),
  );
  const isInDoubt = (kind: string, spec: unknown): boolean => {
    const subjects = kinds.find(({ name }) => name === kind)?.subjects(spec) ?? {};
    return Object.entries(subjects).some(([subject, name]) => inDoubt.has(subjectAddress(subject, name)));
  };
  const unclear = new Set(expiredThings.flatMap((one) => (isInDoubt(one.kind, one.spec) ? [one.address] : [])));
  return {
    desired: withoutUnresolved(kinds, desired, unresolved),
    expired: new Map([...expired].filter(([address]) => !unclear.has(address))),
    isFound(subject, name) {
      const address = subjectAddress(subject, name);
      return !inDoubt.has(address) && (live.has(address) || desired.has(address));
    },
    problems: [
      ...file.problems,
      ...problemsOf(unresolved, doubtful),
      ...unknownInRules(file, live),
      ...unknownInProtected(file, live),
    ],
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

const problemsOf = (unresolved: readonly Unresolved[], { alike, taken }: DoubtfulNames): Problem[] => [
  ...unresolved.flatMap((missing) =>
    missing.at.map((at) => ({ code: `unknown-${missing.subject}`, message: describeUnresolved(missing), at })),
  ),
  ...alike.map((one) => ({
    code: 'similar-names',
    message: `"${one.name}" is "${one.live}" in Identity Center, which differs by case or Unicode normalisation alone; write it is there, or rename it with previously: ${JSON.stringify(one.live)}.`,
    at: one.at[0] ?? [],
  })),
  ...taken.map(({ kind, name, old, at }) => ({
    code: 'rename-to-existing',
    message: `The ${kind} "${old}" can't be renamed to "${name}", because both names are live. Remove the line "previously": then "${old}" is removed like everything that the file does not declare.`,
    at: [...(at[0] ?? []), 'previously'],
  })),
];
