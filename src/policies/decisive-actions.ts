import type { Actions } from './actions.ts';
import { givingRights, makingRoles, raisingAnywhere, raisingInOrganization } from './raising-actions.ts';
import { roleRunners } from './role-runners.ts';

/** The actions that every set is asked for, by their numbers; -1 where the data lacks one. */
export interface DecisiveActions {
  createRoles: readonly number[];
  giveRights: readonly number[];
  assumeRole: number;
  passRole: number;
  assignAccess: number;
  raiseAnywhere: readonly number[];
  raiseInOrganization: readonly number[];
  /** By the service that a role is passed to. */
  runRoles: readonly (readonly [service: string, actions: readonly number[]])[];
}

export function decisiveActionsOf({ find }: Actions): DecisiveActions {
  const numberOf = (name: string): number => find(name) ?? -1;
  return {
    createRoles: makingRoles.map(numberOf),
    giveRights: givingRights.map(numberOf),
    assumeRole: numberOf('sts:AssumeRole'),
    passRole: numberOf('iam:PassRole'),
    assignAccess: numberOf('sso:CreateAccountAssignment'),
    raiseAnywhere: raisingAnywhere.map(numberOf),
    raiseInOrganization: raisingInOrganization.map(numberOf),
    runRoles: Object.entries(roleRunners).map(([service, actions]) => [service, actions.map(numberOf)]),
  };
}
