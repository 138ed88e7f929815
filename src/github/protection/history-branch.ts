import { historyBranch } from '../../core/apply-record.ts';
import type { GitHub } from '../client.ts';
import { answerUnless, asking } from '../errors.ts';
import { readBranch, type BranchState, type Guard } from './branch.ts';
import type { Change, Finding } from './finding.ts';
import { findOwnRuleset, writeRuleset } from './ruleset.ts';
import { seeing, unseen } from './seen.ts';

// The branch with the history of applies: only the job that records them adds to it, and nothing takes from it.

const name = 'idc: history';
const ref = `refs/heads/${historyBranch}`;
const about = `branch ${historyBranch}`;

/**
 * The rules of the branch; undefined where there is no such branch and none is wanted.
 * @param isWanted the workflows keep a history.
 */
export async function readHistoryBranch(gitHub: GitHub, isWanted: boolean): Promise<BranchState | undefined> {
  const { rest, at } = gitHub;
  const request = seeing(answerUnless([404], rest.repos.getBranch({ ...at, branch: historyBranch })));
  const found = isWanted || (await asking(`the ${about}`, 'contents: read', request));
  return found === undefined || found === unseen ? undefined : readBranch(gitHub, historyBranch);
}

/** Nothing where there is no history, or the plan at GitHub has no rules: of the default branch that is said already. */
export function judgeHistoryBranch(state: BranchState | undefined): Finding[] {
  if (!state || state.isPlanLimited) return [];
  const { rulesets, classic } = state;
  const guards = [...rulesets, ...(classic === unseen || classic === undefined ? [] : [classic])];
  const one = (check: string, what: string, isMet: (guard: Guard) => boolean): Finding =>
    guards.some(isMet)
      ? { check, about, verdict: 'right', message: `it cannot be ${what}` }
      : { check, about, verdict: 'weaker', message: `it can be ${what}`, fix: 'run `idc github setup`' };
  const findings = [
    one('force-push', 'force-pushed', ({ forbidsForcePush }) => forbidsForcePush),
    one('deletion', 'deleted', ({ forbidsDeletion }) => forbidsDeletion),
  ];
  if (!guards.some(({ pullRequest, checks }) => pullRequest !== undefined || checks.length > 0)) return findings;
  const message = 'a rule asks for a pull request or a status check, so the job `history` cannot add to it';
  return [
    ...findings,
    { check: 'history-push', about, verdict: 'weaker', message, fix: `exclude ${historyBranch} from that rule` },
  ];
}

/** Makes the ruleset, or mends it; nothing where the rulesets forbid both already. */
export async function mendHistoryBranch(gitHub: GitHub, state: BranchState | undefined): Promise<Change[]> {
  if (!state || state.isPlanLimited) return [];
  const strict = state.rulesets.filter(({ isBypassed }) => isBypassed !== true);
  const lacks: [isThere: boolean, line: string][] = [
    [strict.some(({ forbidsForcePush }) => forbidsForcePush), `forbid force pushes of ${historyBranch}`],
    [strict.some(({ forbidsDeletion }) => forbidsDeletion), `forbid the deletion of ${historyBranch}`],
  ];
  const lines = lacks.flatMap(([isThere, line]) => (isThere ? [] : [line]));
  if (lines.length === 0) return [];
  const own = await findOwnRuleset(gitHub, name);
  const wanted = [{ type: 'deletion' }, { type: 'non_fast_forward' }];
  const others = (own?.rules ?? []).filter(({ type }) => wanted.every((rule) => rule.type !== type));
  return [writeRuleset(gitHub, own, { name, ref, rules: [...others, ...wanted] }, lines)];
}
