import type { Context } from '../../core/context.ts';
import { takePage } from '../../core/paging.ts';
import { defineResource, operation } from '../../core/resource.ts';
import { list, string, structure } from '../../core/shape.ts';
import { putInstance } from '../../core/world.ts';
import { storeArn } from '../../services/identity-store/arns.ts';
import { identityStore as service } from '../../services/identity-store/service.ts';
import { IdentityStoreId, paged } from '../../services/identity-store/shapes.ts';
import { requireStore } from '../../services/identity-store/store.ts';

const octet = '([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])';
const group = '[0-9a-fA-F]{1,4}';
const ipv6 = [
  `(${group}:){7}${group}`,
  `(${group}:){1,7}:`,
  `(${group}:){1,6}:${group}`,
  `(${group}:){1,5}(:${group}){1,2}`,
  `(${group}:){1,4}(:${group}){1,3}`,
  `(${group}:){1,3}(:${group}){1,4}`,
  `(${group}:){1,2}(:${group}){1,5}`,
  `${group}:(:${group}){1,6}`,
  `:((:${group}){1,7}|:)`,
].join('|');
const Cidr = string({
  min: 2,
  max: 43,
  pattern: `((${octet}\\.){3}${octet}(\\/(3[0-2]|[1-2][0-9]|[0-9]))?|(${ipv6})(\\/(12[0-8]|1[0-1][0-9]|[1-9][0-9]|[0-9]))?)`,
});
const Cidrs = list(Cidr, { min: 1, max: 50 });
const VpcIds = list(string({ min: 12, max: 21, pattern: 'vpc-([0-9a-f]){8}(([0-9a-f]){9})?' }), { min: 1, max: 50 });
const NetworkConfiguration = structure(
  { VpceAccessRequired: { type: 'boolean' } },
  { ApiRestrictSourceVpcs: VpcIds, ApiAllowSourceIps: Cidrs, ScimAllowSourceIps: Cidrs },
);

const onStore = (_input: object, { world }: Context): string[] => [storeArn(world)];

const operations = {
  ListIdentityStores: operation(
    structure({}, paged),
    () => [],
    (context, input) => {
      const isHere = context.regionRole !== 'other';
      const page = takePage(context, input, isHere ? [namesOf(context)] : [], (row) => row.IdentityStoreId);
      return { IdentityStores: page.items, ...page.next };
    },
  ),

  DescribeIdentityStore: operation(structure({ IdentityStoreId }), onStore, (context, input) => {
    requireStore(context, input.IdentityStoreId);
    const { NetworkConfiguration } = context.world.instance;
    return { ...namesOf(context), ...(NetworkConfiguration && { NetworkConfiguration }) };
  }),

  UpdateIdentityStore: operation(
    structure({ IdentityStoreId }, { NetworkConfiguration }),
    onStore,
    (context, input) => {
      requireStore(context, input.IdentityStoreId);
      const { world } = context;
      // API model: the whole is replaced, and what is left out is cleared.
      const { NetworkConfiguration } = input;
      if (NetworkConfiguration) putInstance(world, { ...world.instance, NetworkConfiguration });
      context.report({ type: 'instance-updated', instanceArn: world.instance.InstanceArn });
      return namesOf(context);
    },
  ),
};

const namesOf = ({ world }: Context) => ({
  IdentityStoreId: world.instance.IdentityStoreId,
  IdentityStoreArn: storeArn(world),
});

export const identityStore = defineResource({ service, operations });
