import { groupBy } from '../../core/group-by.ts';
import type { AwsKind } from '../../kinds/define.ts';
import { kinds } from '../../kinds/index.ts';
import { managedKinds } from '../../source/managed-sections.ts';
import type { BegunCompiled, CompiledFile } from '../../source/compile.ts';
import type { LimitAt } from './document-limits.ts';
import type { DesiredThing } from '../../reconcile/state.ts';
import { keyAcrossRenames } from '../names/renamed-things.ts';

const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));

/**
 * What the file before asked for, and this one does not but leaves alone by `ignore`: no step shows that, and from now on it
 * may be anything. One change a kind, with all of them.
 */
export function releasedThings(before: CompiledFile, now: CompiledFile): LimitAt[] {
  const managed = managedKinds(now.loaded.document);
  const left = [...before.desired.values()].filter(
    (thing) =>
      managed.has(thing.kind) &&
      !now.desired.like(thing) &&
      !now.scope.manages(thing) &&
      now.scope.ignores(thing) !== undefined,
  );
  return byKind(left, now, ({ noun }, count) => noun[count === 1 ? 0 : 1]);
}

/**
 * What a later file may have made, changed or granted, whose apply did not finish, and this one leaves alone by `ignore` or since
 * it does not manage such things: no step takes it back.
 */
export function releasedByBegun(begun: BegunCompiled, now: CompiledFile): LimitAt[] {
  const left = [...begun.desired.values()].filter(
    (thing) => !now.base?.desired.like(thing) && !now.desired.like(thing) && !now.scope.manages(thing),
  );
  return byKind(left, now, ({ noun: [, many] }) => `${many} of ${unfinished(begun)}`);
}

/** How a limit names a file whose apply did not finish. */
export const unfinished = ({ commit }: BegunCompiled): string => `${commit.slice(0, 7)}, whose apply did not finish`;

function byKind(
  left: readonly DesiredThing[],
  now: CompiledFile,
  keyFor: (kind: AwsKind, count: number) => string,
): LimitAt[] {
  if (left.length === 0) return [];
  const managed = managedKinds(now.loaded.document);
  const keyOf = keyAcrossRenames(now);
  const asked = new Set([...now.desired.values()].map(keyOf));
  const released = left.filter((thing) => !asked.has(keyOf(thing)));
  return [...groupBy(released, ({ kind }) => kind)].flatMap(([name, things]): LimitAt[] => {
    const kind = byName.get(name);
    if (!kind) return [];
    const labels = things.map(({ spec }) => kind.label(spec, now.accounts.names)).sort();
    const after = managed.has(name) ? 'left alone by ignore' : 'not managed';
    return [
      { key: keyFor(kind, things.length), before: labels.join('; '), after, loosens: true, at: [kind.section.name] },
    ];
  });
}
