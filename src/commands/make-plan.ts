import { carriedGrants } from '../access/carried.ts';
import { accessConstraints } from '../access/constraints.ts';
import { accessImpact, findImpacts } from '../access/impact.ts';
import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import { subjectAddress, type Address, type Subject } from '../core/address.ts';
import { ConfigError } from '../core/errors.ts';
import type { Names } from '../core/kind.ts';
import { accountsIn, digestOf, FORMAT_VERSION, summarize, type Plan, type Step } from '../core/plan.ts';
import type { AccessFacts } from '../core/access.ts';
import { withholdBlocked } from '../engine/blocked.ts';
import { diffStates } from '../engine/diff.ts';
import { findLookalikes } from '../engine/lookalikes.ts';
import { orderSteps } from '../engine/order.ts';
import { findUnresolved } from '../engine/references.ts';
import { createScope } from '../engine/scope.ts';
import { collectDesired, readLive, type DesiredState, type LiveState } from '../engine/state.ts';
import { accessFacts } from '../kinds/access-facts.ts';
import { editedSets } from '../kinds/edited-sets.ts';
import { emailOrder } from '../kinds/email-order.ts';
import { kinds } from '../kinds/index.ts';
import { orphanOrder } from '../kinds/orphan-order.ts';
import { findBlocked } from './blocked.ts';
import { estimateCost } from './cost.ts';
import { guardPlan } from './guard-plan.ts';
import { ignoreRules, managedKinds, managedSections } from './managed.ts';
import { diagnose, resolveAccounts } from './accounts.ts';
import { describeUnresolved } from './unresolved.ts';
import { planWarnings } from './warnings.ts';

export interface PlanResult {
  plan: Plan;
  live: LiveState;
  facts: AccessFacts;
  names: Names;
  accountId(nameOrId: string): string;
}

export interface PlanOptions {
  removeOrphans: boolean;
  /** True for the embedded Identity Center: removals need no pin there. */
  isLocal: boolean;
  /** Decides whether `safety.allow` has expired; nothing else of a plan depends on the time. */
  now: Date;
}

/** Reads the live state and compares it with the file. Changes nothing. */
export async function makePlan(aws: Aws, loaded: LoadedFile, options: PlanOptions): Promise<PlanResult> {
  const { document, places } = loaded;
  const accounts = resolveAccounts(document, aws.organization, places);
  const { names } = accounts;
  const sections = managedSections(document);
  const managed = managedKinds(document);
  const desired = collectDesired(kinds, sections, { partition: aws.instance.partition, accountId: accounts.idOf });
  const scope = createScope(kinds, managed, desired, ignoreRules(document), accounts.allNames);

  const live = await readLive(kinds, aws, {
    renames: renamesInPlace(desired),
    wantsDetails: (kind, name) => desired.has(subjectAddress(kind as Subject, name)) || !scope.ignoresName(kind, name),
  });
  const unresolved = findUnresolved(kinds, desired, live);
  if (unresolved.length > 0) {
    throw new ConfigError(
      unresolved.flatMap((missing) =>
        missing.at.map((path) => diagnose(`unknown-${missing.subject}`, describeUnresolved(missing), places, path)),
      ),
    );
  }

  const lookalikes = findLookalikes(kinds, desired, live);
  if (lookalikes.length > 0) {
    throw new ConfigError(
      lookalikes.map((one) => {
        const message = `"${one.name}" is "${one.live}" in Identity Center, which differs by case or Unicode normalisation alone; write it as it is there, or rename it with previously: ${JSON.stringify(one.live)}.`;
        return diagnose('similar-names', message, places, one.at[0] ?? []);
      }),
    );
  }

  const { steps, ignored, orphans } = diffStates(kinds, desired, live, {
    names,
    manages: scope.manages,
    removeOrphans: options.removeOrphans,
  });
  const wanted = accessFacts(live, steps);
  const reach = findBlocked(aws, live, names);
  const edited = editedSets(steps);
  const edits = new Set(edited.values());
  const blockedIds = new Set(steps.filter((step) => reach.reasonOf(step) !== undefined).map(({ id }) => id));
  const ordered = orderSteps(kinds, steps, [
    // An edit need not wait for a revocation in an account that is out of reach: it can't reach the role there either.
    ...accessConstraints(findImpacts(wanted), edited, new Set(wanted.renewedSets.values())).filter(
      ({ step, waitsFor }) => !edits.has(step) || !blockedIds.has(waitsFor),
    ),
    ...emailOrder(steps),
    ...orphanOrder(steps, edited),
  ]);
  const possible = withholdBlocked(ordered.steps, reach.reasonOf);
  // For readers: kind by kind. What waits for what is in the steps themselves.
  const placed = kinds.flatMap(({ name }) =>
    possible.steps.filter(({ kind }) => kind === name).map((step) => withPlaces(step, desired, loaded)),
  );

  const facts = accessFacts(live, placed, wanted.renewedSets);
  const access = accessImpact(facts);
  const carried = carriedGrants(facts);
  const shown = placed.map((step) => {
    const carries = carried.get(step.id);
    return carries ? { ...step, carries } : step;
  });
  const plan: Plan = {
    formatVersion: FORMAT_VERSION,
    instance: aws.instance,
    digest: digestOf(aws.instance, placed),
    summary: summarize(placed),
    steps: shown,
    access,
    accounts: Object.fromEntries([...accountsIn({ access, steps: shown })].sort().map((id) => [id, names.account(id)])),
    violations: [],
    warnings: [],
    blocked: [...possible.blocked, ...reach.provisioning(desired)],
    ignored,
    orphans: options.removeOrphans ? 0 : orphans.length,
    cost: estimateCost(placed),
    desired: document,
  };
  plan.violations = guardPlan({
    plan,
    live,
    facts,
    aws,
    names,
    loaded,
    accounts,
    manages: scope.manages,
    orphans,
    isLocal: options.isLocal,
    now: options.now,
  });
  plan.warnings = planWarnings({
    plan,
    facts,
    names,
    accountId: accounts.idOf,
    loaded,
    aws,
    givenUp: ordered.givenUp,
    isLocal: options.isLocal,
    now: options.now,
  });
  return { plan, live, facts, names, accountId: accounts.idOf };
}

/** New names by old address, of users and groups. */
function renamesInPlace(desired: DesiredState): Map<Address, string> {
  const inPlace = new Set(kinds.filter(({ rename }) => rename === 'in-place').map(({ name }) => name));
  return new Map(
    [...desired.values()].flatMap(({ kind, spec, previously }) => {
      const name = kinds.find((candidate) => candidate.name === kind)?.subjects(spec)[kind as Subject];
      if (previously === undefined || name === undefined || !inPlace.has(kind)) return [];
      return [[subjectAddress(kind as Subject, previously), name]];
    }),
  );
}

function withPlaces(step: Step, desired: DesiredState, { places }: LoadedFile): Step {
  const found = (desired.get(step.id)?.at ?? []).flatMap((path) => places.of(path) ?? []);
  return found.length > 0 ? { ...step, places: found } : step;
}
