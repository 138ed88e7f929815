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

/** Why the file leaves a thing alone that uses another one. */
export interface Hiding {
  /** `"AWS*" in ignore.permissionSets (identity.yaml:12)`. */
  by: string;
  /** What has to be declared so that it is managed: `the permission set AWSAdministratorAccess`; absent: no declaration does it. */
  undoneBy?: string;
}

/**
 * Refuses to remove what something that stays still refers to.
 * @param keepsUsing the kinds that AWS leaves behind, pointing at nothing.
 * @param hidingOf what of `ignore` hides a thing; nothing where its section is absent.
 */
export function guardUsed<Client>(
  kinds: readonly AnyKind<Client>[],
  steps: readonly Step[],
  live: LiveState,
  keepsUsing: ReadonlySet<string>,
  names: Names,
  hidingOf: (thing: LiveThing) => readonly Hiding[],
): Violation[] {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const removals = steps.filter(({ action }) => action === 'delete');
  // Mostly only things go that nothing refers to.
  if (removals.every(({ kind }) => keepsUsing.has(kind) || byName.get(kind)?.rename === undefined)) return [];
  const removed = new Map(removals.map((step) => [step.id, step]));
  const addressOf = askOnce(subjectAddress);
  const uses = new Map<string, Uses<Client>>();
  for (const kind of kinds.filter(({ name }) => keepsUsing.has(name))) {
    for (const thing of live.of(kind.name)) {
      const parties = Object.entries(kind.subjects(thing.spec)).flatMap(([subject, party]) =>
        byName.has(subject) ? [addressOf(subject, party)] : [],
      );
      const used = parties.filter((party) => removed.has(party));
      if (used.length === 0 || removed.has(thing.address)) continue;
      const isOrphan = !parties.every((party) => live.has(party));
      const hiding = isOrphan ? [] : hidingOf(thing);
      for (const of of used) {
        const key = `${of} ${kind.name}`;
        const known = uses.get(key) ?? { of, kind, labels: [], orphans: 0, hidden: 0, hidings: [] };
        uses.set(key, known);
        known.labels.push(kind.label(thing.spec, names));
        known.hidings.push(...hiding);
        if (isOrphan) known.orphans += 1;
        else if (hiding.length > 0) known.hidden += 1;
      }
    }
  }
  return [...uses.values()].map((use) => {
    const step = removed.get(use.of);
    const what = `${kindWords(step?.kind ?? '')} ${step?.label ?? use.of}`;
    const { kind, labels } = use;
    return {
      code: 'still-in-use',
      message: `The ${what} can't be removed: ${countOf(labels.length, kind.name)} that this file does not manage still ${labels.length === 1 ? 'uses' : 'use'} it (${listOf(labels.sort(), mostUses)}).`,
      allow: waysOut(use, what).join(' '),
    };
  });
}

/** Everything of one kind that uses a thing that is to be removed. */
interface Uses<Client> {
  of: Address;
  kind: AnyKind<Client>;
  labels: string[];
  orphans: number;
  hidden: number;
  hidings: Hiding[];
}

function waysOut<Client>({ kind, labels, orphans, hidden, hidings }: Uses<Client>, what: string): string[] {
  const [, many] = kind.noun;
  const them = hidden === 1 ? 'it' : 'them';
  const those = labels.length === hidden ? them : `${hidden} of them`;
  const by = [...new Set(hidings.map((hiding) => hiding.by))].sort();
  const undoneBy = [...new Set(hidings.flatMap((hiding) => hiding.undoneBy ?? []))].sort();
  return [
    ...(orphans > 0 ? ['Add --orphans, which removes assignments whose user or group was deleted.'] : []),
    ...(hidden > 0
      ? [
          `${listOf(by, mostUses)} ${by.length === 1 ? 'hides' : 'hide'} ${those}: remove ${them} with the tool that made ${them}, or in the console, and plan again. Or keep the ${what} in the file.`,
        ]
      : []),
    ...(undoneBy.length > 0
      ? [
          `Or declare ${listOf(undoneBy, mostUses)}: then the file manages all ${many} of it, and removes what it does not list.`,
        ]
      : []),
    ...(labels.length > orphans + hidden
      ? [
          `Declare it, add it to ignore, or let the file manage these ${many} too: \`idc import --only ${many.replaceAll(' ', '-')}\` writes the section ${kind.section.name}.`,
        ]
      : []),
  ];
}

/** The uses, and the reasons, that one refusal spells out. */
const mostUses = 5;
