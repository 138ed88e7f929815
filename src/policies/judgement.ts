import { compareTexts } from '../core/compare-texts.ts';
import { type Administrator, administratorOf } from './administrator.ts';
import { countBits, hasBit, meet } from './bits.ts';
import { everythingBut } from './everything-but.ts';
import { type Held, knownVerdicts, mostHeld } from './held.ts';
import { type Raising, raisingOf } from './raising.ts';
import type { Data } from './statement.ts';

/** What guards, warnings and leads ask of a set: small, so that it can be kept for every set. */
export interface Judgement {
  administrator: Administrator;
  /** Gives out access by Identity Center, where it is administered. */
  restoresIdentityCenter: boolean;
  raising: Raising;
  /** The same where its policies of unknown content allow everything; absent where it has none. */
  mayRaise?: Raising;
  /** At least one action that writes or manages access, everywhere or in part. */
  writes: boolean;
  /** What it excepts from every action at every resource without a condition; undefined where it does not start from that. */
  everythingBut: string[] | undefined;
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
  const known = knownVerdicts(held, data);
  const mostly = mostHeld(held, data);
  const most = mostly === held ? known : knownVerdicts(mostly, data);
  const everywhere = countBits(known.everywhere);
  return {
    administrator: administratorOf(held, known, most, data),
    restoresIdentityCenter: hasBit(known.everywhere, data.decisive.assignAccess),
    raising: raisingOf(held, known, data),
    ...(mostly !== held && { mayRaise: raisingOf(mostly, most, data) }),
    writes: meet(known.atAll, data.writing),
    everythingBut: everywhere === data.actions.count ? [] : everythingBut(held),
    allowsNothing: countBits(most.atAll) === 0,
    everywhere,
    inPart: countBits(known.atAll) - everywhere,
    principalTags: tagsOf(held),
    unknown: [...held.unknownPolicies, ...(held.unknownBoundary === undefined ? [] : [held.unknownBoundary])],
  };
}

const tagsOf = ({ policies, boundary }: Held): string[] => {
  const tags = [...policies, ...(boundary ? [boundary] : [])].flatMap(({ principalTags }) => principalTags);
  return [...new Set(tags)].sort(compareTexts);
};
