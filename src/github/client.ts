import { Octokit } from '@octokit/rest';
import type { Clock } from '../core/clock.ts';
import { ReportedError } from '../core/errors.ts';
import { allowRequests } from './errors.ts';
import { brokenOff, waitBeforeRetry } from './retry.ts';
import type { GitHubSettings } from './settings.ts';

/** GitHub's own client, for one repository. */
export interface GitHub {
  rest: Octokit['rest'];
  paginate: Octokit['paginate'];
  /** For the parameters of every request. */
  at: { owner: string; repo: string };
  /** `owner/repo`. */
  repository: string;
  /** How many requests have been sent, also those that were repeated, and how many may be. */
  requests: { sent: number; most: number };
  clock: Clock;
}

export interface GitHubOptions extends GitHubSettings {
  version: string;
  clock: Clock;
}

const timeoutMs = 60_000;
/** What a body that is read as it is may hold. */
const largestFile = 10_000_000;

/** The one place that makes a client: it says who it is, gives up on silence, and repeats what is worth repeating. */
export function connectGitHub(options: GitHubOptions): GitHub {
  const { token, owner, repo, url, version, clock } = options;
  // Octokit logs every failed request to the console otherwise.
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const octokit = new Octokit({ auth: token, baseUrl: url, userAgent: `idc/${version}`, log, request: { log } });
  const requests = { sent: 0, most: Infinity };
  octokit.hook.wrap('request', async (request, parameters) => {
    for (let attempt = 0; ; attempt += 1) {
      allowRequests(requests, 1);
      requests.sent += 1;
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const response = await request({ ...parameters, request: { ...parameters.request, signal } });
        // Nothing is to follow.
        if (response.status === 204) return response;
        const data: unknown = response.data;
        if (data instanceof ReadableStream) return { ...response, data: await readAll(data) };
        // Octokit takes an answer that breaks off for an empty text, and that for an empty list.
        const isJson = typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer);
        if (!isJson) throw brokenOff('the answer breaks off, or is not JSON');
        return response;
      } catch (error) {
        const wait = waitBeforeRetry(error, parameters.method, attempt, clock.now().getTime());
        if (wait === undefined) throw withoutToken(error, token);
        await clock.sleep(wait);
      }
    }
  });
  const { rest, paginate } = octokit;
  return { rest, paginate, at: { owner, repo }, repository: `${owner}/${repo}`, requests, clock };
}

const ignore = (): void => {};

/** Some errors quote the header that was wrong. */
function withoutToken(error: unknown, token: string): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(token, '***');
  return error;
}

/** Bytes as they are: octokit would take them for a text and lose what is no UTF-8. */
async function readAll(stream: ReadableStream): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > largestFile) throw new ReportedError('file-too-large', 'is larger than 10 MB');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof ReportedError ? error : brokenOff(`the answer breaks off: ${String(error)}`);
  }
  return Buffer.concat(chunks);
}
