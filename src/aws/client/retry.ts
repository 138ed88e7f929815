import type { MiddlewareStack } from '@smithy/types';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { Clock } from '../../core/clock.ts';
import type { Limits } from './limits.ts';
import type { Bucket } from './rate.ts';
import { explainAwsError } from './errors.ts';
import { idsOf, isWrite, type WriteWatcher } from './writes.ts';

interface Observed {
  service: string;
  bucket(operation: string): Bucket;
  /** Of a call that gets no answer, or one of a server's trouble, at most. */
  attempts?: number;
  limits: Limits;
  clock: Clock;
  calls: Map<string, number>;
  onCall?(line: string): void;
  writes?: WriteWatcher;
}

type Failure = Parameters<typeof isThrottlingError>[0] & {
  Reason?: string;
  code?: string;
  /** Of the Identity Store's errors. */
  RetryAfterSeconds?: number;
  $response?: { headers?: Record<string, string> };
};

/**
 * Paces, counts and repeats every call of a client. The SDK's own retries give up after three attempts and never repeat a
 * ConflictException, which AWS's models recommend. A retry strategy for the SDK is not told the operation, which decides the
 * pace and whether another attempt is worth it: it would need a middleware on either side of it.
 */
export function addRetries<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  { service, bucket, attempts = 8, limits, clock, calls, onCall, writes }: Observed,
): void {
  stack.add(
    (next, context) => async (args) => {
      const operation = String(context['commandName']).replace(/Command$/, '');
      const action = `${service}:${operation}`;
      const startedAt = clock.elapsed();
      for (let attempt = 1; ; attempt += 1) {
        const left = await bucket(operation).take();
        calls.set(action, (calls.get(action) ?? 0) + 1);
        const watched = writes && isWrite(operation) ? { action, input: args.input, attempt } : undefined;
        if (watched) writes?.before(watched);
        const sentAt = clock.elapsed();
        try {
          const answer = await next(args);
          onCall?.(`${action} ok ${Math.round(clock.elapsed() - sentAt)} ms`);
          if (watched) writes?.after({ ...watched, outcome: 'ok', isAnswered: true, ...idsOf(answer.output) });
          return answer;
        } catch (thrown) {
          const error = thrown as Failure;
          onCall?.(`${action} ${error.name} ${Math.round(clock.elapsed() - sentAt)} ms`);
          if (watched) {
            const { name, message, $fault } = error;
            writes?.after({ ...watched, outcome: name, message, isAnswered: $fault === 'client', ...idsOf(error) });
          }
          if (isThrottlingError(error) && !saysTooManyAtWork(error)) bucket(operation).throttled(left);
          const elapsed = clock.elapsed() - startedAt;
          if (
            isAboutRevision(error, args.input) ||
            !worthAnother(error, operation, { attempt, attempts }, elapsed, limits)
          ) {
            throw explainAwsError(error, action);
          }
          await clock.sleep(pauseAfter(error, attempt, limits));
        }
      }
    },
    { step: 'initialize', name: 'paceAndRetry', priority: 'high' },
  );
}

/**
 * Full jitter, so that those who failed together do not come back together; but no sooner than the service asks for.
 * @returns milliseconds
 */
function pauseAfter(error: Failure, attempt: number, { backoffMs, backoffCapMs }: Limits): number {
  const asked = Number(error.RetryAfterSeconds ?? error.$response?.headers?.['retry-after'] ?? 0) * 1000;
  const drawn = Math.random() * Math.min(backoffCapMs, backoffMs * 2 ** attempt);
  return Math.max(drawn, Math.min(backoffCapMs, asked || 0));
}

/** @param elapsed milliseconds since the first attempt. */
function worthAnother(
  error: Failure,
  operation: string,
  { attempt, attempts }: { attempt: number; attempts: number },
  elapsed: number,
  { behindMs, busyMs, throttledMs }: Limits,
): boolean {
  if (error.Reason?.startsWith('KMS_')) return false;
  if (error.name === 'ConflictException') return !saysItExists(error, operation) && elapsed < busyMs;
  // A principal or a set made a moment ago may not have reached the host that is asked.
  if (error.name === 'ResourceNotFoundException') return isAboutNewThings(operation) && elapsed < behindMs;
  // A throttle takes time and nothing else, so it ends a run only where nothing else comes for very long.
  if (isThrottlingError(error)) return elapsed < throttledMs;
  if (['ECONNREFUSED', 'ENOTFOUND'].includes(error.code ?? '')) return attempt < 3;
  return (isTransientError(error) || isServerError(error)) && attempt < attempts;
}

/**
 * Writes that refer to what may have been made a moment ago, and reads of what a conflict has just said to exist: all
 * others find what they read by listing it.
 */
const isAboutNewThings = (operation: string): boolean =>
  /^(Attach|Put|Create(GroupMembership|AccountAssignment|ApplicationAssignment)|Get(User|Group|GroupMembership)Id$|Describe(User|Group|ApplicationAssignment)$)/.test(
    operation,
  );

/** ConflictException says "busy" and "exists"; only the second is final, and only for what creates or attaches. */
function saysItExists(error: Failure, operation: string): boolean {
  if (!/^(Create|Attach|Update)/.test(operation) || operation === 'CreateAccountAssignment') return false;
  if (error.Reason !== undefined) return error.Reason === 'UNIQUENESS_CONSTRAINT_VIOLATION';
  return /already|duplicate|exists/i.test(error.message);
}

/** Sent again as it is, a change that names a revision would meet the same conflict. */
const isAboutRevision = (error: Failure, input: object): boolean =>
  error.name === 'ConflictException' && 'Revision' in input;

/** The other throttle: not too many calls, but too many assignment requests at work at once, of ours or of others. */
const saysTooManyAtWork = ({ message }: Failure): boolean => /too many requests processing/i.test(message);
