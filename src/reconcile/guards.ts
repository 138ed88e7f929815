import { askOnce, subjectAddress, type Address } from '../core/address.ts';
import type { Excess } from '../core/allowance.ts';
import type { AnyKind, Names } from '../core/kind.ts';
import type { Step, Violation } from '../core/plan.ts';
import { countOf, kindWords, listOf } from '../core/words.ts';
import type { LiveState, LiveThing } from './state.ts';

/** How many of a number may be removed at once: a number, a share such as `25%`, or the larger of 3 and a quarter. */
export function removalLimit(maxRemovals: number | string | undefined): (total: number) => number {
  if (typeof maxRemovals === 'number') return () => maxRemovals;
  if (maxRemovals === undefined) return (total) => Math.max(3, Math.floor(total / 4));
  const share = Number(maxRemovals.slice(0, -1)) / 100;
  return (total) => Math.floor(total * share);
}

/**
 * Refuses to remove too much of any kind at once.
 * @param harmless removals that take nothing away: what is made anew under another name, and orphans.
 */
export function guardRemovals(
  steps: readonly Step[],
  live: LiveState,
  manages: (thing: LiveThing) => boolean,
  limit: (total: number) => number,
  harmless: ReadonlySet<Address>,
): Excess[] {
  const removals = new Map<string, number>();
  for (const { id, action, kind, replacedBy } of steps) {
    if (action !== 'delete' || replacedBy !== undefined || harmless.has(id)) continue;
    removals.set(kind, (removals.get(kind) ?? 0) + 1);
  }
  return [...removals].flatMap(([kind, count]) => {
    let total = 0;
    for (const thing of live.of(kind)) if (manages(thing)) total += 1;
    const most = limit(total);
    if (count <= most) return [];
    return [
      {
        code: 'too-many-removals',
        message: `The plan removes ${count} of ${countOf(total, kind)}; the limit for one plan is ${most}.`,
        count,
      },
    ];
  });
}

/**
 * Refuses to remove what something that stays still refers to.
 * @param keepsUsing the kinds that AWS leaves behind, pointing at nothing.
 */
export function guardUsed<Client>(
  kinds: readonly AnyKind<Client>[],
  steps: readonly Step[],
  live: LiveState,
  keepsUsing: ReadonlySet<string>,
  names: Names,
): Violation[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const removals = steps.filter(({ action }) => action === 'delete');
  // Mostly only things go that nothing refers to.
  if (removals.every(({ kind }) => keepsUsing.has(kind) || byName.get(kind)?.rename === undefined)) return [];
  const removed = new Map(removals.map((step) => [step.id, step]));
  const addressOf = askOnce(subjectAddress);
  const uses = new Map<string, { of: Address; kind: AnyKind<Client>; labels: string[]; orphans: number }>();
  for (const kind of kinds.filter(({ name }) => keepsUsing.has(name))) {
    for (const thing of live.of(kind.name)) {
      const parties = Object.entries(kind.subjects(thing.spec)).flatMap(([subject, party]) =>
        byName.has(subject) ? [addressOf(subject, party)] : [],
      );
      const used = parties.filter((party) => removed.has(party));
      if (used.length === 0 || removed.has(thing.address)) continue;
      const isOrphan = !parties.every((party) => live.has(party));
      for (const of of used) {
        const key = `${of} ${kind.name}`;
        const known = uses.get(key) ?? { of, kind, labels: [], orphans: 0 };
        uses.set(key, known);
        known.labels.push(kind.label(thing.spec, names));
        if (isOrphan) known.orphans += 1;
      }
    }
  }
  return [...uses.values()].map(({ of, kind: { name, noun, section }, labels, orphans }) => {
    const step = removed.get(of);
    const others = `Declare it, add it to ignore, or let the file manage these ${noun[1]} too: \`idc import --only ${noun[1].replaceAll(' ', '-')}\` writes the section ${section.name}.`;
    const gone = 'Add --orphans, which removes assignments whose user or group was deleted.';
    return {
      code: 'still-in-use',
      message: `The ${kindWords(step?.kind ?? '')} ${step?.label ?? of} can't be removed: ${countOf(labels.length, name)} that this file does not manage still ${labels.length === 1 ? 'uses' : 'use'} it (${listOf(labels.sort(), mostUses)}).`,
      allow: orphans === labels.length ? gone : orphans > 0 ? `${gone} ${others}` : others,
    };
  });
}

/** The uses that one refusal spells out. */
const mostUses = 5;
