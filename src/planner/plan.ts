import { inheritedNotes } from '../access/inherited-grants.ts';
import { findChangedHands } from '../access/changed-hands.ts';
import { accessConstraints } from '../access/constraints.ts';
import { accessImpact } from '../access/impact.ts';
import { accessRisks } from '../access/risks.ts';
import { holdText, touchedHolds } from '../access/ways.ts';
import type { AwsContext } from '../aws/context.ts';
import { placesOf } from '../access/places.ts';
import type { Names } from '../core/kind.ts';
import {
  accountIdsIn,
  digestOf,
  FORMAT_VERSION,
  managementAccountOf,
  summarize,
  type Plan,
  type Step,
  type Warning,
  restsOnData,
} from '../core/plan.ts';
import type { PlanBase } from '../core/findings.ts';
import type { JudgedFacts } from '../core/access.ts';
import { stepsOf } from '../core/of-kind.ts';
import { createPeopleLists } from '../core/reach.ts';
import { withholdBlocked } from '../reconcile/blocked.ts';
import { diffStates } from '../reconcile/diff.ts';
import { orderSteps } from '../reconcile/order.ts';
import type { LiveState } from '../reconcile/state.ts';
import { judgedFacts, type Judging } from '../access/judged-facts.ts';
import { inheritedApplications } from '../kinds/membership/notes.ts';
import { editedSets, setWithOtherRoles } from '../kinds/permission-set/edited-sets.ts';
import { expiredEntries } from '../kinds/account-assignment/expired.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import { kinds } from '../kinds/index.ts';
import { applicationChanges, applicationsHeld, touchedApplications } from './application-impacts.ts';
import { namesInOrganizations } from './warnings/account-names.ts';
import { findBlocked } from './blocked.ts';
import { findWaiting } from './waiting-assignments.ts';
import { findAdopted } from './adopted.ts';
import { checkEmails } from './names/check-emails.ts';
import { findNames } from './names/check-names.ts';
import { estimateCost } from './cost.ts';
import { entryEnds } from './expiring-entries.ts';
import { createReasonLookUp } from '../access/granting-entries.ts';
import { findFrozen, type FrozenEntry } from './names/frozen-entries.ts';
import { findGone, isGone } from './names/gone.ts';
import { guardedWarnings } from './guards/guarded-removals.ts';
import { tellDataDate } from './data-date.ts';
import { accessWarnings, guardPlan, judgeAccess } from './guards/guards.ts';
import { compareWithBase } from './base/limits.ts';
import { guardsInForce } from './guards/guards-in-force.ts';
import type { Problem } from '../config/problems.ts';
import type { Policies } from '../policies/load.ts';
import type { CompiledFile } from '../source/compile.ts';
import { createRuleNames } from './names/rule-names.ts';
import { unresolvedWarnings } from './names/unresolved-warnings.ts';
import { everyStep, removeExpired } from './remove-expired.ts';
import { asShown, endsOf } from './shown-steps.ts';
import { dueWarnings } from './warnings/due-entries.ts';
import { hidingOf } from './warnings/ignored-grants.ts';
import { planWarnings } from './warnings/warnings.ts';

export interface PlanResult {
  plan: Plan;
  live: LiveState;
  facts: JudgedFacts;
  names: Names;
  accountId(nameOrId: string): string;
  /** What could not be resolved, also where the plan has it among what is gone, and what stays for that. */
  unresolved: readonly Warning[];
  /** True of a step that grants what `ignore` hides by a name: another file takes it back only beside this one. */
  isHidden(step: Step): boolean;
}

export interface PlanOptions {
  removeOrphans: boolean;
  /** Removes what has expired, and does nothing else: so nothing that can't be resolved stops it. */
  only?: 'expired' | undefined;
  /** True for the embedded Identity Center: removals need no pin there. */
  isLocal: boolean;
  /** Decides what has expired, `safety.allow` too, and whether a snapshot is old; nothing else of a plan depends on the time. */
  now: Date;
  /** Whether those would have been found whose principal is gone; a snapshot has them all. */
  seesOrphans?: boolean;
  /** Where the live state was not read now. */
  snapshot?: { takenAt: string };
  /** What the plan says of the file before, which is compiled with the file; absent where none was given. */
  base?: PlanBase;
  /** What policies allow. */
  policies: Judging['policies'] & Pick<Policies, 'dates'>;
}

