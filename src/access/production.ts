import type { AccountCriteria } from '../core/account-target.ts';
import { ReportedError } from '../core/errors.ts';
import type { AccessSide } from './side.ts';

/**
 * The accounts that fit criteria, active or not: 12-digit ids.
 * @param what asks for them, for the message.
 * Errors: a `ReportedError` for a unit that is not there, and where units or tags are not known.
 */
export function accountsThatFit({ accounts }: AccessSide, criteria: AccountCriteria, what: string): string[] {
  const { ids, inactive, problems } = accounts.select(criteria, []);
  const [problem] = problems;
  if (problem) throw new ReportedError(problem.code, `${what}: ${problem.message}`);
  return [...ids, ...inactive.map(({ id }) => id)];
}

/** The accounts of production, or why they are not known; undefined where the file declares none. */
export function productionOf(side: AccessSide): { accounts: string[] } | { problem: string } | undefined {
  const declared = side.file?.loaded.document.production;
  if (!declared) return undefined;
  try {
    return { accounts: accountsThatFit(side, declared, 'production') };
  } catch (error) {
    if (error instanceof ReportedError) return { problem: error.message };
    throw error;
  }
}
