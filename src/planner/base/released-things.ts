import { groupBy } from '../../core/group-by.ts';
import type { AwsKind } from '../../kinds/define.ts';
import { kinds } from '../../kinds/index.ts';
import { managedKinds } from '../../source/managed-sections.ts';
import type { CompiledFile } from '../../source/compile.ts';
import type { LimitAt } from './document-limits.ts';
import { keyAcrossRenames } from '../names/renamed-things.ts';

/**
 * What the file before asked for, and this one does not but leaves alone by `ignore`: no step shows that, and from now on it
 * may be anything. One change a kind, with all of them.
 */
export function releasedThings(before: CompiledFile, now: CompiledFile): LimitAt[] {
  const managed = managedKinds(now.loaded.document);
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const left = [...before.desired.values()].filter(
    (thing) =>
      managed.has(thing.kind) &&
      !now.desired.like(thing) &&
      !now.scope.manages(thing) &&
      now.scope.ignores(thing) !== undefined,
  );
  if (left.length === 0) return [];
  const keyOf = keyAcrossRenames(now);
  const asked = new Set([...now.desired.values()].map(keyOf));
  const released = left.filter((thing) => !asked.has(keyOf(thing)));
  return [...groupBy(released, ({ kind }) => kind)].flatMap(([name, things]): LimitAt[] => {
    const kind = byName.get(name);
    if (!kind) return [];
    const { section, noun } = kind;
    const labels = things.map(({ spec }) => kind.label(spec, now.accounts.names)).sort();
    const key = noun[things.length === 1 ? 0 : 1];
    return [{ key, before: labels.join('; '), after: 'left alone by ignore', loosens: true, at: [section.name] }];
  });
}
