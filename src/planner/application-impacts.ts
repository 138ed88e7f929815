import { accessChanges } from '../access/impact.ts';
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
import type { PeopleLists } from '../core/reach.ts';
import { specsOf, stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import type { LiveState } from '../reconcile/state.ts';
import {
  applicationAssignment,
  applicationText,
  type ApplicationAssignmentSpec,
} from '../kinds/application-assignment/kind.ts';

/**
 * What the steps change about who can use which application, through groups too. The paths are those of permission sets, so
 * the search for them is the same: an application has its ARN where these have the account, and no permission set.
 */
export function applicationImpacts(live: LiveState, steps: readonly Step[], { elements }: AccessFacts): Hold[] {
  const own = stepsOf(applicationAssignment, steps);
  const deleted = new Set(own.flatMap(({ id, action }) => (action === 'delete' ? [id] : [])));
  const given = thingsOf(applicationAssignment, live).map(({ address, spec }) =>
    elementOf(address, deleted.has(address) ? 'deleted' : 'kept', spec),
  );
  const made = own.flatMap(({ id, action, after }) => (action === 'create' ? elementOf(id, 'created', after) : []));
  const memberships = elements.filter(({ grant }) => !grant);
  return touchedHolds({ elements: [...memberships, ...given.flat(), ...made] });
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
  const specs = [
    ...specsOf(applicationAssignment, live),
    ...stepsOf(applicationAssignment, steps).map(({ after }) => after),
  ];
  const names = new Map(specs.flatMap((spec) => (spec ? [[spec.application, applicationText(spec)]] : [])));
  const named = (changes: readonly AccessChange[]): ApplicationChange[] =>
    changes.flatMap(({ people: index, accounts }) =>
      accounts.map((arn) => ({ people: index, application: arn, name: names.get(arn) ?? arn })),
    );
  return { gained: named(gained), lost: named(lost) };
}
