import type { Context, Handlers } from '../context.ts';
import { notFound, validationError } from '../errors.ts';
import { takePage } from '../paging.ts';
import type { Instance } from '../rows.ts';
import { notForAccountInstances, requireInstance } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';

export const instances = {
  ListInstances(context, input) {
    const page = takePage(context, input, visibleInstances(context), (row) => row.InstanceArn);
    return { Instances: page.items.map(describe), ...page.next };
  },

  DescribeInstance(context, input) {
    const instance = requireInstance(context, input.InstanceArn);
    const { KeyType, KmsKeyArn, Kind } = instance;
    return {
      ...describe(instance),
      Regions: [regionOf(instance)],
      EncryptionConfigurationDetails: { KeyType, KmsKeyArn, EncryptionStatus: 'ENABLED' },
      PermissionSetsEnabled: Kind === 'organization',
    };
  },

  UpdateInstance(context, input) {
    const { KmsKeyArn: oldKey, ...instance } = requireInstance(context, input.InstanceArn);
    const { Name, EncryptionConfiguration, PermissionSetsEnabled } = input;
    checkPermissionSetsEnabled(PermissionSetsEnabled, instance.Kind, EncryptionConfiguration !== undefined);
    const KeyType = EncryptionConfiguration?.KeyType ?? instance.KeyType;
    const KmsKeyArn = EncryptionConfiguration ? EncryptionConfiguration.KmsKeyArn : oldKey;
    if ((KeyType === 'CUSTOMER_MANAGED_KEY') !== (KmsKeyArn !== undefined)) {
      throw validationError('KmsKeyArn is required for CUSTOMER_MANAGED_KEY and not allowed otherwise.');
    }
    context.world.instance = {
      ...instance,
      KeyType,
      ...(Name === undefined ? {} : { Name }),
      ...(KmsKeyArn === undefined ? {} : { KmsKeyArn }),
    };
    context.world.writes++;
    context.report({ type: 'instance-updated', instanceArn: instance.InstanceArn });
    return {};
  },

  ListRegions(context, input) {
    const instance = requireInstance(context, input.InstanceArn);
    const page = takePage(context, input, [instance], (row) => row.Region);
    return { Regions: page.items.map(regionOf), ...page.next };
  },

  DescribeRegion(context, input) {
    const instance = requireInstance(context, input.InstanceArn);
    if (input.RegionName !== instance.Region) throw notFound(`Could not find Region ${input.RegionName}`);
    return regionOf(instance);
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

/** API model: once enabled they stay so, and that is asked for in a call of its own. */
function checkPermissionSetsEnabled(
  wanted: boolean | undefined,
  kind: Instance['Kind'],
  withEncryption: boolean,
): void {
  if (wanted === undefined) return;
  if (!wanted) throw validationError('The only accepted value of PermissionSetsEnabled is true.');
  if (withEncryption)
    throw validationError('Set EncryptionConfiguration and PermissionSetsEnabled in separate requests.');
  if (kind === 'account') throw validationError(notForAccountInstances);
}

/** Other Regions list nothing; an account instance is seen by its own account alone. */
function visibleInstances({ world, atHome, caller }: Context): Instance[] {
  const { instance } = world;
  const visible = atHome && (instance.Kind === 'organization' || caller.accountId === instance.OwnerAccountId);
  return visible ? [instance] : [];
}

function describe({ InstanceArn, IdentityStoreId, OwnerAccountId, Name, CreatedDate }: Instance) {
  return { InstanceArn, IdentityStoreId, OwnerAccountId, Name, CreatedDate, Status: 'ACTIVE' };
}

/** The emulated instance isn't replicated: its home Region is its only one. */
function regionOf({ Region, CreatedDate }: Instance) {
  return { RegionName: Region, Status: 'ACTIVE', AddedDate: CreatedDate, IsPrimaryRegion: true };
}
