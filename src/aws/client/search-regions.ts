import { SSOAdmin, type SSOAdminClientConfig } from '@aws-sdk/client-sso-admin';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { readPages } from './pages.ts';

/** An instance that a region lists. */
export interface FoundInstance {
  region: string;
  arn: string;
  ownerAccountId: string;
  /** Its primary region, where that region tells it. */
  home?: string;
}

export interface RegionSearch {
  asked: number;
  found: FoundInstance[];
  /** Regions that gave no answer, and why: most have no Identity Center, or are not enabled for the account. */
  silent: { region: string; why: string }[];
  /** Where all are one instance, its home, if AWS tells it: it may be replicated to several regions. */
  primary?: string;
}

/** Nobody waits long for a region that isn't there. */
const patienceMs = 4000;

/** A region that throttles is there, and asked again; one that gives no answer is not. */
class ThrottlesOnly extends ConfiguredRetryStrategy {
  override refreshRetryTokenForRetry(
    ...[token, error]: Parameters<ConfiguredRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    return error.errorType === 'THROTTLING'
      ? super.refreshRetryTokenForRetry(token, error)
      : Promise.reject(new Error('No other answer is worth another attempt.'));
  }
}

const attempts = 5;

/** Asks regions, all at once, which instances they have. Never fails: what gives no answer is silent. */
export async function searchRegions(regions: readonly string[], person: { profile?: string }): Promise<RegionSearch> {
  // One set of credentials for all: a profile may ask for a role, or a person, each time.
  const { credentials } = clientIn('us-east-1', person).config;
  const found: FoundInstance[] = [];
  const silent: RegionSearch['silent'] = [];
  await Promise.all(
    regions.map(async (region) => {
      const client = clientIn(region, { credentials });
      try {
        const instances = await readPages(
          (NextToken) => client.listInstances({ MaxResults: 100, NextToken }),
          (page) => page.Instances,
        );
        for (const { InstanceArn: arn = '', OwnerAccountId: ownerAccountId = '', PrimaryRegion: home } of instances) {
          found.push({ region, arn, ownerAccountId, ...(home !== undefined && { home }) });
        }
      } catch (error) {
        silent.push({ region, why: (error as Error).name });
      } finally {
        client.destroy();
      }
    }),
  );
  const byRegion = (a: { region: string }, b: { region: string }): number => (a.region < b.region ? -1 : 1);
  const [first] = found.sort(byRegion);
  const isOne = found.every(({ arn }) => arn === first?.arn);
  const primary =
    first && isOne
      ? (first.home ?? (await primaryRegion(clientIn(first.region, { credentials }), first.arn)))
      : undefined;
  return { asked: regions.length, found, silent: silent.sort(byRegion), ...(primary !== undefined && { primary }) };
}

/**
 * The region in which permission sets and assignments can be read and written: every region that the instance is replicated to
 * names it. Undefined where AWS does not tell, for want of the right (sso:ListRegions) too.
 */
export async function primaryRegion(
  ssoAdmin: Pick<SSOAdmin, 'listRegions'>,
  InstanceArn: string,
): Promise<string | undefined> {
  try {
    const regions = await readPages(
      (NextToken) => ssoAdmin.listRegions({ InstanceArn, MaxResults: 100, NextToken }),
      (page) => page.Regions,
    );
    return regions.find(({ IsPrimaryRegion }) => IsPrimaryRegion)?.RegionName;
  } catch {
    return undefined;
  }
}

function clientIn(
  region: string,
  { profile, credentials }: Pick<SSOAdminClientConfig, 'profile' | 'credentials'>,
): SSOAdmin {
  return new SSOAdmin({
    region,
    retryStrategy: new ThrottlesOnly(attempts, (attempt) => Math.random() * 500 * 2 ** attempt),
    requestHandler: { connectionTimeout: patienceMs, requestTimeout: patienceMs, throwOnRequestTimeout: true },
    ...(profile !== undefined && { profile }),
    ...(credentials && { credentials }),
  });
}
