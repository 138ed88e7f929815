import type { Warning } from '../../core/plan.ts';
import { kindWords, listOf, nounCount } from '../../core/words.ts';
import type { AwsKind } from '../../kinds/define.ts';
import { kinds } from '../../kinds/index.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { managedKinds } from '../../source/managed-sections.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { keyAcrossRenames } from '../names/renamed-things.ts';

/**
 * What the file before asked for, and this one does not, but that is not live any more: no step removes it, so the plan would
 * be silent about it. The counterpart of what is adopted; it lets nothing through.
 */
export function alreadyRemovedWarnings(file: CompiledFile, live: LiveState): Warning[] {
  const { base, desired, loaded, accounts, scope } = file;
  if (!base) return [];
  const keyOf = keyAcrossRenames(file);
  const managed = managedKinds(loaded.document);
  const asked = new Set([...desired.values()].map(keyOf));
  const present = new Set([...live.values()].map(keyOf));
  const byName = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const labels = [...base.desired.values()].flatMap((thing) => {
    const kind = byName.get(thing.kind);
    // Of what is ignored not all is read; that it is left alone from now on is told elsewhere.
    if (!kind || !managed.has(thing.kind) || scope.ignores(thing) !== undefined) return [];
    if (asked.has(keyOf(thing)) || present.has(keyOf(thing))) return [];
    return [`${kindWords(thing.kind)} ${kind.label(thing.spec, accounts.names)}`];
  });
  if (labels.length === 0) return [];
  const [things, are] = [nounCount(labels.length, ['thing', 'things']), labels.length === 1 ? 'is' : 'are'];
  const message = `${things} that the file before asked for ${are} not live any more, and no longer in the file, so no step removes ${labels.length === 1 ? 'it' : 'them'}: ${listOf(labels.sort(), 5)}. Removed outside idc, or by an apply that did not finish.`;
  return [{ code: 'already-removed', message }];
}
