import type { UserAgent } from '@smithy/types';
import { version } from '../../core/version.ts';
import type { Limits } from './limits.ts';

/** Where calls go, and whose they are. */
export interface ClientChoice {
  region: string;
  /** A named AWS profile; the SDK's own chain where absent. */
  profile?: string;
  /** The embedded Identity Center: no credentials of a person's. */
  local?: { endpoint: string };
  /** Stands in the user agent of every call, and so in CloudTrail. */
  runId?: string;
}

export type ClientOptions = ReturnType<typeof clientOptions>;

/** What every client of the SDK is made with. */
export function clientOptions({ region, profile, local, runId }: ClientChoice, limits: Limits) {
  return {
    region,
    // Retries are our own: the SDK's know nothing of ConflictException and share a quota that gives up too soon.
    maxAttempts: 1,
    customUserAgent: [['idc', version], ...(runId === undefined ? [] : [['run', runId]])] as UserAgent,
    requestHandler: {
      // Of what is sent and no more answered; a call that waits for a free connection isn't meant.
      socketTimeout: limits.silenceMs,
      // On this machine a connection is refused or made; elsewhere packets can get lost.
      ...(!local && { connectionTimeout: limits.silenceMs }),
    },
    ...(profile !== undefined && { profile }),
    ...(local && {
      endpoint: local.endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  };
}
