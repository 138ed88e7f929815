import type { LoadedFile } from '../../config/load.ts';
import { type IsAbout, reviewFile } from '../../config/review.ts';
import type { Plan, Warning } from '../../core/plan.ts';
import { sections } from '../../kinds/sections.ts';

/**
 * Warnings about the content of what the plan changes, gives to people or takes from them. Of the rest `idc validate` and `idc
 * doctor` tell.
 */
export async function contentWarnings(plan: Plan, loaded: LoadedFile, now: Date): Promise<Warning[]> {
  const problems = await reviewFile(loaded, sections, now, touchedBy(plan));
  return problems.map(({ code, message, at }) => {
    const place = loaded.places.of(at);
    return { code, message, ...(place && { place }) };
  });
}

function touchedBy({ steps, access }: Plan): IsAbout {
  const changed = new Set(steps.flatMap(({ subjects }) => Object.entries(subjects).map((one) => one.join('\0'))));
  const held = new Set([...access.gained, ...access.lost].map(({ permissionSet }) => permissionSet));
  return (kind, entry) => changed.has(`${kind}\0${entry}`) || held.has(entry);
}
