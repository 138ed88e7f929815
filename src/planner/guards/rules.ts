import { guardEntries } from '../../access/entry-rules.ts';
import { guardRules } from '../../access/rules.ts';
import type { JudgedFacts } from '../../core/access.ts';
import { specsOf, stepsOf } from '../../core/of-kind.ts';
import type { Plan, Violation } from '../../core/plan.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { parseDuration, shortDuration } from '../../kinds/shared/duration.ts';
import { permissionSet } from '../../kinds/permission-set/kind.ts';
import { placeText } from '../../config/place-text.ts';
import type { CompiledFile } from '../../source/compile.ts';
import { planEntryRules, wordsOf } from './entry-rules.ts';
import type { RuleNames } from '../names/rule-names.ts';

export interface JudgeInput {
  file: CompiledFile;
  ruleNames: RuleNames;
  plan: Plan;
  live: LiveState;
  facts: JudgedFacts;
  now: Date;
}

/** What of the access that people have after the plan is against the file's rules. */
export function judgeRules(input: JudgeInput): Violation[] {
  const {
    file,
    ruleNames: { meant },
    plan,
    live,
    facts,
  } = input;
  const { loaded } = file;
  const { rules } = loaded.document;
  // To take away what has expired breaks no rule, and must not wait for what does.
  if (!rules || plan.left !== undefined) return [];
  const placeOf = (...path: (string | number)[]): string => placeText(loaded.places, ['rules', ...path]);
  const sessions = sessionSeconds(live, plan);
  // The file has taken that away already, though this caller can't: nothing is gained by refusing all the rest.
  const withheld = new Set(plan.blocked.flatMap(({ id, action }) => (action === 'delete' ? [id] : [])));
  const counted =
    withheld.size === 0
      ? facts
      : { ...facts, elements: facts.elements.filter(({ address }) => !withheld.has(address)) };
  const ofAccess = guardRules({
    rules: {
      deny: (rules.deny ?? []).map(
        ({ users, groups, permissionSets, administrators = false, accounts: where }, index) => ({
          place: placeOf('deny', index),
          administrators,
          users: meant('user', users),
          groups: meant('group', groups),
          permissionSets: meant('permission-set', permissionSets),
          accounts: meant('account', where),
        }),
      ),
      ...(rules.directUserAssignments === false && { onlyGroups: placeOf('directUserAssignments') }),
      sessions: (rules.maxSessionDuration ?? []).map(({ accounts: where, duration }, index) => ({
        place: placeOf('maxSessionDuration', index),
        accounts: meant('account', where) ?? new Set(),
        seconds: parseDuration(duration) ?? 0,
      })),
    },
    facts: counted,
    ...wordsOf(file),
    sessionOf: (set) => sessions.get(set) ?? 0,
    durationText: (seconds) => shortDuration(`PT${seconds}S`),
  });
  const ruled = planEntryRules({ ...input, facts: counted });
  return [...ofAccess, ...(ruled ? guardEntries(ruled) : [])];
}

/** How long sessions last after the plan, by permission set. */
function sessionSeconds(live: LiveState, { steps }: Plan): Map<string, number> {
  const specs = [
    ...specsOf(permissionSet, live),
    ...stepsOf(permissionSet, steps).flatMap(({ after }) => (after === undefined ? [] : [after])),
  ];
  return new Map(specs.map(({ name, sessionDuration }) => [name, parseDuration(sessionDuration) ?? 0]));
}
