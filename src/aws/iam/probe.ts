import type { Optional, Rights } from '../../core/rights.ts';
import type { Answers } from '../client/watch-answers.ts';
import type { Aws } from '../connect.ts';
import { connectionRights } from './actions.ts';

/** What came of the reads that a plan needs. */
export interface ReadRights {
  /** IAM actions that AWS denies, and its words. */
  denied: { action: string; message: string }[];
  /** IAM actions that nothing there is could be tried on. */
  untried: string[];
}

interface Reads {
  rights: Rights<Aws>;
}

/** The reads without which most plans can be made all the same, by action. */
export const optionalReads = (kinds: readonly Reads[]): Readonly<Record<string, Optional>> =>
  Object.assign(
    {},
    ...[connectionRights, ...kinds.map(({ rights }) => rights)].map(({ optional }) => optional),
  ) as Record<string, Optional>;

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
): Promise<ReadRights> {
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
