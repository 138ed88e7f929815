import { takesByStructure, type AccountTarget } from '../core/account-target.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { subjectAddress } from '../core/address.ts';
import type { Reclaim } from '../core/plan.ts';
import type { Thing } from '../core/state.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import type { DesiredState, Wanted } from '../reconcile/state.ts';

/**
 * Says of a thing that the file does not ask for, and that is about something ignored by name, why it is removed all the
 * same; undefined where it is left alone.
 * @param base what the file before asks for
 * @param begun what later files ask for that may be applied in part
 */
export function reclaimedBy(
  document: IdentityDocument,
  desired: DesiredState,
  base: Before | undefined,
  begun: readonly Before[],
): (thing: Thing) => Reclaim | undefined {
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const askedFor = askedForBy(base ? [base] : []);
  const begunToAskFor = askedForBy(begun);
  const moving = familiesIn(document, takesByStructure);
  const before = new Set([...(base ? [base] : []), ...begun].flatMap(({ loaded }) => [...familiesIn(loaded.document)]));

  return (thing) => {
    const { kind: name, spec } = thing;
    const kind = byName.get(name);
    const subjects = kind?.subjects(spec) ?? {};
    // To ignore a person, a group or a set is to leave it alone; what is granted by an entry is another matter.
    if (subjects[name] !== undefined) return undefined;
    if (askedFor(thing)) return 'base';
    if (begunToAskFor(thing)) return 'begun';
    const family = moving.size > 0 && kind?.families ? familyKey(kind, kind.families.of(spec)) : undefined;
    if (family === undefined || !moving.has(family)) return undefined;
    const isDeclared = Object.entries(subjects).some(([subject, own]) => desired.has(subjectAddress(subject, own)));
    return isDeclared || before.has(family) ? 'pair' : undefined;
  };
}

type Before = Wanted & { loaded: { document: IdentityDocument } };

/** True of what one of the files asks for, or asked for until it expired. */
function askedForBy(files: readonly Before[]): (thing: Thing) => boolean {
  const expired = new Set(files.flatMap(({ expiredThings }) => expiredThings.map(({ address }) => address)));
  return (thing) => expired.has(thing.address) || files.some(({ desired }) => desired.like(thing) !== undefined);
}

function familiesIn(document: IdentityDocument, isWanted = (_target: AccountTarget): boolean => true): Set<string> {
  const sections = new Map<string, unknown>(Object.entries(document));
  const found = new Set<string>();
  for (const kind of kinds as readonly AwsKind[]) {
    const entries = sections.get(kind.section.name);
    if (entries === undefined || !kind.families) continue;
    for (const { family, target } of kind.families.inSection(entries))
      if (isWanted(target)) found.add(familyKey(kind, family));
  }
  return found;
}

const familyKey = ({ name }: AwsKind, family: string): string => `${name} ${family}`;
