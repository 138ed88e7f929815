import type { Optional, Rights } from '../../core/rights.ts';
import type { Answers } from '../client/watch-answers.ts';
import type { Aws } from '../connect.ts';
import { connectionRights } from './actions.ts';

/** What came of the reads that a plan needs. */
export interface ProbedRights {
  /** IAM actions that AWS denies, and its words. */
  denied: { action: string; message: string }[];
  /** IAM actions that nothing there is could be tried on. */
  untried: string[];
}

interface Reads {
  rights: Rights<Aws>;
}

/** Why most plans can be made without a read. */
export interface OptionalRead {
  /** Other calls tell the same. */
  isReplaceable?: true;
  /** Those that need it, as a sentence goes on. */
  plans?: string;
  /** Only a file that has this section needs it. */
  section?: string;
}

/** The reads without which most plans can be made all the same, by action. */
export function optionalReads(
  kinds: readonly (Reads & { section: { name: string } })[],
): ReadonlyMap<string, OptionalRead> {
  const describe = (need: Optional, section: string): OptionalRead => {
    if (need === 'replaceable') return { isReplaceable: true };
    return need === 'section' ? { plans: `those of files with ${section}`, section } : need;
  };
  return new Map(
    [{ rights: connectionRights, section: { name: '' } }, ...kinds].flatMap(({ rights: { optional = {} }, section }) =>
      Object.entries(optional).map(([action, need]) => [action, describe(need, section.name)] as const),
    ),
  );
}

/**
 * Tries every read that a plan may need and that has not been called yet, each by its cheapest call. Never fails: what goes
 * wrong in another way than by a denial is untried.
 * @param idOf the id of something live, by kind
 */
export async function tryReads(
  kinds: readonly Reads[],
  aws: Aws,
  answers: Answers,
  idOf: (kind: string) => string | undefined,
): Promise<ProbedRights> {
  const all: Rights<Aws>[] = [connectionRights, ...kinds.map(({ rights }) => rights)];
  const actions = new Set(
    all.flatMap(({ read, tells }) =>
      read
        .flatMap((right) => right.actions)
        .filter((action) => isJudged(action, answers) && (tells?.(action, aws) ?? true)),
    ),
  );
  const probes = new Map(all.flatMap((rights) => Object.entries(rights.probes ?? {})));
  const uncalled = [...actions].filter((action) => !answers.has(action));
  await Promise.allSettled(uncalled.map(async (action) => probes.get(action)?.(aws, idOf)));
  return {
    denied: [...actions].flatMap((action) => {
      const answer = answers.get(action);
      return answer === undefined || answer === true ? [] : [{ action, message: answer.denied }];
    }),
    untried: [...actions].filter((action) => !answers.has(action)),
  };
}

/** Without the first there is no instance. Of Organizations, what the targets of the file need has been called by now. */
const isJudged = (action: string, answers: Answers): boolean =>
  action !== 'sso:ListInstances' && (!action.startsWith('organizations:') || answers.has(action));
