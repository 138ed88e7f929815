import type { Statement } from './statement.ts';
import type { ResourceTypes } from './resource-types.ts';
import { everyType } from './resource-types.ts';

/**
 * How far an action is allowed: not; at some resources; at every resource under a condition; at every resource. The first
 * two of these three are "in part".
 */
export const verdict = { no: 0, limited: 1, conditional: 2, everywhere: 3 } as const;

export type Verdict = (typeof verdict)[keyof typeof verdict];

export interface Verdicts {
  /** The actions that are allowed at all, in order. */
  actions(): number[];
  allowed(action: number): Verdict;
  /** Whether it is denied at every resource: `no`, `conditional`, `everywhere`. */
  denied(action: number): Verdict;
}

const flag = { some: 1, every: 2, everyIf: 4, denied: 8, deniedIf: 16 };

/** What statements allow together. A denial at some resources limits; it leaves the verdict as it is. */
export function verdictsOf(statements: readonly Statement[], count: number, typesOf: ResourceTypes): Verdicts {
  const flags = new Uint8Array(count);
  // For each action, the types of resource that the statements take in together: without a condition, and all in all.
  const whole = new Map<number, number>();
  const wholeIf = new Map<number, number>();

  for (const { allow, actions, where, conditions, wholeTypes } of statements) {
    const always = conditions.length === 0;
    if (where === 'everywhere') {
      const bit = allow ? flag.some | (always ? flag.every : flag.everyIf) : always ? flag.denied : flag.deniedIf;
      mark(flags, actions, bit);
    } else if (allow) {
      mark(flags, actions, flag.some);
      for (const [action, bits] of wholeTypes) {
        if (always) whole.set(action, (whole.get(action) ?? 0) | bits);
        wholeIf.set(action, (wholeIf.get(action) ?? 0) | bits);
      }
    } else {
      // A request that names one denied resource is denied.
      for (const action of wholeTypes.keys()) flags[action]! |= always ? flag.denied : flag.deniedIf;
    }
  }
  const add = (bits: ReadonlyMap<number, number>, bit: number): void => {
    for (const [action, found] of bits) if (found === everyType(typesOf(action))) flags[action]! |= bit;
  };
  add(whole, flag.every);
  add(wholeIf, flag.everyIf);
  return {
    actions: () => allowedActions(flags),
    allowed: (action) => allowedBy[flags[action] ?? 0] ?? verdict.no,
    denied: (action) => deniedBy[flags[action] ?? 0] ?? verdict.no,
  };
}

function allowedActions(flags: Uint8Array): number[] {
  const found: number[] = [];
  for (let action = 0; action < flags.length; action++) {
    if (flags[action] !== 0 && allowedBy[flags[action]!] !== verdict.no) found.push(action);
  }
  return found;
}

function mark(flags: Uint8Array, actions: Uint16Array, bit: number): void {
  for (let index = 0; index < actions.length; index++) flags[actions[index]!]! |= bit;
}

/** By tables, since there are 22,000 actions and thousands of sets. */
const byFlags = (meaning: (flags: number) => Verdict): Verdict[] =>
  Array.from({ length: 32 }, (_, flags) => meaning(flags));

const deniedBy = byFlags((flags) =>
  flags & flag.denied ? verdict.everywhere : flags & flag.deniedIf ? verdict.conditional : verdict.no,
);

const allowedBy = byFlags((flags) => {
  if (flags & flag.denied) return verdict.no;
  if (flags & flag.every) return flags & flag.deniedIf ? verdict.conditional : verdict.everywhere;
  if (flags & flag.everyIf) return verdict.conditional;
  return flags & flag.some ? verdict.limited : verdict.no;
});

/** What is left of a set's verdicts within a permissions boundary. */
export const within = (set: Verdicts, boundary: Verdicts): Verdicts => ({
  actions: () => set.actions().filter((action) => boundary.allowed(action) !== verdict.no),
  allowed: (action) => Math.min(set.allowed(action), boundary.allowed(action)) as Verdict,
  denied: (action) => Math.max(set.denied(action), boundary.denied(action)) as Verdict,
});
