import { isNarrowing, type Missing, type Problem } from '../../config/problems.ts';
import { isOver } from '../../core/expiry.ts';
import type { Gone } from '../../core/findings.ts';
import type { DocumentPath } from '../../core/kind.ts';
import type { Step } from '../../core/plan.ts';
import { stableJson } from '../../core/stable-json.ts';
import { principalSections } from '../../kinds/shared/principal.ts';
import type { Criterion } from '../../accounts/select.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { findAlike, type AlikeInput, type Lost } from './alike.ts';
import type { FrozenEntry } from './frozen-entries.ts';

export interface GoneInput extends AlikeInput {
  /** What of the file can't be resolved and stops nothing. */
  problems: readonly Problem[];
  frozen: readonly FrozenEntry[];
  /** Removals that are not made, since a frozen entry may ask for what they would remove. */
  kept: readonly Step[];
  removed: readonly Step[];
}

/** True of a problem that is a name which nothing has any more, and not one that may let more through for that. */
export const isGone = ({ missing, at }: Pick<Problem, 'missing' | 'at'>): boolean =>
  missing !== undefined && !isNarrowing(at);

/** Names that nothing has any more, what is frozen first. Pure. */
export function findGone({ problems, frozen, kept, removed, ...input }: GoneInput): Gone[] {
  const { loaded } = input.file;
  const byName = new Map<string, { missing: Missing; paths: DocumentPath[] }>();
  for (const { missing, at } of [...problems, ...lostCriteria(input.file)]) {
    if (!missing || !isGone({ missing, at })) continue;
    const key = stableJson([missing.subject, missing.name]);
    const known = byName.get(key);
    const effect = missing.effect === 'frozen' && !hasExpired(at) ? 'frozen' : 'ignored';
    const isFrozen = effect === 'frozen' || known?.missing.effect === 'frozen';
    byName.set(key, {
      missing: { ...missing, effect: isFrozen ? 'frozen' : 'ignored' },
      paths: [...(known?.paths ?? []), at],
    });
  }
  const names = [...byName.values()];
  return names.map(toGone).sort(byWeight);

  function toGone({ missing, paths }: Pick<Lost, 'missing' | 'paths'>): Gone {
    const { subject, name, effect } = missing;
    const by = effect === 'frozen' ? frozen.filter(({ at }) => paths.some((path) => isFrozenBy(at, path))) : [];
    const own = kept.filter((step) => isCovered(step, by));
    const others = names.flatMap((one) =>
      one.missing === missing || one.missing.effect === 'ignored' ? [] : one.paths,
    );
    const unclear = by.filter(({ at }) => others.some((path) => isInEntryOf(at, path)));
    const lost = { missing, paths, kept: own, isUnclear: (step: Step) => isCovered(step, unclear) };
    return {
      subject,
      name,
      effect,
      places: paths.flatMap((path) => loaded.places.of(path) ?? []),
      kept: own.map(({ id, kind, label }) => ({ id, kind, label })),
      alike: findAlike(input, lost, [...kept, ...removed]),
    };
  }

  function hasExpired([section = '', index = '']: DocumentPath): boolean {
    const entries = (loaded.document as Readonly<Record<string, unknown>>)[section];
    const entry = (entries as Readonly<Record<string | number, { expires?: string } | undefined>> | undefined)?.[index];
    return entry?.expires !== undefined && isOver(entry.expires, input.now);
  }
}

/** Patterns that no account matches, and tags whose key none has: neither is a mistake. */
const lostCriteria = ({ accounts: { selections } }: CompiledFile): Criterion[] =>
  [...selections.values()].flatMap(({ criteria }) => criteria);

const principalKeys = new Set<unknown>(principalSections.map(([section]) => section));

/** Whether a principal of an entry can't be told for this name: it is the name, or may get something where that is not told. */
function isFrozenBy(principal: DocumentPath, path: DocumentPath): boolean {
  return principalKeys.has(path[2])
    ? path.every((step, index) => step === principal[index])
    : isInEntryOf(principal, path);
}

const isInEntryOf = (path: DocumentPath, [section, index]: DocumentPath): boolean =>
  path[0] === section && path[1] === index;

const isCovered = ({ kind, before }: Step, entries: readonly FrozenEntry[]): boolean =>
  entries.some(({ covers }) => covers(kind, before));

function byWeight(a: Gone, b: Gone): number {
  if (a.effect !== b.effect) return a.effect === 'frozen' ? -1 : 1;
  const [one, other] = [a, b].map(({ subject, name }) => stableJson([subject, name]));
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
