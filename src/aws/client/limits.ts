/** How fast to call, how long to try again, and how often to look. Rates are calls a second, times milliseconds. */
export interface Limits {
  /** Collective over all operations of sso-admin. */
  ssoAdminRate: number;
  /** For each operation of the Identity Store. */
  identityStoreRate: number;
  organizationsRate: number;
  /** The first pause before another attempt; it doubles, with full jitter. */
  backoffMs: number;
  backoffCapMs: number;
  /** How long a connection may stay silent before its call counts as lost, and is repeated. */
  silenceMs: number;
  /** How long one of the service's hosts may be behind another, and not know what is new. */
  behindMs: number;
  /** How long a resource may stay busy. */
  busyMs: number;
  /** How long one call may be throttled. */
  throttledMs: number;
  /** How soon the first look at an asynchronous request comes, and how far the pauses grow. */
  pollMs: number;
  pollCapMs: number;
  /** The same for a provisioning that is alone under way: it takes longer, and each look at it is a call for it alone. */
  provisioningPollMs: number;
  provisioningPollCapMs: number;
  /** How long a request may take. */
  requestMs: number;
}

// Quotas of the user guide. Whether deletions count among the 15 is not documented, so they do here.
export const outstandingAssignments = 15;
export const concurrentProvisionings = 3;

/** By the service's quotas (user guide: "Quotas and limits in IAM Identity Center"); Organizations publishes no rate. */
export const serviceLimits: Limits = {
  ssoAdminRate: 20,
  identityStoreRate: 20,
  organizationsRate: 10,
  backoffMs: 300,
  backoffCapMs: 20_000,
  silenceMs: 30_000,
  behindMs: 15_000,
  busyMs: 300_000,
  throttledMs: 1_800_000,
  pollMs: 1000,
  pollCapMs: 3000,
  provisioningPollMs: 4000,
  provisioningPollCapMs: 8000,
  requestMs: 1_200_000,
};

/** For the embedded Identity Center, which keeps nobody waiting. */
export const localLimits: Limits = {
  ...serviceLimits,
  ssoAdminRate: Infinity,
  identityStoreRate: Infinity,
  organizationsRate: Infinity,
  backoffMs: 20,
  backoffCapMs: 500,
  behindMs: 1000,
  busyMs: 20_000,
  pollMs: 15,
  pollCapMs: 200,
  provisioningPollMs: 15,
  provisioningPollCapMs: 200,
};

/** Where AWS has raised the quotas of a client's account. */
export function withRate(limits: Limits, rate: number): Limits {
  return { ...limits, ssoAdminRate: rate, identityStoreRate: rate };
}
