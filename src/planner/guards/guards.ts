import {
  emailWarnings,
  guardAccess,
  guardPeople,
  guardRisks,
  replacedAssignments,
  type AccessGuardInput,
} from '../../access/guards.ts';
import type { Caller } from '../../aws/client/caller.ts';
import type { AccessElement, JudgedFacts } from '../../core/access.ts';
import { adviseAllowance, withAllowance } from '../../core/allowance.ts';
import { subjectKey } from '../../core/address.ts';
import { stepsOf } from '../../core/of-kind.ts';
import { managementAccountOf, type Plan, type Step, type Violation, type Warning } from '../../core/plan.ts';
import { guardRemovals, guardUsed, removalLimit, type Hiding } from '../../reconcile/guards.ts';
import { isFirm } from '../../reconcile/scope.ts';
import type { LiveState, LiveThing } from '../../reconcile/state.ts';
import { kindWords, listOf } from '../../core/words.ts';
import { externalThings } from '../../kinds/external-things.ts';
import { kinds } from '../../kinds/index.ts';
import { user } from '../../kinds/user/kind.ts';
import { guardRenames } from './forgotten-renames.ts';
import { judgeRules } from './rules.ts';
import { placeText } from '../../config/place-text.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { leaveToProvider } from '../../source/leave-to-provider.ts';
import type { RuleNames } from '../names/rule-names.ts';

export interface GuardInput {
  plan: Plan;
  live: LiveState;
  facts: JudgedFacts;
  caller: Caller | undefined;
  file: CompiledFile;
  ruleNames: RuleNames;
  orphans: readonly LiveThing[];
  isLocal: boolean;
  now: Date;
  /** See {@link AccessGuardInput}. */
  dated(message: string): string;
}

/** Every reason not to carry the plan out, all at once. */
export function guardPlan(input: GuardInput): Violation[] {
  const { plan, live, facts, caller, file, orphans, now, dated } = input;
  const { loaded, accounts } = file;
  const { manages } = file.scope;
  const { names } = accounts;
  const { safety } = loaded.document;
  const limit = withAllowance(removalLimit(safety.maxRemovals), safety.allow, now);
  const harmless = new Set([...replacedAssignments(facts), ...orphans.map(({ address }) => address)]);
  const onlyRemoves = plan.left !== undefined;
  const isManaged = ({ address }: AccessElement): boolean => {
    const thing = live.get(address);
    return thing !== undefined && manages(thing);
  };
  return [
    ...guardInstance(input),
    ...guardDirectory(input),
    ...guardRenames(plan.steps, file),
    ...guardUsed(
      kinds,
      plan.steps,
      live,
      new Set(kinds.flatMap(({ name, outlivesReferences }) => (outlivesReferences ? [name] : []))),
      names,
      (thing) => hidingOf(file, thing),
    ),
    ...adviseAllowance(
      [
        ...guardRemovals(plan.steps, live, manages, limit, harmless),
        ...guardPeople({ facts, access: plan.access, isManaged, limit, names }),
      ],
      now,
    ),
    ...judgeAccess({ facts, file, caller, dated, instance: plan.instance, steps: plan.steps, onlyRemoves }),
    ...judgeRules(input),
  ];
}

/** What of `ignore` hides a live thing. By names alone it hides only what is not declared. */
function hidingOf({ scope, loaded }: CompiledFile, thing: LiveThing): Hiding[] {
  const subjects = kinds.find(({ name }) => name === thing.kind)?.subjects(thing.spec) ?? {};
  return scope.ignoredBy(thing).map((rule) => {
    const patterns = Object.values(rule.subjects).map((pattern) => JSON.stringify(pattern));
    const by = `${listOf(patterns)} in ${rule.at.slice(0, 2).join('.')} (${placeText(loaded.places, rule.at)})`;
    const names = Object.keys(rule.subjects).map((subject) => `the ${kindWords(subject)} ${subjects[subject]}`);
    return { by, ...(!isFirm(rule) && { undoneBy: listOf(names) }) };
  });
}

