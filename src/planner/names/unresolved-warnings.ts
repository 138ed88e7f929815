import type { Places } from '../../config/load.ts';
import { groupBy } from '../../core/group-by.ts';
import type { Step, Warning } from '../../core/plan.ts';
import { stableJson } from '../../core/stable-json.ts';
import { listOf } from '../../core/words.ts';
import { countByKind } from '../../render/view/wording.ts';
import type { FrozenEntry } from './frozen-entries.ts';
import { placeText } from '../../config/place-text.ts';
import type { Problem } from '../../config/problems.ts';

const labels = 10;

/** What could not be resolved, each with its line, and what has expired and stays for that. */
export function unresolvedWarnings(
  problems: readonly Problem[],
  staying: readonly { step: Step; by: FrozenEntry | undefined }[],
  places: Places,
): Warning[] {
  const byLine = groupBy(staying, ({ by }) => by && placeText(places, by.at));
  // Without lines, one name may be told many times.
  const told = new Map(
    problems.map(({ code, message, at }) => [stableJson([message, places.of(at)]), { code, message, at }]),
  );
  return [
    ...[...told.values()].map(({ code, message, at }) => placed({ code, message }, at)),
    ...[...byLine].map(([line, found]) => {
      const steps = found.map(({ step }) => step);
      const [has, it] = steps.length === 1 ? ['has expired but is', 'it'] : ['have expired but are', 'them'];
      const list = listOf(
        steps.map(({ label }) => label),
        labels,
      );
      const at = found[0]?.by?.at ?? [];
      const which = places.of(at) ? 'This line' : line;
      const message = `${countByKind(steps)} ${has} not removed: ${list}. ${which} may still grant ${it}, because it has names that can't be found. Correct the names, or remove the line.`;
      return placed({ code: 'expired-but-frozen', message }, at);
    }),
  ];

  function placed(warning: Warning, at: Problem['at']): Warning {
    const place = places.of(at);
    return { ...warning, ...(place && { place }) };
  }
}
