import { addBit, addBits, type Bits, noBits } from './bits.ts';
import { everyType } from './resource-types.ts';
import type { Data, Statement } from './statement.ts';

/** What statements do to each action: each set of actions is among those of the next line. */
export interface Effects {
  /** Allowed at every resource without a condition; at every resource; at all. */
  every: Bits;
  everyIf: Bits;
  some: Bits;
  /** Denied at every resource without a condition; at every resource. */
  denied: Bits;
  deniedIf: Bits;
  /**
   * Of the actions at some resources, the whole types of resource that the statements take in together, as
   * `Statement.wholeTypes` has them: without a condition; all in all. Where that is every type, the action is above.
   */
  whole: Map<number, number>;
  wholeIf: Map<number, number>;
}

const noEffects = (count: number): Effects => ({
  every: noBits(count),
  everyIf: noBits(count),
  some: noBits(count),
  denied: noBits(count),
  deniedIf: noBits(count),
  whole: new Map(),
  wholeIf: new Map(),
});

const copyOf = ({ every, everyIf, some, denied, deniedIf, whole, wholeIf }: Effects): Effects => ({
  every: every.slice(),
  everyIf: everyIf.slice(),
  some: some.slice(),
  denied: denied.slice(),
  deniedIf: deniedIf.slice(),
  whole: new Map(whole),
  wholeIf: new Map(wholeIf),
});

/** What the statements of a policy do. */
export function effectsOf(statements: readonly Statement[], data: Data): Effects {
  const effects = noEffects(data.actions.count);
  for (const { allow, actions, where, conditions, wholeTypes } of statements) {
    const always = conditions.length === 0;
    const { every, everyIf, some, denied, deniedIf, whole, wholeIf } = effects;
    if (allow) {
      mark(some, actions);
      if (where === 'everywhere') {
        mark(everyIf, actions);
        if (always) mark(every, actions);
      } else {
        addWhole(wholeIf, wholeTypes);
        if (always) addWhole(whole, wholeTypes);
      }
    } else {
      // A request that names one denied resource is denied.
      const reached = where === 'everywhere' ? actions : wholeTypes.keys();
      for (const action of reached) {
        addBit(deniedIf, action);
        if (always) addBit(denied, action);
      }
    }
  }
  return settled(effects, data);
}

/** What policies do together. */
export function mergeEffects(policies: readonly Effects[], data: Data): Effects {
  const [first = noEffects(data.actions.count), ...others] = policies;
  if (others.length === 0) return first;
  const merged = copyOf(first);
  for (const { every, everyIf, some, denied, deniedIf, whole, wholeIf } of others) {
    addBits(merged.every, every);
    addBits(merged.everyIf, everyIf);
    addBits(merged.some, some);
    addBits(merged.denied, denied);
    addBits(merged.deniedIf, deniedIf);
    addWhole(merged.whole, whole);
    addWhole(merged.wholeIf, wholeIf);
  }
  return settled(merged, data);
}

function mark(bits: Bits, actions: Uint16Array): void {
  for (const action of actions) addBit(bits, action);
}

function addWhole(whole: Map<number, number>, more: ReadonlyMap<number, number>): void {
  for (const [action, types] of more) whole.set(action, (whole.get(action) ?? 0) | types);
}

/** Actions of which the statements take in every type of resource are at every resource. */
function settled(effects: Effects, { resourceTypes }: Data): Effects {
  const settle = (whole: Map<number, number>, bits: Bits): void => {
    for (const [action, types] of whole) {
      if (types !== everyType(resourceTypes(action))) continue;
      addBit(bits, action);
      whole.delete(action);
    }
  };
  settle(effects.whole, effects.every);
  settle(effects.wholeIf, effects.everyIf);
  return effects;
}
