import { type Administrator, administratorOf } from './administrator.ts';
import { type Held, knownVerdicts, mostVerdicts } from './held.ts';
import { principalTags } from './principal-tags.ts';
import { type Raising, raisingOf } from './raising.ts';
import type { Data } from './statement.ts';
import { verdict } from './verdicts.ts';

/** What guards, warnings and leads ask of a set: small, so that it can be kept for every set. */
export interface Judgement {
  administrator: Administrator;
  /** Gives out access by Identity Center, where it is administered. */
  restoresIdentityCenter: boolean;
  raising: Raising;
  /** At least one action that writes or manages access, everywhere or in part. */
  writes: boolean;
  /** Every action at every resource, without a condition. */
  allowsEverything: boolean;
  /** Not one action, whatever the policies of unknown content have. */
  allowsNothing: boolean;
  /** Actions that are allowed at every resource without a condition, and in part. */
  everywhere: number;
  inPart: number;
  /** The keys of aws:PrincipalTag that its policies ask for, in small letters. */
  principalTags: string[];
  /** Policies that may allow or deny anything, and a boundary like that. */
  unknown: string[];
}

export function judge(held: Held, data: Data): Judgement {
  const { actions, classes } = data;
  const known = knownVerdicts(held, data);
  const most = held.unknownPolicies.length > 0 ? mostVerdicts(held, data) : known;
  const allowed = known.actions();
  const everywhere = allowed.filter((action) => known.allowed(action) === verdict.everywhere).length;
  return {
    administrator: administratorOf(held, known, most, actions),
    restoresIdentityCenter: known.allowed(actions.find('sso:CreateAccountAssignment') ?? -1) === verdict.everywhere,
    raising: raisingOf(held, known, data),
    writes: allowed.some((action) => classes[action] === 'manageAccess' || classes[action] === 'write'),
    allowsEverything: everywhere === actions.count,
    allowsNothing: most.actions().length === 0,
    everywhere,
    inPart: allowed.length - everywhere,
    principalTags: principalTags(held),
    unknown: [...held.unknownPolicies, ...(held.unknownBoundary === undefined ? [] : [held.unknownBoundary])],
  };
}
