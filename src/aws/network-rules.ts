import type {
  IdentitystoreClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-identitystore';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, StaticOperationSchema } from '@smithy/types';
import { ReportedError } from '../core/errors.ts';
import * as z from '../core/zod.ts';
import type { Aws } from './connect.ts';

/** From where an identity store answers, in the words of its API. Addresses are in CIDR notation. */
export type NetworkRules = z.infer<typeof networkRules>;

const texts = z._default(z.array(z.string()), []);
const networkRules = z.object({
  VpceAccessRequired: z.boolean(),
  ApiRestrictSourceVpcs: texts,
  ApiAllowSourceIps: texts,
  ScimAllowSourceIps: texts,
});
const answer = z.object({ NetworkConfiguration: z.optional(networkRules) });

/**
 * The network rules of the identity store; none restrict nothing. Undefined where AWS does not tell, for want of the right
 * (identitystore:DescribeIdentityStore) or because the rules themselves are in the way.
 */
export async function readNetworkRules({ identityStore, instance }: Aws): Promise<NetworkRules | undefined> {
  try {
    const found: unknown = await identityStore.send(
      new DescribeIdentityStoreCommand({ IdentityStoreId: instance.identityStoreId }),
    );
    return answer.parse(found).NetworkConfiguration ?? networkRules.parse({ VpceAccessRequired: false });
  } catch (error) {
    const isOfAws = error instanceof ReportedError || (error instanceof Error && '$fault' in error);
    if (isOfAws || error instanceof z.core.$ZodError) return undefined;
    throw error;
  }
}

// The SDK's client (3.1138) does not have this operation of the newest API model yet. It is told of it as of its own, by the
// schema of what goes in and out: signing, pace, retries and errors are those of every other call.
const namespace = 'com.amazonaws.identitystore';
const listOfTexts = 64;
const flag = 2;
const text = 0;
const builtIn = (name: string) => ({ type: 'builtInParams', name }) as const;

class DescribeIdentityStoreCommand extends makeBuilder<
  IdentitystoreClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>(
  {
    UseFIPS: builtIn('useFipsEndpoint'),
    Endpoint: builtIn('endpoint'),
    Region: builtIn('region'),
    UseDualStack: builtIn('useDualstackEndpoint'),
  },
  'AWSIdentityStore',
  'IdentitystoreClient',
  getEndpointPlugin,
)<{ IdentityStoreId: string }, MetadataBearer>({}, () => [], 'DescribeIdentityStore', [
  9,
  namespace,
  'DescribeIdentityStore',
  0,
  () => [3, namespace, 'DescribeIdentityStoreRequest', 0, ['IdentityStoreId'], [text], 1],
  () => [
    3,
    namespace,
    'DescribeIdentityStoreResponse',
    0,
    ['NetworkConfiguration'],
    [
      () => [
        3,
        namespace,
        'NetworkConfigurationDetails',
        0,
        ['VpceAccessRequired', 'ApiRestrictSourceVpcs', 'ApiAllowSourceIps', 'ScimAllowSourceIps'],
        [flag, listOfTexts, listOfTexts, listOfTexts],
      ],
    ],
  ],
] satisfies StaticOperationSchema) {}