/**
 * Compares the live state with the file. Pure: the same four inputs, the same plan. Errors: a `ConfigError` for names that
 * the live state does not bear out, or for e-mail addresses that others keep; a plan that only removes goes on without them.
 */
export function planChanges(
  file: CompiledFile,
  live: LiveState,
  context: AwsContext,
  { removeOrphans, seesOrphans = true, only, isLocal, now, snapshot, base, policies }: PlanOptions,
): PlanResult {
  const found = findNames(file, live, now, only);
  const { loaded, accounts, scope } = file;
  const { desired, expired, problems } = found;
  const frozen = findFrozen(file, found, now, only);
  const frozenBy = (kind: string, spec: unknown): FrozenEntry | undefined =>
    frozen.find(({ covers }) => covers(kind, spec));
  const { names } = accounts;
  const { instance } = context;
  const difference = diffStates(kinds, desired, live, {
    names,
    manages: scope.manages,
    removeOrphans,
    isFrozen: ({ kind, spec }) => frozenBy(kind, spec) !== undefined,
  });
  const { ignored, orphans } = difference;
  const { steps } = difference;
  const judging = { policies, placeOf: placesOf(context), partition: instance.partition };
  const wanted = judgedFacts(live, steps, judging);
  const touched = touchedHolds(wanted);
  const reach = findBlocked(context, live, names);
  const edited = editedSets(stepsOf(permissionSet, steps));
  const edits = new Set(edited.values());
  const blockedIds = new Set(steps.filter((step) => reach.reasonOf(step) !== undefined).map(({ id }) => id));
  const ordered = orderSteps(kinds, steps, [
    // An edit need not wait for a revocation in an account that is out of reach: it can't reach the role there either.
    ...accessConstraints(touched, edited, new Set(wanted.renewedSets.values())).filter(
      ({ step, waitsFor }) => !edits.has(step) || !blockedIds.has(waitsFor),
    ),
    ...kinds.flatMap((kind) => kind.constraints?.(stepsOf(kind, steps), steps) ?? []),
  ]);
  const judged = { file, caller: context.caller, instance };
  const expiriesOf = expiredEntries(expired, wanted.renewedSets);
  const { chosen, held, guarded } = only
    ? removeExpired({
        ordered: ordered.steps,
        live,
        facts: wanted,
        touched,
        frozen,
        isBlocked: ({ id }) => blockedIds.has(id),
        hasExpired: (step) => expiriesOf(step).length > 0,
        judge: (some) =>
          judgeAccess({
            ...judged,
            facts: judgedFacts(live, some, judging),
            steps: some,
            onlyRemoves: true,
            dated: (message) => message,
          }),
      })
    : everyStep(ordered.steps);
  const possible = withholdBlocked(chosen, reach.reasonOf);
  const isWaiting = possible.blocked.length > 0 ? findWaiting(file, now) : () => false;
  const waiting = new Set(chosen.filter(isWaiting).map(({ id }) => id));
  checkEmails(file, live, possible.steps, ordered.givenUp);
  // For readers: kind by kind. What waits for what is in the steps themselves.
  const reasonOf = createReasonLookUp(loaded.document);
  const placed = kinds.flatMap(({ name }) =>
    possible.steps
      .filter(({ kind }) => kind === name)
      .map((step) => asShown(step, file, live, expiriesOf(step), reasonOf)),
  );

  const isWhole = possible.steps.length === steps.length;
  // Alone, a removal carries nothing over to a set that is to be made anew.
  const facts = isWhole ? wanted : judgedFacts(live, placed, judging, only ? undefined : wanted.renewedSets);
  const people = createPeopleLists();
  const access = {
    ...accessImpact(facts, people, { ...(isWhole && { holds: touched }), ends: endsOf(file, placed) }),
    applications: applicationChanges(live, placed, facts, people),
    changedHands: findChangedHands(facts, placed, (users) => applicationsHeld(live, placed, facts, users)),
  };
  const adopted = findAdopted({ file, live, steps, facts, people, names, editedSet: setWithOtherRoles });
  const risks = accessRisks({ facts, access, adopted, people, managementAccount: managementAccountOf(instance) });
  const notes = inheritedNotes(facts, inheritedApplications(live, placed));
  const spokenOf = [...accountIdsIn({ access, risks, steps: placed, notes, adopted })].sort();
  const accountNames = Object.fromEntries(spokenOf.map((id) => [id, names.account(id)]));
  const otherNames = namesInOrganizations(accountNames, context.organization);
  const compared = compareWithBase(file, live, () => [
    { holds: touched, nameOf: (held) => holdText(held, names) },
    touchedApplications(live, steps, wanted),
  ]);
  const plan: Plan = {
    formatVersion: FORMAT_VERSION,
    instance,
    ...(loaded.name !== undefined && { file: loaded.name }),
    ...(snapshot && { snapshot }),
    ...(base && { base }),
    digest: '',
    summary: summarize(placed),
    steps: placed,
    access: { ...access, ...(risks.length > 0 && { policyData: facts.policyData }) },
    risks,
    limits: compared.limits,
    adopted,
    gone: findGone({
      file,
      live,
      context,
      now,
      isFound: found.isFound,
      problems,
      frozen,
      // What has not expired stays in a run that removes nothing else.
      kept: only ? difference.frozen.filter((step) => expiriesOf(step).length > 0) : difference.frozen,
      removed: steps.filter(({ action }) => action === 'delete'),
    }),
    notes,
    ends: entryEnds(loaded, now, compared.ends),
    guards: guardsInForce(loaded.document, now),
    accounts: accountNames,
    ...(Object.keys(otherNames).length > 0 && { organizationsNames: otherNames }),
    violations: [],
    warnings: [],
    blocked: [...possible.blocked.filter(({ id }) => !waiting.has(id)), ...reach.provisioning(desired)],
    ignored,
    ...(seesOrphans && { orphans: removeOrphans ? 0 : orphans.length }),
    ...(only && { left: steps.length + difference.frozen.length - chosen.length }),
    cost: estimateCost(kinds, placed),
    desired: loaded.document,
  };
  const staying = [
    ...difference.frozen.map((step) => ({ step, by: frozenBy(step.kind, step.before) })),
    ...steps.map((step) => ({ step, by: held.get(step.id) })),
  ].filter(({ step }) => expiriesOf(step).length > 0);
  const guardedStays = guardedWarnings(steps, guarded, expiriesOf, loaded.places);
  const warningsOf = (some: readonly Problem[]): Warning[] => [
    ...unresolvedWarnings(some, staying, loaded.places),
    ...guardedStays,
  ];
  const ruleNames = createRuleNames(file, live);
  const dated = tellDataDate(policies.dates, instance.partition, restsOnData({ access, risks }));
  plan.violations = guardPlan({
    plan,
    live,
    facts,
    caller: context.caller,
    file,
    ruleNames,
    orphans,
    isLocal,
    now,
    dated,
  });
  plan.digest = digestOf(plan);
  const warnings = planWarnings({
    plan,
    file,
    live,
    ruleNames,
    context,
    givenUp: ordered.givenUp,
    isLocal,
    now,
  });
  const aboutAccess = accessWarnings({ ...judged, facts, steps: placed, onlyRemoves: only !== undefined, dated });
  plan.warnings = [
    ...aboutAccess,
    ...warningsOf(problems.filter((one) => !isGone(one))),
    ...warnings,
    ...dueWarnings(file, ruleNames, facts, now),
  ];
  return {
    plan,
    live,
    facts,
    names,
    accountId: accounts.idOf,
    unresolved: warningsOf(problems),
    isHidden: (step) => hidingOf(step, file) === 'names',
  };
}
