import { fold } from '../core/address.ts';
import { State, Thing } from '../core/state.ts';
import { listOf } from '../core/words.ts';
import type * as z from '../core/zod.ts';
import { diffStates } from '../reconcile/diff.ts';
import { DesiredThing } from '../reconcile/state.ts';
import type { AwsKind } from '../kinds/define.ts';

/** An entry as it is written. */
export type Entry = Record<string, unknown>;

/** What is live, and the entry that would say it. */
export interface Candidate {
  name: string;
  spec: unknown;
  entry: Entry;
  /** What somebody should know or decide. */
  notes: string[];
}

/** Why something live is not in the file. */
export interface Unsayable {
  name: string;
  why: string;
}

export interface Section {
  kind: AwsKind;
  name: z.ZodMiniType;
  entry: z.ZodMiniType;
  /** What the schema does not see. */
  problemOf?(entry: unknown): string | undefined;
  /** What no two entries may share, besides their names. */
  unique?: { what: string; keyIn(entry: Entry): string | undefined };
}

/**
 * Which entries say exactly what is live: the file takes them, and a plan finds no difference. Whatever else is live
 * (another tool may have made it) the file can only leave alone.
 */
export function findSayable(
  section: Section,
  candidates: readonly Candidate[],
  partition: string,
): { sayable: Candidate[]; unsayable: Unsayable[] } {
  const sayable: Candidate[] = [];
  const unsayable: Unsayable[] = [];
  const known = new Map<string, string>();
  const owners = new Map<string, string>();
  const { unique } = section;
  for (const candidate of candidates) {
    const { name, entry } = candidate;
    const twin = known.get(fold(name));
    const shared = unique?.keyIn(entry);
    const owner = shared === undefined ? undefined : owners.get(shared);
    const why =
      twin !== undefined
        ? `differs from ${JSON.stringify(twin)} by the form of its letters alone`
        : owner !== undefined
          ? `has the ${unique?.what} of ${JSON.stringify(owner)}`
          : whyNot(section, candidate, partition);
    if (why === undefined) {
      known.set(fold(name), name);
      if (shared !== undefined) owners.set(shared, name);
      sayable.push(candidate);
    } else unsayable.push({ name, why });
  }
  return { sayable, unsayable };
}

function whyNot(
  { kind, name: names, entry: entries, problemOf }: Section,
  { name, spec, entry }: Candidate,
  partition: string,
): string | undefined {
  if (name === '__proto__' || !names.safeParse(name).success) return 'has a name that the file does not take';
  if (JSON.stringify(entry).includes('"__proto__":')) return 'has something by the name __proto__';
  const { data, error } = entries.safeParse(entry);
  if (error) {
    const fields = [...new Set(error.issues.map(({ path }) => String(path[0] ?? 'entry')))];
    return `has what the file does not take: ${listOf(fields)}`;
  }
  const problem = problemOf?.(data);
  if (problem !== undefined) return problem;

  const account = (id: string): string => id;
  const [desired] = kind.desired({ [name]: data }, { partition, accountIds: () => [] });
  const { steps } = diffStates(
    [kind],
    new State(desired ? [new DesiredThing(kind, desired)] : []),
    new State([new Thing(kind, spec)]),
    { names: { account }, manages: () => true, removeOrphans: false },
  );
  const fields = steps.flatMap(({ changes }) => changes.map(({ field }) => field));
  return fields.length === 0 ? undefined : `has what the file can't say: ${listOf(fields)}`;
}
