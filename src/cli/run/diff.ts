import { accessOfBoth } from '../../access/both-sides.ts';
import { differenceOf, differenceOfPlan, fileOver, planOver, type Differing } from '../../access/difference.ts';
import { accountsAskedBy, resolveQuestion, type AccessFilters } from '../../access/question.ts';
import { fileSide, sideOf, type AccessSide } from '../../access/side.ts';
import type { PageData } from '../../access-page/data.ts';
import type { LoadedFile } from '../../config/load.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import type { DifferenceSource, StateDifference } from '../../core/state-difference.ts';
import { readPlan } from '../../planner/saved-plan.ts';
import { loadPolicies } from '../../policies/load.ts';
import { renderDifferenceMarkdown } from '../../render/markdown/state-difference.ts';
import { renderStateDifference } from '../../render/text/state-difference-text.ts';
import { loadFile } from '../../source/load-file.ts';
import { emptyFile, loadOptional } from '../../source/load-optional.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from '../io.ts';
import { withSource, type SourceFlags } from '../session.ts';
import { pageAsked, writeAccessPage } from './page.ts';

export interface DiffFlags extends SourceFlags, AccessFilters {
  format?: 'text' | 'markdown' | 'html' | 'json';
  /** Where the page of `--format html` is written. */
  out?: string;
  exitCode?: boolean;
}

/** One side, as it was typed. */
type Asked = { type: 'live' } | { type: 'snapshot' | 'file'; file: string } | AskedPlan;

interface AskedPlan {
  type: 'plan';
  file: string;
  side: 'before' | 'after';
}

/** Shows how two states differ. Changes nothing. */
export async function diff(io: Io, flags: DiffFlags, asked: readonly [string, string]): Promise<number> {
  const now = io.now();
  const page = pageAsked(flags, `idc diff ${asked.join(' ')} --format html --out diff.html`);
  const { difference, steps, pageOf } = await compare(io, flags, [askedFor(asked[0]), askedFor(asked[1])], now);
  const look = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns(), now };
  if (page !== undefined && pageOf) await writeAccessPage(io, page, await pageOf());
  else {
    const forms = {
      json: () => `${sanitizeJson(JSON.stringify(difference, null, 2))}\n`,
      markdown: () => renderDifferenceMarkdown(difference, steps, now),
      text: () => renderStateDifference(difference, steps, look),
    };
    io.out(forms[flags.format === 'json' || flags.format === 'markdown' ? flags.format : 'text']());
  }
  return flags.exitCode && hasDifference(difference) ? exitCodes.pending : exitCodes.done;
}

/** Of a part, access can differ by what is not in it: of an account, by who is in a group. */
const hasDifference = ({ changes, ends, access }: StateDifference): boolean =>
  [changes, ends, access.gained, access.lost, access.edited].some((list) => list.length > 0);

function askedFor(text: string): Asked {
  if (text === 'live') return { type: 'live' };
  const [, file, side] = /^(.+):(before|after)$/.exec(text) ?? [];
  if (file !== undefined) return { type: 'plan', file, side: side as 'before' | 'after' };
  return { type: text.endsWith('.json') ? 'snapshot' : 'file', file: text };
}

interface Answer extends Differing {
  /** Absent where a plan alone says how its sides differ. */
  pageOf?(): Promise<PageData>;
}

async function compare(io: Io, flags: DiffFlags, [before, after]: [Asked, Asked], now: Date): Promise<Answer> {
  if (before.type === 'plan' && isPlanOf(before, after) && flags.out === undefined && !isPart(flags)) {
    return differenceOfPlan(readPlan(before.file), { before, after });
  }
  const sides = await openBoth(io, flags, [before, after], now);
  const sources = { before: sourceOf(before, sides[0]), after: sourceOf(after, sides[1]) };
  const policies = await loadPolicies(now);
  const question = resolveQuestion(flags, [sides[1], sides[0]], policies, now);
  const found = differenceOf(sides, sources, question, policies);
  return {
    ...found,
    async pageOf() {
      const { differenceData } = await import('../../access-page/difference-data.ts');
      const held = accessOfBoth(sides, found.facts, question, policies);
      return differenceData({ held, sides, sources, question, policies }, now);
    },
  };
}

/** Of one plan, which says itself how its sides differ. */
const isPlanOf = (before: AskedPlan, after: Asked): after is AskedPlan =>
  after.type === 'plan' && before.file === after.file && before.side === 'before' && after.side === 'after';

const isPart = ({
  user,
  group,
  permissionSet,
  account,
  ou,
  tag,
  production,
  administrators,
  action,
}: DiffFlags): boolean =>
  [user, group, permissionSet, account, ou, tag, production, administrators, action].some((one) => one !== undefined);

const sourceOf = (asked: Asked, { source }: AccessSide): DifferenceSource => (asked.type === 'plan' ? asked : source);

type Sides = [AccessSide, AccessSide];

/**
 * A file, and what a plan has, are made of the other side; where both are such, of what is live. The later is opened first: names
 * are as there.
 */
async function openBoth(io: Io, flags: DiffFlags, [before, after]: [Asked, Asked], now: Date): Promise<Sides> {
  const areFiles = before.type === 'file' && after.type === 'file';
  if (areFiles && flags.snapshot === undefined) {
    return [before, after].map(({ file }) => fileSide(loadFile(file), file, now)) as Sides;
  }
  const wishes = { now, asked: accountsAskedBy(flags), showsUnits: flags.out !== undefined };
  const openWith = (loaded: LoadedFile | undefined, asked: Asked, later?: AccessSide): Promise<AccessSide> => {
    const source = asked.type === 'snapshot' ? { ...flags, snapshot: asked.file } : flags;
    const path = asked.type === 'file' ? asked.file : (flags.file ?? 'identity.yaml');
    return withSource(io, source, loaded ?? emptyFile(), path, (state) => sideOf(state, { ...wishes, loaded, later }));
  };
  if (areFiles) {
    const over = async ({ file }: { file: string }): Promise<AccessSide> =>
      fileOver(await openWith(loadFile(file), { type: 'live' }), file);
    return [await over(before), await over(after)];
  }
  const loaded = loadedFor([before, after], flags);
  const open = (asked: Asked, later?: AccessSide): Promise<AccessSide> => openWith(loaded, asked, later);
  if (isWhole(before) && isWhole(after)) {
    const later = await open(after);
    return [await open(before, later), later];
  }
  const base = await open([before, after].find(isWhole) ?? { type: 'live' });
  const sideFor = (asked: Asked): AccessSide => {
    if (asked.type === 'plan') return planOver(base, readPlan(asked.file), asked.side);
    return asked.type === 'file' ? fileOver(base, asked.file) : base;
  };
  return [sideFor(before), sideFor(after)];
}

const isWhole = ({ type }: Asked): boolean => type === 'live' || type === 'snapshot';

/** The file among the sides; else the one that says which instance is meant and names accounts. */
function loadedFor(sides: readonly Asked[], { file }: CommonFlags): LoadedFile | undefined {
  const own = sides.find((side) => side.type === 'file');
  return own?.type === 'file' ? loadFile(own.file) : loadOptional(file, file ?? 'identity.yaml');
}
