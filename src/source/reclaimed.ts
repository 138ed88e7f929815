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
 */
export function reclaimedBy(
  document: IdentityDocument,
  desired: DesiredState,
  base: (Wanted & { loaded: { document: IdentityDocument } }) | undefined,
): (thing: Thing) => Reclaim | undefined {
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const expiredThen = new Set(base?.expiredThings.map(({ address }) => address));
  const moving = familiesIn(document, takesByStructure);
  const before = base ? familiesIn(base.loaded.document) : new Set<string>();

  return (thing) => {
    const { kind: name, spec } = thing;
    const kind = byName.get(name);
    const subjects = kind?.subjects(spec) ?? {};
    // To ignore a person, a group or a set is to leave it alone; what is granted by an entry is another matter.
    if (subjects[name] !== undefined) return undefined;
    if (base?.desired.like(thing) || expiredThen.has(thing.address)) return 'base';
    const family = moving.size > 0 && kind?.families ? familyKey(kind, kind.families.of(spec)) : undefined;
    if (family === undefined || !moving.has(family)) return undefined;
    const isDeclared = Object.entries(subjects).some(([subject, own]) => desired.has(subjectAddress(subject, own)));
    return isDeclared || before.has(family) ? 'pair' : undefined;
  };
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
