import { distance } from 'fastest-levenshtein';
import { fold, isPerson, type Subject } from './address.ts';

// A file with thousands of wrong names must not compare each with thousands of right ones.
const mostComparisons = 500_000;

/** Answers with the name that was meant, for any number of questions. */
export type Nearest = (name: string) => string | undefined;

/** Finds the name that was meant among these, which are all of one kind. */
export const createNearestOf = (subject: Subject, names: readonly string[]): Nearest =>
  isPerson(subject) ? createNearestPerson(names) : createNearest(names);

/** Finds the name that was meant among these. */
export function createNearest(names: readonly string[]): Nearest {
  const folded = names.map(fold);
  return sparingly(names, (name) => closest(names, folded, name, 4) ?? onlyLonger(name));

  /** The one name that begins like this: `prod` for `production`. */
  function onlyLonger(name: string): string | undefined {
    if (name.length < 3) return undefined;
    const longer = names.filter((_, index) => folded[index]?.startsWith(name));
    return longer.length === 1 ? longer[0] : undefined;
  }
}

/** The same for names of which others may exist: no more than so many edits apart. */
export function createNearestWithin(edits: number, names: readonly string[]): Nearest {
  const folded = names.map(fold);
  return sparingly(names, (name) => closest(names, folded, name, edits));
}

function closest(names: readonly string[], folded: readonly string[], name: string, most: number): string | undefined {
  let best = mostEdits(name.length, most) + 1;
  let found: string | undefined;
  for (const [index, candidate] of folded.entries()) {
    if (Math.abs(candidate.length - name.length) > best) continue;
    const edits = countEdits(name, candidate);
    if (edits >= best) continue;
    best = edits;
    found = names[index];
  }
  return found;
}

/**
 * The same for user names, where a wrong guess is another human being: no more than a slip of the keyboard apart, and
 * never a choice between two.
 */
export function createNearestPerson(names: readonly string[]): Nearest {
  // Of two spellings of one name the first.
  const spellings = new Map(names.map((name): [string, string] => [fold(name), name]).reverse());
  const people = [...spellings].map(([folded, name]) => ({ name, ...splitAddress(folded) }));
  const domains = new Set(people.map(({ domain }) => domain));
  const mayBeDomain = (typed: string | undefined, domain: string | undefined): boolean =>
    typed === undefined ||
    domain === undefined ||
    typed === domain ||
    // People of a domain that is in use are not those of another one.
    (!domains.has(typed) && countEdits(typed, domain) <= mostEdits(typed.length, 2));
  return sparingly(names, (name) => {
    const { own, domain } = splitAddress(name);
    let best = 2;
    let found: string[] = [];
    for (const person of people) {
      if (Math.abs(person.own.length - own.length) > best) continue;
      const edits = countSlips(own, person.own);
      if (edits === undefined || edits > best || !mayBeDomain(domain, person.domain)) continue;
      if (edits < best) found = [];
      best = edits;
      found.push(person.name);
    }
    return found.length === 1 ? found[0] : undefined;
  });
}

/** `hanako@example.com` has a person's own part and a domain; a plain name has the own part alone. */
function splitAddress(name: string): { own: string; domain?: string } {
  const at = name.lastIndexOf('@');
  return at < 0 ? { own: name } : { own: name.slice(0, at), domain: name.slice(at + 1) };
}

/** Undefined where some part of the name is another one, as in `max.mueller` and `mia.mueller`. */
function countSlips(typed: string, own: string): number | undefined {
  const [parts, others] = [typed.split(/[._-]/), own.split(/[._-]/)];
  if (parts.length !== others.length) return slipsIn(typed, own);
  let sum = 0;
  for (const [index, part] of parts.entries()) {
    const slips = slipsIn(part, others[index] ?? '');
    if (slips === undefined) return undefined;
    sum += slips;
  }
  return sum;
}

function slipsIn(typed: string, own: string): number | undefined {
  const edits = countEdits(typed, own);
  return edits <= mostEdits(Math.min(typed.length, own.length), 2) ? edits : undefined;
}

function sparingly(names: readonly string[], search: Nearest): Nearest {
  const known = new Map<string, string | undefined>();
  let comparisons = 0;
  return (name) => {
    if (!known.has(name)) {
      comparisons += names.length;
      known.set(name, comparisons > mostComparisons ? undefined : search(fold(name)));
    }
    return known.get(name);
  };
}

/** Of a short name few letters can be wrong: two edits make any name of three letters. */
const mostEdits = (length: number, most: number): number =>
  Math.min(most, Math.max(1, Math.floor(length * 0.4)), Math.max(0, length - 1));

/** The edit distance, in which two neighbors that changed places are one mistake. */
function countEdits(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && a.length === b.length && isSwap(a, b) ? 1 : edits;
}

/** Of two texts that differ. */
function isSwap(a: string, b: string): boolean {
  let first = 0;
  while (a[first] === b[first]) first += 1;
  return `${a.slice(0, first)}${a[first + 1]}${a[first]}${a.slice(first + 2)}` === b;
}

export function findNearest(name: string, names: readonly string[]): string | undefined {
  return createNearest(names)(name);
}
