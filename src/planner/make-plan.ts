import type { LoadedFile } from '../config/load.ts';
import { refuseUnresolved, type Problem } from '../config/problems.ts';
import type { PlanBase } from '../core/findings.ts';
import type { Warning } from '../core/plan.ts';
import { countOf } from '../core/words.ts';
import { nameLive, type LiveState } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { loadPolicies } from '../policies/load.ts';
import type { Base } from '../source/base.ts';
import { withEntries } from '../source/begun-files.ts';
import { readOptionsOf, renamesInPlace, compileDesired, type CompiledFile } from '../source/compile.ts';
import { emptyFile } from '../source/load-optional.ts';
import type { OpenSource, StateSource } from '../source/source.ts';
import { contentWarnings } from './warnings/content-warnings.ts';
import { planChanges, type PlanOptions, type PlanResult } from './plan.ts';

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
  const old = base && 'loaded' in base ? base.loaded : undefined;
  const begun = base ? begunFiles(base) : [];
  const earlier = [...(old ? [old] : []), ...begun].map(({ document }) => document);
  const { context, read } = await source.open(loaded.document, { only, earlier });
  const isEmbedded = (found: readonly Problem[]): boolean =>
    isLocal && loaded.document.accounts === undefined && found.every(({ code }) => code === 'unknown-account');
  const compile = (at: Date): CompiledFile => {
    // What the file before can't have any more is not asked for by it; but what could not be read, it may have.
    const compileEarlier = (one: LoadedFile): CompiledFile => {
      const compiled = compileDesired(one, context, at, { only: 'expired' });
      const unread = compiled.problems.filter(({ isUnread }) => isUnread);
      if (!only) refuseUnresolved(unread, one.places);
      return compiled;
    };
    const before = old && compileEarlier(old);
    return compileDesired(loaded, context, at, {
      only,
      base: before,
      begun: begun.map((one) => ({ ...compileEarlier(one), commit: one.commit })),
      hint: before ? undefined : (found) => (isEmbedded(found) ? localHint : hintOf(base)),
    });
  };
  const file = compile(now);
  const [{ live, seesOrphans }, policies] = await Promise.all([
    readNamed(read, file, removeOrphans),
    loadPolicies(now),
  ]);
  const options = {
    ...others,
    isLocal,
    seesOrphans,
    policies,
    ...(snapshot && { snapshot }),
    ...(base && { base: savedBase(base) }),
  };
  const planAt = (then: CompiledFile, at: Date): PlanResult =>
    planChanges(then, live, context, { ...options, now: at });
  const made = planAt(file, now);
  const content = await contentWarnings(made.plan, loaded, now);
  const plan = { ...made.plan, warnings: [...made.plan.warnings, ...content] };
  return { ...made, plan, asOf: (time) => planAt(compile(time), time) };
}

const localHint =
  'With --local the organization is embedded: it has the accounts that the file names under accounts, such as production: "111122223333", and without any a few of its own.';

/** What to do about names that are not there any more. */
const hintOf = (base: Base | undefined): string =>
  base && 'missing' in base
    ? `Names that the last applied file has would not stop the plan, but that file can't be used: ${base.missing}.`
    : 'If a name was removed or renamed since the last apply, plan with --base FILE (the file of that apply), so that the old name does not stop the plan.';

/** What later files ask for that may be applied in part, as far as it could be loaded. */
function begunFiles(base: Base): (LoadedFile & { commit: string })[] {
  const before = 'loaded' in base ? base.loaded.document : undefined;
  return (base.begun ?? []).flatMap((one) =>
    'entries' in one ? [{ ...emptyFile(), document: withEntries(one.entries, before), commit: one.commit }] : [],
  );
}

function savedBase(base: Base): PlanBase {
  if ('missing' in base) return base;
  const { loaded, ...about } = base;
  return { ...about, document: loaded.document };
}

/** In a function of its own: what AWS answered is let go before the plan is made. */
async function readNamed(
  read: OpenSource['read'],
  file: CompiledFile,
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
      ? 'Not checked: whether an apply is under way. That needs sso:ListAccountAssignmentCreationStatus and sso:ListAccountAssignmentDeletionStatus.'
      : `${countOf(ids.length, 'request')} for assignments ${ids.length === 1 ? 'is' : 'are'} under way in AWS, perhaps from an apply, so the live state changed while this plan was made. Plan again when ${ids.length === 1 ? 'it has' : 'they have'} finished.`;
  return [{ code: 'under-way', message }];
}
