import { distance } from 'fastest-levenshtein';
import { fold } from '../core/address.ts';

// A file with thousands of wrong names must not compare each with thousands of right ones.
const mostComparisons = 500_000;

/** Finds the name that was meant among these, for any number of questions. */
export function createNearest(names: readonly string[]): (name: string) => string | undefined {
  const folded = names.map(fold);
  const known = new Map<string, string | undefined>();
  let comparisons = 0;
  return (name) => {
    if (!known.has(name)) {
      comparisons += names.length;
      known.set(name, comparisons > mostComparisons ? undefined : search(fold(name)));
    }
    return known.get(name);
  };

  function search(name: string): string | undefined {
    let best = Math.min(4, Math.max(1, Math.floor(name.length * 0.4)), name.length - 1) + 1;
    let found: string | undefined;
    for (const [index, candidate] of folded.entries()) {
      if (Math.abs(candidate.length - name.length) > best) continue;
      const steps = countSteps(name, candidate);
      if (steps >= best) continue;
      best = steps;
      found = names[index];
    }
    return found ?? onlyLonger(name);
  }

  /** The one name that begins like this: `prod` for `production`. */
  function onlyLonger(name: string): string | undefined {
    if (name.length < 3) return undefined;
    const longer = names.filter((_, index) => folded[index]?.startsWith(name));
    return longer.length === 1 ? longer[0] : undefined;
  }
}

/** The edit distance, in which two letters that changed places are one mistake. */
function countSteps(a: string, b: string): number {
  const steps = distance(a, b);
  return steps === 2 && a.length === b.length && sortLetters(a) === sortLetters(b) ? 1 : steps;
}

const sortLetters = (text: string): string => text.split('').sort().join('');

export function findNearest(name: string, names: readonly string[]): string | undefined {
  return createNearest(names)(name);
}
