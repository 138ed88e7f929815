import type { Context } from '../../core/context.ts';
import { notFound, validationError } from '../../core/errors.ts';
import { takePage } from '../../core/paging.ts';
import { defineResource, operation } from '../../core/resource.ts';
import { enumeration, string, structure } from '../../core/shape.ts';
import { type Instance, putInstance, type World } from '../../core/world.ts';
import { storeArn } from '../../services/identity-store/arns.ts';
import {
  hasPermissionSets,
  notForAccountInstances,
  onInstance,
  requireAccessibleInstance,
  requireInstance,
} from '../../services/sso-admin/instance.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { InstanceArn, ofInstance, paged } from '../../services/sso-admin/shapes.ts';

declare module '../../core/changes.ts' {
  interface Changes {
    'instance-updated': { instanceArn: string };
  }
}

const InstanceName = string({ min: 0, max: 255, pattern: '[\\w+=,.@-]+' });
const RegionName = string({ min: 1, max: 32, pattern: '([a-z]+-){2,3}\\d' });
const KmsKeyArn = string({
  min: 20,
  max: 2048,
  pattern:
    'arn:aws(-[a-z]{1,5}){0,3}:kms:([a-z]{2,}(-[a-z0-9]+)+){1}:[0-9]{12}:key/(mrk-[a-f0-9]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
});
const EncryptionConfiguration = structure(
  { KeyType: enumeration('AWS_OWNED_KMS_KEY', 'CUSTOMER_MANAGED_KEY') },
  { KmsKeyArn },
);

const operations = {
  ListInstances: operation(
    structure({}, paged),
    () => [],
    (context, input) => {
      const page = takePage(context, input, visibleInstances(context), (row) => row.InstanceArn);
      return { Instances: page.items.map((one) => describe(one, context.world)), ...page.next };
    },
  ),

  DescribeInstance: operation(structure(ofInstance), onInstance, (context, input) => {
    const instance = requireAccessibleInstance(context, input);
    const { KeyType, KmsKeyArn } = instance;
    return {
      ...describe(instance, context.world),
      EncryptionConfigurationDetails: { KeyType, KmsKeyArn, EncryptionStatus: 'ENABLED' },
      PermissionSetsEnabled: hasPermissionSets(instance),
    };
  }),

  UpdateInstance: operation(
    structure(ofInstance, {
      Name: InstanceName,
      EncryptionConfiguration,
      PermissionSetsEnabled: { type: 'boolean' },
    }),
    onInstance,
    (context, input) => {
      const { KmsKeyArn: oldKey, ...instance } = requireInstance(context, input);
      const { Name, EncryptionConfiguration, PermissionSetsEnabled } = input;
      checkPermissionSetsEnabled(PermissionSetsEnabled, instance.Kind, EncryptionConfiguration !== undefined);
      const KeyType = EncryptionConfiguration?.KeyType ?? instance.KeyType;
      const KmsKeyArn = EncryptionConfiguration ? EncryptionConfiguration.KmsKeyArn : oldKey;
      if ((KeyType === 'CUSTOMER_MANAGED_KEY') !== (KmsKeyArn !== undefined)) {
        throw validationError('KmsKeyArn is required for CUSTOMER_MANAGED_KEY and not allowed otherwise.');
      }
      putInstance(context.world, {
        ...instance,
        KeyType,
        ...(Name === undefined ? {} : { Name }),
        ...(KmsKeyArn === undefined ? {} : { KmsKeyArn }),
        ...(PermissionSetsEnabled === undefined ? {} : { PermissionSetsEnabled }),
      });
      context.report({ type: 'instance-updated', instanceArn: instance.InstanceArn });
      return {};
    },
  ),

  ListRegions: operation(structure(ofInstance, paged), onInstance, (context, input) => {
    const instance = requireAccessibleInstance(context, input);
    const page = takePage(context, input, regionsOf(instance), (region) => region.RegionName);
    return { Regions: page.items, ...page.next };
  }),

  DescribeRegion: operation(structure({ InstanceArn, RegionName }), onInstance, (context, input) => {
    const found = regionsOf(requireInstance(context, input)).find(({ RegionName }) => RegionName === input.RegionName);
    if (!found) throw notFound(`Could not find Region ${input.RegionName}`);
    return found;
  }),
};

export const instance = defineResource({
  service: ssoAdmin,
  operations,
  tagged({ world, report }, id) {
    const { instance } = world;
    if (id !== instance.InstanceArn) return undefined;
    return {
      tags: instance.Tags,
      store(Tags) {
        putInstance(world, { ...instance, Tags });
        report({ type: 'instance-updated', instanceArn: id });
      },
    };
  },
});

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
function visibleInstances({ world, regionRole, caller }: Context): Instance[] {
  const { instance } = world;
  const visible =
    regionRole !== 'other' && (instance.Kind === 'organization' || caller.accountId === instance.OwnerAccountId);
  return visible ? [instance] : [];
}

function describe(instance: Instance, world: World) {
  const { InstanceArn, IdentityStoreId, OwnerAccountId, Name, CreatedDate, Region } = instance;
  return {
    InstanceArn,
    IdentityStoreId,
    IdentityStoreArn: storeArn(world),
    OwnerAccountId,
    Name,
    CreatedDate,
    Status: 'ACTIVE',
    PrimaryRegion: Region,
    Regions: regionsOf(instance),
  };
}

/** The primary one first. */
function regionsOf({ Region, AdditionalRegions = [], CreatedDate }: Instance) {
  return [Region, ...AdditionalRegions].map((RegionName) => ({
    RegionName,
    Status: 'ACTIVE',
    AddedDate: CreatedDate,
    IsPrimaryRegion: RegionName === Region,
  }));
}
