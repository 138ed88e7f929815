import { Identitystore } from '@aws-sdk/client-identitystore';
import { Organizations } from '@aws-sdk/client-organizations';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { STS } from '@aws-sdk/client-sts';
import type { MiddlewareStack } from '@smithy/types';
import type { Clock } from '../core/clock.ts';
import { findCaller } from './client/caller.ts';
import { clientOptions, type ClientChoice, type ClientOptions } from './client/client-options.ts';
import { findInstance, refuseReplica } from './instance.ts';
import { unlessDenied } from './client/denied.ts';
import { createFindOff, type FindOff } from './permission-sets-off.ts';
import { isOutOfReach, readOrganization } from './organization/accounts.ts';
import { createPollUntil, type PollUntil } from './client/poll-until.ts';
import { readPages } from './client/pages.ts';
import { localLimits, serviceLimits, type Limits } from './client/limits.ts';
import { createBucket, type Bucket } from './client/rate.ts';
import { createRequests, type Requests } from './requests/run.ts';
import { addRetries } from './client/retry.ts';
import type { WriteWatcher } from './client/writes.ts';
import type { AwsContext } from './context.ts';

/** All that a kind needs to talk to one instance. */
export interface Aws extends AwsContext {
  ssoAdmin: SSOAdmin;
  identityStore: Identitystore;
  organizations: Organizations;
  /** False where AWS did not say whether this is the home Region of the instance. */
  isHomeKnown: boolean;
  /** How assignments are to be read; absent: in the way that takes the fewest calls. */
  readStrategy?: ReadStrategy;
  /** For what can be read in another way too: undefined where AWS denies this one. */
  unlessDenied: typeof unlessDenied;
  /** Whether an error comes from permission sets that are switched off. */
  findOff: FindOff;
  /** Every item of a paginated read. */
  pages: typeof readPages;
  pollUntil: PollUntil;
  /** False for an account where this caller can change nothing: one that is not active, or the management account. */
  canReach(account: string): boolean;
  /** Starts asynchronous requests within the service's limits, and waits for their end. */
  requests: Requests;
  /** The revision of each user and group, by id, that the next change of it names; empty where the client knows of none. */
  revisions: Map<string, string>;
  limits: Limits;
  /** Calls answered so far, by operation. */
  calls: Map<string, number>;
  /** What a client of another service is made with: the same credentials and network settings. */
  clientOptions: SharedOptions;
  /**
   * Paces, counts and repeats the calls of such a client as those of the others.
   * @param service as IAM calls it
   * @param rate calls a second
   * @param attempts of a call that gets no answer, at most
   */
  observe<Input extends object, Output extends object>(
    stack: MiddlewareStack<Input, Output>,
    service: string,
    rate: number,
    attempts?: number,
  ): void;
}

/** With credentials that are found once for all clients. */
export type SharedOptions = Omit<ClientOptions, 'credentials'> & Pick<STS['config'], 'credentials'>;

/** A way to read all account assignments. Each gives the same, but by principal nobody sees orphans. */
export type ReadStrategy = 'permission-set' | 'account' | 'principal';

export interface ConnectOptions extends ClientChoice {
  /** The pinned instance, to choose among several. */
  instanceArn?: string;
  /** False where SSO Admin calls go to an endpoint of their own and STS would still be the real one. */
  askCaller: boolean;
  readStrategy?: ReadStrategy;
  /** By default that of the service's quotas, or of the embedded Identity Center. */
  limits?: Limits;
  clock: Clock;
  /** One line for each answered call: the IAM action, the outcome, the milliseconds. */
  onCall?(line: string): void;
  /** Hears of every write. */
  writes?: WriteWatcher;
}

/**
 * Finds the instance in a region and all about it that a plan depends on.
 * Errors: a `ReportedError` for everything that a person can mend (credentials, region, rights, kind of instance).
 */
export async function connect(options: ConnectOptions): Promise<Aws> {
  const limits = options.limits ?? (options.local ? localLimits : serviceLimits);
  const shared = clientOptions(options, limits);
  const sts = new STS(shared);
  // Found, assumed or renewed once for all: a client of its own would assume the role, or use up the renewal, once more.
  const { credentials } = sts.config;
  const clients = {
    ssoAdmin: new SSOAdmin({ ...shared, credentials }),
    identityStore: new Identitystore({ ...shared, credentials }),
    organizations: new Organizations({ ...shared, credentials }),
    sts,
  };
  const calls = new Map<string, number>();
  const { clock, onCall, writes } = options;
  const observe = { limits, clock, calls, ...(onCall && { onCall }), ...(writes && { writes }) };
  const collective = createBucket(limits.ssoAdminRate, clock);
  const organizationsBucket = createBucket(limits.organizationsRate, clock);
  const perOperation = new Map<string, Bucket>();
  const storeBucket = (operation: string): Bucket => {
    const bucket = perOperation.get(operation) ?? createBucket(limits.identityStoreRate, clock);
    perOperation.set(operation, bucket);
    return bucket;
  };
  const unlimited = createBucket(Infinity, clock);
  addRetries(clients.ssoAdmin.middlewareStack, { service: 'sso', bucket: () => collective, ...observe });
  addRetries(clients.identityStore.middlewareStack, {
    service: 'identitystore',
    bucket: storeBucket,
    ...observe,
  });
  addRetries(clients.organizations.middlewareStack, {
    service: 'organizations',
    bucket: () => organizationsBucket,
    ...observe,
  });
  addRetries(clients.sts.middlewareStack, { service: 'sts', bucket: () => unlimited, ...observe });

  const instances = await readPages(
    (NextToken) => clients.ssoAdmin.listInstances({ MaxResults: 100, NextToken }),
    (page) => page.Instances,
  );
  // Before anything else is asked, which a replica would refuse in words that don't tell why.
  refuseReplica(instances, options);
  const [described, caller] = await Promise.all([
    readOrganization(clients.organizations),
    options.askCaller ? findCaller(clients.sts) : undefined,
  ]);
  const { instance, isHomeKnown } = findInstance(instances, described, options);
  const findOff = createFindOff(clients.ssoAdmin, instance, described.managementAccountId !== undefined);
  const organization = { ...described, managementAccountId: instance.managementAccountId ?? instance.ownerAccountId };
  return {
    ...clients,
    instance,
    isHomeKnown,
    organization,
    caller,
    ...(options.readStrategy && { readStrategy: options.readStrategy }),
    pages: readPages,
    pollUntil: createPollUntil(limits, clock),
    unlessDenied,
    findOff,
    canReach: (account) => isOutOfReach(account, organization, caller) === undefined,
    requests: createRequests(clients.ssoAdmin, instance.arn, findOff, { limits, clock }),
    revisions: new Map(),
    limits,
    calls,
    clientOptions: { ...shared, credentials },
    observe(stack, service, rate, attempts) {
      const bucket = createBucket(options.local ? Infinity : rate, clock);
      addRetries(stack, { service, bucket: () => bucket, ...observe, ...(attempts !== undefined && { attempts }) });
    },
  };
}
