import { accessChanges } from '../access/impact.ts';
import { holdings } from '../access/holdings.ts';
import { touchedHolds, type Hold } from '../access/ways.ts';
import type {
  AccessChange,
  AccessElement,
  AccessFacts,
  JudgedFacts,
  AccessImpact,
  ApplicationChange,
} from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import type { PeopleLists } from '../core/reach.ts';
import { specsOf, stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import { joinWords } from '../core/words.ts';
import type { LiveState } from '../reconcile/state.ts';
import type { Touched } from './base/longer-access.ts';
import {
  applicationAssignment,
  applicationText,
  type ApplicationAssignmentSpec,
} from '../kinds/application-assignment/kind.ts';

/**
 * What the steps change about who can use which application, through groups too. The paths are those of permission sets, so
 * the search for them is the same: an application has its ARN where these have the account, and no permission set.
 */
export const applicationImpacts = (live: LiveState, steps: readonly Step[], facts: Facts): Hold[] =>
  touchedHolds({ elements: applicationElements(live, steps, facts) });

/** The same, with how an application is called. */
export function touchedApplications(live: LiveState, steps: readonly Step[], facts: Facts): Touched {
  const names = applicationNames(live, steps);
  return {
    holds: applicationImpacts(live, steps, facts),
    nameOf: ({ accounts }) => `the application ${joinWords(accounts.map((arn) => names.get(arn) ?? arn))}`,
  };
}

/** The names of the applications that users may use after the plan, sorted, by the key of the user. */
export function applicationsHeld(
  live: LiveState,
  steps: readonly Step[],
  facts: Facts,
  users: ReadonlySet<string>,
): Map<string, string[]> {
  const names = applicationNames(live, steps);
  const held = holdings({ elements: applicationElements(live, steps, facts) }, 'after', { users });
  const nameOf = (arn: string): string => names.get(arn) ?? arn;
  return new Map(
    [...groupBy(held, ({ user }) => user)].map(([user, list]) => [
      user,
      list.map(({ account }) => nameOf(account)).sort(),
    ]),
  );
}

type Facts = Pick<AccessFacts, 'elements'>;

function applicationElements(live: LiveState, steps: readonly Step[], { elements }: Facts): AccessElement[] {
  const own = stepsOf(applicationAssignment, steps);
  const deleted = new Set(own.flatMap(({ id, action }) => (action === 'delete' ? [id] : [])));
  const given = thingsOf(applicationAssignment, live).map(({ address, spec }) =>
    elementOf(address, deleted.has(address) ? 'deleted' : 'kept', spec),
  );
  const made = own.flatMap(({ id, action, after }) => (action === 'create' ? elementOf(id, 'created', after) : []));
  const memberships = elements.filter(({ grant }) => !grant);
  return [...memberships, ...given.flat(), ...made];
}

function elementOf(address: string, status: AccessElement['status'], spec: ApplicationAssignmentSpec): AccessElement[] {
  const { principalType, principal, application, orphanId } = spec;
  if (orphanId !== undefined) return [];
  const holder = principalType === 'USER' ? { user: subjectKey('user', principal) } : { group: principal };
  return [{ address, step: address, status, ...holder, grant: { account: application, permissionSet: '' } }];
}

/** Who gains and who loses which application by the steps. */
export function applicationChanges(
  live: LiveState,
  steps: readonly Step[],
  facts: JudgedFacts,
  people: PeopleLists,
): AccessImpact['applications'] {
  const { gained, lost } = accessChanges(facts, applicationImpacts(live, steps, facts), people);
  if (gained.length + lost.length === 0) return { gained: [], lost: [] };
  const names = applicationNames(live, steps);
  const named = (changes: readonly AccessChange[]): ApplicationChange[] =>
    changes.flatMap(({ people: index, accounts }) =>
      accounts.map((arn) => ({ people: index, application: arn, name: names.get(arn) ?? arn })),
    );
  return { gained: named(gained), lost: named(lost) };
}

/** By ARN. */
function applicationNames(live: LiveState, steps: readonly Step[]): Map<string, string> {
  const specs = [
    ...specsOf(applicationAssignment, live),
    ...stepsOf(applicationAssignment, steps).map(({ after }) => after),
  ];
  return new Map(specs.flatMap((spec) => (spec ? [[spec.application, applicationText(spec)]] : [])));
}