interface AccessInput
  extends Pick<GuardInput, 'facts' | 'file' | 'caller' | 'dated'>, Pick<Plan, 'instance' | 'steps'> {
  onlyRemoves: boolean;
}

/** What steps do to access that has to stay: protected, of the last administrator, and of the person who runs this. */
export const judgeAccess = (input: AccessInput): Violation[] => guardAccess(accessInput(input));

/** What steps do to such access without losing it. */
export function accessWarnings(input: AccessInput): Warning[] {
  const guarded = accessInput(input);
  // An identity provider signs people in by what it knows of them.
  const isExternal = input.file.loaded.document.identityCenter.directory === 'external';
  return [...guardRisks(guarded), ...(isExternal ? [] : emailWarnings(guarded))];
}

function accessInput({ facts, file, caller, dated, instance, steps, onlyRemoves }: AccessInput): AccessGuardInput {
  const { loaded, accounts } = file;
  const person = caller?.identityCenter;
  return {
    facts,
    dated,
    names: accounts.names,
    protectedAccess: (loaded.document.safety.protected ?? []).flatMap(({ user, account, permissionSet }, index) => {
      const place = placeText(loaded.places, ['safety', 'protected', index]);
      // Where nothing is made anew, what is protected may still be held under the old name of the set.
      const old = onlyRemoves ? loaded.document.permissionSets?.[permissionSet]?.previously : undefined;
      return [permissionSet, ...(old === undefined ? [] : [old])].map((set) => ({
        user,
        account: accounts.idOf(account),
        permissionSet: set,
        place,
      }));
    }),
    onlyLost: onlyRemoves,
    managementAccount: managementAccountOf(instance),
    ...(caller && person && { caller: { userName: nameAfter(steps, person.userName), account: caller.accountId } }),
  };
}

/** What a user is called after the plan: for guards, old and new are one. */
function nameAfter(steps: readonly Step[], userName: string): string {
  const key = subjectKey('user', userName);
  for (const { action, before, after } of stepsOf(user, steps)) {
    if (action === 'update' && subjectKey('user', before.userName) === key) return after.userName;
  }
  return userName;
}

/** Without a pin, which says which instance the file is for, nothing real is removed. */
function guardInstance({ plan, file, isLocal }: GuardInput): Violation[] {
  const pinned = file.loaded.document.identityCenter.instanceArn;
  const { arn } = plan.instance;
  if (pinned !== undefined || isLocal || plan.summary.delete === 0) return [];
  return [
    {
      code: 'unpinned-removals',
      message: `The plan removes something from ${arn}, but the file does not pin this instance.`,
      allow: `If the file is for this instance, paste this under identityCenter: instanceArn: ${arn}`,
    },
  ];
}

/**
 * Users and groups with external ids belong to an identity provider, which the wrong `directory` would delete; by a plan that
 * only removes what has expired, only those that it removes.
 */
function guardDirectory({ plan, live, file }: GuardInput): Violation[] {
  if (file.loaded.document.identityCenter.directory === 'external') return [];
  const removed = plan.left === undefined ? undefined : new Set(plan.steps.map(({ id }) => id));
  const external = externalThings(live).filter(
    (thing) => file.scope.manages(thing) && removed?.has(thing.address) !== false,
  );
  if (external.length === 0) return [];
  const { text, line } = leaveToProvider(file.loaded.document, external);
  const examples = external.slice(0, 3).map(({ address }) => address.replace('/', ' '));
  return [
    {
      code: 'external-directory',
      message: `This directory looks external: an identity provider created ${external.length} of its users and groups (${examples.join(', ')}${external.length > 3 ? ', …' : ''}).`,
      allow: `${text}${line === undefined ? '' : ` ${line}`} (Or list them under ignore.)`,
    },
  ];
}
