/** What octokit throws: an answer that is an error, or (with status 500 and no `response`) no answer at all. */
export interface RequestFailure extends Error {
  status: number;
  response?: { headers: Record<string, string | number | undefined>; data?: unknown };
}

export function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}

/** For an answer that did not arrive as a whole. */
export function brokenOff(reason: string): RequestFailure {
  return Object.assign(new Error(reason), { name: 'HttpError', status: 500 });
}

/** The request may have been carried out, though nobody was told. */
export function isLost(error: unknown): boolean {
  return isRequestFailure(error) && error.status >= 500;
}

/** GitHub asks to slow down: the quota of the hour is used up, or there were too many requests in a short time. */
export function isRateLimit({ status, message, response }: RequestFailure): boolean {
  if (status === 429) return true;
  const headers = response?.headers ?? {};
  return (
    status === 403 &&
    (headers['retry-after'] !== undefined ||
      String(headers['x-ratelimit-remaining']) === '0' ||
      /secondary rate limit|abuse detection/i.test(message))
  );
}

const attempts = 5;
// A job costs money while it waits; what takes longer is better run again later.
const longestWaitMs = 5 * 60_000;

/**
 * How long to wait before the request is sent again, in milliseconds; undefined where it is not sent again. A request that
 * creates something is not repeated where it may have succeeded: whoever creates looks first (create-once.ts).
 * @param attempt how often it has been sent, less one.
 * @param now milliseconds since 1970, which the end of a rate limit is told in.
 */
export function waitBeforeRetry(error: unknown, method: string, attempt: number, now: number): number | undefined {
  if (!isRequestFailure(error) || attempt + 1 >= attempts) return undefined;
  const limited = isRateLimit(error);
  if (!limited && (!isLost(error) || method === 'POST')) return undefined;
  const wait = askedWait(error, now) ?? (limited ? 60_000 : 1000) * 2 ** attempt;
  return wait <= longestWaitMs ? wait : undefined;
}

function askedWait({ response }: RequestFailure, now: number): number | undefined {
  const headers = response?.headers ?? {};
  const seconds = headers['retry-after'];
  if (seconds !== undefined && /^\d+$/.test(String(seconds))) return Number(seconds) * 1000;
  if (String(headers['x-ratelimit-remaining']) !== '0') return undefined;
  const reset = Number(headers['x-ratelimit-reset']);
  return Number.isFinite(reset) ? Math.max(0, reset * 1000 - now) : undefined;
}
