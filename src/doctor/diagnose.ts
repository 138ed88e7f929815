import {
  checkStatuses,
  DIAGNOSIS_FORMAT_VERSION,
  type CheckResult,
  type Diagnosis,
  type Sight,
} from '../core/diagnosis.ts';
import type { Check } from './check.ts';
import type { Facts } from './facts.ts';
import { checks } from './index.ts';

/** Lets every check look at what has been seen: those of a file only where there is one. Pure. */
export function diagnose(facts: Facts): Diagnosis {
  const results = checks.flatMap((check) => {
    const sight = lookBy(check, facts);
    return sight === undefined ? [] : [resultOf(check, sight)];
  });
  const { instance, caller } = facts.connection.context ?? {};
  const count = (status: CheckResult['status']): number => results.filter((result) => result.status === status).length;
  return {
    formatVersion: DIAGNOSIS_FORMAT_VERSION,
    source: facts.source,
    ...(facts.file && { file: facts.file.path }),
    ...(instance && { instance }),
    ...(caller && { caller: { accountId: caller.accountId, arn: caller.arn } }),
    summary: Object.fromEntries(checkStatuses.map((status) => [status, count(status)])) as Diagnosis['summary'],
    checks: results,
  };
}

function resultOf({ name, why }: Check, { status, found, items = [], next = [] }: Sight): CheckResult {
  return { check: name, status, found, ...(status !== 'ok' && { why }), items, next };
}

/** Undefined for a check of a file where there is none. */
function lookBy(check: Check, facts: Facts): Sight | undefined {
  const { file, connection, unread } = facts;
  const { context } = connection;
  const isOfFile = check.of === 'file' || check.of === 'both';
  const isOfInstance = check.of === 'instance' || check.of === 'both';
  if (isOfFile && !file) return undefined;
  const reasons =
    isOfInstance && !context ? ['no instance was found'] : check.needs.flatMap((part) => unread.get(part) ?? []);
  if (reasons.length > 0) return { status: 'unknown', found: `Not looked at: ${[...new Set(reasons)].join('; ')}.` };
  switch (check.of) {
    case 'anything':
      return check.look(facts);
    case 'file':
      return file && check.look({ ...facts, file });
    case 'instance':
      return context && check.look({ ...facts, context });
    case 'both':
      return file && context && check.look({ ...facts, file, context });
  }
}
