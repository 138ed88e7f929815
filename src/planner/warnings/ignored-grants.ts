import { groupBy } from '../../core/group-by.ts';
import type { Step, Warning } from '../../core/plan.ts';
import { Thing } from '../../core/state.ts';
import { countOf, listOf } from '../../core/words.ts';
import { kinds } from '../../kinds/index.ts';
import type { CompiledFile } from '../../source/compile.ts';

const labels = 5;

/** What is granted though `ignore` hides it, so that it will not go with its line; and what was hidden and goes now. */
export function ignoredGrantWarnings(steps: readonly Step[], file: CompiledFile): Warning[] {
  return [...reclaimedByPair(steps), ...hiddenGrants(steps, file)];
}

/** A removal that nobody asked for by a line of its own. */
function reclaimedByPair(steps: readonly Step[]): Warning[] {
  const found = steps.filter(({ reclaimed }) => reclaimed === 'pair');
  const [first] = found;
  if (!first) return [];
  const list = listOf(
    found.map(({ label }) => label),
    labels,
  );
  const message = `${countOf(found.length, first.kind)} ${found.length === 1 ? 'was' : 'were'} ignored until now and will be removed: ${list}. An entry by unit, tag or pattern grants the same permission set to the same principal, but not in these accounts. To keep one, add it to ignore.assignments.`;
  return [{ code: 'left-alone-until-now', message, isRisk: true }];
}

const byKind = new Map<string, (typeof kinds)[number]>(kinds.map((kind) => [kind.name, kind]));

/** How `ignore` would hide what a step grants, did the file not ask for it. */
export function hidingOf(step: Step, { scope }: CompiledFile): 'names' | 'firm' | undefined {
  const kind = byKind.get(step.kind);
  const isGrant = step.action === 'create' && step.subjects[step.kind] === undefined;
  return kind && isGrant ? scope.ignores(new Thing(kind, step.after)) : undefined;
}

/** One warning a line of the file. */
function hiddenGrants(steps: readonly Step[], file: CompiledFile): Warning[] {
  const hidden = steps.flatMap((step) => {
    const ignored = hidingOf(step, file);
    // With the file before, a line that goes takes with it what it gave.
    return ignored === 'firm' || (ignored === 'names' && !file.base) ? [{ step, ignored }] : [];
  });
  const byLine = groupBy(hidden, ({ step: { places }, ignored }) => JSON.stringify([ignored, places?.[0]]));
  return [...byLine.values()].map((found): Warning => {
    const list = listOf(
      found.map(({ step }) => step.label),
      labels,
    );
    const place = found[0]?.step.places?.[0];
    const ways =
      found[0]?.ignored === 'firm'
        ? 'Narrow ignore.assignments or ignore.accounts, or set expires on the entry.'
        : 'Declare what is ignored, set expires on the entry, or plan with --base.';
    const message = `The section ignore hides ${list}, so removing the line later will not remove the access. ${ways}`;
    return { code: 'ignored-grant', message, isRisk: true as const, ...(place && { place }) };
  });
}
