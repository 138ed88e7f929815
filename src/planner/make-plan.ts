import type { Surroundings } from '../aws/context.ts';
import type { LoadedFile } from '../config/load.ts';
import type { Warning } from '../core/plan.ts';
import { countOf } from '../core/words.ts';
import { nameLive, type LiveState } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import type { Base } from '../source/base.ts';
import { readOptionsOf, renamesInPlace, resolveFile, type ResolvedFile } from '../source/compile.ts';
import type { OpenSource, StateSource } from '../source/source.ts';
import { planChanges, type PlanOptions, type PlanResult, type ResolvedBase } from './plan.ts';

export interface MadePlan extends PlanResult {
  /** The plan that the same file and the same live state would have made at another time. Reads nothing. */
  asOf(time: Date): PlanResult;
}

export interface PlanWishes extends Pick<PlanOptions, 'removeOrphans' | 'only' | 'now'> {
  /** The file before; undefined where none was given. */
  base?: Base | undefined;
}

/** Reads the live state and compares it with the file. Changes nothing. */
export async function makePlan(source: StateSource, loaded: LoadedFile, wishes: PlanWishes): Promise<MadePlan> {
  const { isLocal, snapshot } = source;
  const { base, ...others } = wishes;
  const { now, only, removeOrphans } = others;
  const { surroundings, read } = await source.open(loaded.document, only);
  const file = resolveFile(loaded, surroundings, now, only);
  const { live, seesOrphans } = await readNamed(read, file, removeOrphans);
  const options = { ...others, isLocal, seesOrphans, ...(snapshot && { snapshot }) };
  const planAt = (then: ResolvedFile, at: Date): PlanResult => {
    const resolved = base && resolveBase(base, surroundings, at);
    return planChanges(then, live, surroundings, { ...options, ...(resolved && { base: resolved }), now: at });
  };
  return { ...planAt(file, now), asOf: (time) => planAt(resolveFile(loaded, surroundings, time, only), time) };
}

/** What can't be resolved in the file before stops nothing: it is not what is applied. */
function resolveBase(base: Base, surroundings: Surroundings, now: Date): ResolvedBase {
  if ('missing' in base) return base;
  const { loaded, ...about } = base;
  return { ...about, file: resolveFile(loaded, surroundings, now, 'expired') };
}

/** In a function of its own: what AWS answered is let go before the plan is made. */
async function readNamed(
  read: OpenSource['read'],
  file: ResolvedFile,
  needsOrphans: boolean,
): Promise<{ live: LiveState; seesOrphans: boolean }> {
  const { reading, seesOrphans } = await read(readOptionsOf(file, needsOrphans));
  return { live: nameLive(kinds, reading, renamesInPlace(file), file.desired), seesOrphans };
}

/** A plan for people to read, who should know where an apply is under way while it is made: what is live then moves. */
export async function makePlanToShow(source: StateSource, loaded: LoadedFile, wishes: PlanWishes): Promise<MadePlan> {
  const [warnings, made] = await Promise.all([underWayWarnings(source), makePlan(source, loaded, wishes)]);
  const { plan } = made;
  return { ...made, plan: { ...plan, warnings: [...warnings, ...plan.warnings] } };
}

async function underWayWarnings({ underWay }: StateSource): Promise<Warning[]> {
  if (!underWay) return [];
  const ids = await underWay();
  if (ids?.length === 0) return [];
  const message =
    ids === undefined
      ? 'Whether an apply is under way could not be seen: that needs sso:ListAccountAssignmentCreationStatus and sso:ListAccountAssignmentDeletionStatus.'
      : `${countOf(ids.length, 'request')} for assignments ${ids.length === 1 ? 'is' : 'are'} under way in AWS, perhaps of an apply: this plan was made while what is live was moving. Make it again when that has ended.`;
  return [{ code: 'under-way', message }];
}
