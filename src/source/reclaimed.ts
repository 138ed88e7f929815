import type { IdentityDocument } from '../config/schema/document.ts';
import { subjectAddress } from '../core/address.ts';
import type { Reclaim } from '../core/plan.ts';
import type { Thing } from '../core/state.ts';
import { grantPair, grantedPairs, movingPairs } from '../kinds/account-assignment/pairs.ts';
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
  const subjectsOf = new Map<string, AwsKind['subjects']>(kinds.map((kind) => [kind.name, kind.subjects]));
  const expiredThen = new Set(base?.expiredThings.map(({ address }) => address));
  const moving = movingPairs(document);
  const before = base ? grantedPairs(base.loaded.document) : new Set();

  return (thing) => {
    const { kind, spec } = thing;
    const subjects = subjectsOf.get(kind)?.(spec) ?? {};
    // To ignore a person, a group or a set is to leave it alone; what is granted by an entry is another matter.
    if (subjects[kind] !== undefined) return undefined;
    if (base?.desired.like(thing) || expiredThen.has(thing.address)) return 'base';
    const pair = moving.size > 0 ? grantPair(kind, spec) : undefined;
    if (pair === undefined || !moving.has(pair)) return undefined;
    const isDeclared = Object.entries(subjects).some(([subject, name]) => desired.has(subjectAddress(subject, name)));
    return isDeclared || before.has(pair) ? 'pair' : undefined;
  };
}
