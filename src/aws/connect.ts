import { Identitystore } from '@aws-sdk/client-identitystore';
import { Organizations } from '@aws-sdk/client-organizations';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { STS } from '@aws-sdk/client-sts';
import { findCaller } from './caller.ts';
import { findInstance } from './instance.ts';
import { isOutOfReach, readOrganization } from './organization.ts';
import { readPages } from './pages.ts';
import { createBucket } from './rate.ts';
import { createRequests, type Requests } from './requests.ts';
import { addRetries, type Patience } from './retry.ts';
import type { Surroundings } from './surroundings.ts';

/** All that a kind needs to talk to one instance. */
export interface Aws extends Surroundings {
  ssoAdmin: SSOAdmin;
  identityStore: Identitystore;
  organizations: Organizations;
  /** Every item of a paginated read. */
  pages: typeof readPages;
  /** False for an account where this caller can change nothing: one that is not active, or the management account. */
  canReach(account: string): boolean;
  /** Starts asynchronous requests within the service's limits, and waits for their end. */
  requests: Requests;
  /** Calls answered so far, by operation. */
  calls: Map<string, number>;
}

export interface ConnectOptions {
  region: string;
  /** A named AWS profile; the SDK's own chain where absent. */
  profile?: string;
  /** The pinned instance, to choose among several. */
  instanceArn?: string;
  /** The embedded Identity Center: no credentials of a person's, no quota to keep. */
  local?: { endpoint: string };
  /** False where SSO Admin calls go to an endpoint of their own and STS would still be the real one. */
  askCaller: boolean;
  /** One line for each answered call: the IAM action, the outcome, the milliseconds. */
  onCall?(line: string): void;
}

// The service's quotas in calls a second (user guide: "Quotas and limits"); Organizations publishes none.
const ssoAdminRate = 20;
const identityStoreRate = 20;
const organizationsRate = 10;

/**
 * Finds the instance in a region and all about it that a plan depends on.
 * Errors: a `ReportedError` for everything that a person can mend (credentials, region, rights, kind of instance).
 */
export async function connect(options: ConnectOptions): Promise<Aws> {
  const patience: Patience = options.local
    ? { backoffMs: 20, capMs: 500, busyMs: 20_000 }
    : { backoffMs: 300, capMs: 20_000, busyMs: 300_000 };
  const shared = {
    region: options.region,
    // Retries are our own: the SDK's know nothing of ConflictException and share a quota that gives up too soon.
    maxAttempts: 1,
    ...(options.profile !== undefined && { profile: options.profile }),
    ...(options.local && {
      endpoint: options.local.endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  };
  const clients = {
    ssoAdmin: new SSOAdmin(shared),
    identityStore: new Identitystore(shared),
    organizations: new Organizations(shared),
    sts: new STS(shared),
  };
  const calls = new Map<string, number>();
  const observe = { calls, ...(options.onCall && { onCall: options.onCall }) };
  const unlimited = options.local !== undefined;
  const collective = createBucket(unlimited ? Infinity : ssoAdminRate);
  const organizationsBucket = createBucket(unlimited ? Infinity : organizationsRate);
  const perOperation = new Map<string, ReturnType<typeof createBucket>>();
  const storeBucket = (operation: string) => {
    const bucket = perOperation.get(operation) ?? createBucket(unlimited ? Infinity : identityStoreRate);
    perOperation.set(operation, bucket);
    return bucket;
  };
  addRetries(clients.ssoAdmin.middlewareStack, { service: 'sso', bucket: () => collective, patience, ...observe });
  addRetries(clients.identityStore.middlewareStack, {
    service: 'identitystore',
    bucket: storeBucket,
    patience,
    ...observe,
  });
  addRetries(clients.organizations.middlewareStack, {
    service: 'organizations',
    bucket: () => organizationsBucket,
    patience,
    ...observe,
  });
  addRetries(clients.sts.middlewareStack, {
    service: 'sts',
    bucket: () => createBucket(Infinity),
    patience,
    ...observe,
  });

  const [instances, described, caller] = await Promise.all([
    readPages(
      (NextToken) => clients.ssoAdmin.listInstances({ MaxResults: 100, NextToken }),
      (page) => page.Instances,
    ),
    readOrganization(clients.organizations),
    options.askCaller ? findCaller(clients.sts) : undefined,
  ]);
  const instance = findInstance(instances, described, options);
  const organization = { ...described, managementAccountId: instance.managementAccountId ?? instance.ownerAccountId };
  return {
    ...clients,
    instance,
    organization,
    caller,
    pages: readPages,
    canReach: (account) => isOutOfReach(account, organization, caller) === undefined,
    requests: createRequests(
      clients.ssoAdmin,
      instance.arn,
      unlimited ? { firstMs: 15, capMs: 200 } : { firstMs: 500, capMs: 3000 },
    ),
    calls,
  };
}
