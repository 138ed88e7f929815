import { differenceOf, differenceOfPlan, fileOver, planOver, type Differing } from '../../access/difference.ts';
import { fileSide, sideOf, type AccessSide } from '../../access/side.ts';
import type { LoadedFile } from '../../config/load.ts';
import { ReportedError } from '../../core/errors.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import type { DifferenceSource } from '../../core/state-difference.ts';
import { readPlan } from '../../planner/saved-plan.ts';
import { loadPolicies } from '../../policies/load.ts';
import { renderDifferenceMarkdown } from '../../render/markdown/state-difference.ts';
import { renderStateDifference } from '../../render/text/state-difference-text.ts';
import { loadFile } from '../../source/load-file.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from '../io.ts';
import { withSource } from '../session.ts';

export interface DiffFlags extends CommonFlags {
  format?: 'text' | 'markdown' | 'json';
  exitCode?: boolean;
}

/** One side, as it was typed. */
type Asked =
  | { type: 'live' }
  | { type: 'snapshot' | 'file'; file: string }
  | { type: 'plan'; file: string; side: 'before' | 'after' };

/** Shows how two states differ. Changes nothing. */
export async function diff(io: Io, flags: DiffFlags, asked: readonly [string, string]): Promise<number> {
  const now = io.now();
  const { difference, steps } = await compare(io, flags, [askedFor(asked[0]), askedFor(asked[1])], now);
  const look = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns(), now };
  const forms = {
    json: () => `${sanitizeJson(JSON.stringify(difference, null, 2))}\n`,
    markdown: () => renderDifferenceMarkdown(difference, steps, now),
    text: () => renderStateDifference(difference, steps, look),
  };
  io.out(forms[flags.format ?? 'text']());
  const differs = steps.length > 0 || difference.ends.length > 0;
  return flags.exitCode && differs ? exitCodes.pending : exitCodes.done;
}

function askedFor(text: string): Asked {
  if (text === 'live') return { type: 'live' };
  const [, file, side] = /^(.+):(before|after)$/.exec(text) ?? [];
  if (file !== undefined) return { type: 'plan', file, side: side as 'before' | 'after' };
  return { type: text.endsWith('.json') ? 'snapshot' : 'file', file: text };
}

async function compare(io: Io, flags: DiffFlags, [before, after]: [Asked, Asked], now: Date): Promise<Differing> {
  if (before.type === 'plan' && after.type === 'plan') {
    if (before.file !== after.file || before.side !== 'before' || after.side !== 'after') {
      throw new ReportedError(
        'flags-mismatch',
        'Of saved plans, only the two sides of one are compared: plan.json:before plan.json:after.',
        'How two plans differ is shown by `idc show plan.json --reviewed reviewed.json`.',
      );
    }
    return differenceOfPlan(readPlan(before.file), { before, after });
  }
  const sides = await openBoth(io, flags, [before, after], now);
  const sources = { before: sourceOf(before, sides[0]), after: sourceOf(after, sides[1]) };
  return differenceOf(sides, sources, await loadPolicies(now));
}

const sourceOf = (asked: Asked, { source }: AccessSide): DifferenceSource => (asked.type === 'plan' ? asked : source);

type Sides = [AccessSide, AccessSide];

/** A file, and what a plan has, are sides of the other one. The later is opened first: names are as there. */
async function openBoth(io: Io, flags: DiffFlags, [before, after]: [Asked, Asked], now: Date): Promise<Sides> {
  if (before.type === 'file' && after.type === 'file') {
    return [before, after].map(({ file }) => fileSide(loadFile(file), file, now)) as Sides;
  }
  const loaded = loadedFor([before, after], flags);
  const open = (asked: Asked, later?: AccessSide): Promise<AccessSide> => {
    const source = asked.type === 'snapshot' ? { ...flags, snapshot: asked.file } : flags;
    const path = 'file' in asked && asked.type === 'file' ? asked.file : (flags.file ?? 'identity.yaml');
    return withSource(io, source, loaded ?? emptyFile(), path, (state) => sideOf(state, { loaded, now, later }));
  };
  const whole = (asked: Asked): boolean => asked.type === 'live' || asked.type === 'snapshot';
  if (whole(before) && whole(after)) {
    const later = await open(after);
    return [await open(before, later), later];
  }
  const [base, made] = whole(before) ? [before, after] : [after, before];
  if (!whole(base)) {
    throw new ReportedError(
      'flags-mismatch',
      'A saved plan is compared with the live state or a snapshot, not with a file.',
    );
  }
  const side = await open(base);
  const other =
    made.type === 'plan'
      ? planOver(side, readPlan(made.file), made.side)
      : fileOver(side, 'file' in made ? made.file : '');
  return base === before ? [side, other] : [other, side];
}

/** The file among the sides; else the one that says which instance is meant and names accounts. */
function loadedFor(sides: readonly Asked[], { file }: CommonFlags): LoadedFile | undefined {
  const own = sides.find(({ type }) => type === 'file');
  return own && 'file' in own ? loadFile(own.file) : loadOptional(file, file ?? 'identity.yaml');
}
