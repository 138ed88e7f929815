import type { Step, Warning } from '../../core/plan.ts';
import { mixedScripts } from '../../core/scripts.ts';
import { joinWords } from '../../core/words.ts';
import { kinds } from '../../kinds/index.ts';
import type { CompiledFile } from '../../source/compile.ts';

/** New names that may pass for others, since they mix letters of several scripts: neither live nor in the file before. */
export function mixedScriptWarnings(steps: readonly Step[], { base }: CompiledFile): Warning[] {
  const named = new Map<string, (spec: unknown) => string | undefined>(
    kinds.flatMap(({ name, rename, subjects }) =>
      rename === undefined ? [] : [[name, (spec: unknown) => subjects(spec)[name]]],
    ),
  );
  return steps.flatMap(({ id, kind, before, after, places: [place] = [] }): Warning[] => {
    const nameOf = named.get(kind);
    const name = after === undefined ? undefined : nameOf?.(after);
    if (name === undefined || base?.desired.has(id)) return [];
    const scripts = before !== undefined && nameOf?.(before) === name ? [] : mixedScripts(name);
    if (scripts.length === 0) return [];
    const message = `The new name "${name}" mixes letters of ${joinWords(scripts)}, so it can pass for another name. Type it again, unless it is meant.`;
    const lead = `the new name "${name}" mixes ${joinWords(scripts)} letters`;
    return [{ code: 'mixed-scripts', message, ...(place && { place }), isRisk: true, lead }];
  });
}
