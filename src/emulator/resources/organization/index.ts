import { takePage } from '../../core/paging.ts';
import { defineResource, operation } from '../../core/resource.ts';
import { structure } from '../../core/shape.ts';
import { arnOf, organizationArn } from '../../services/organizations/arns.ts';
import { organizations } from '../../services/organizations/service.ts';
import { pageSize, paged } from '../../services/organizations/shapes.ts';
import { describeAccount, requireAccount } from '../account/table.ts';

/** The organization and its root. */
export const organization = defineResource({
  service: organizations,
  operations: {
    DescribeOrganization: operation(
      structure({}),
      () => [],
      (context) => {
        const { world } = context;
        const { Id, ManagementAccountId } = world.organization;
        const management = describeAccount(context, requireAccount(context, ManagementAccountId));
        return {
          Organization: {
            Id,
            Arn: organizationArn(world),
            FeatureSet: 'ALL',
            MasterAccountArn: management.Arn,
            MasterAccountId: ManagementAccountId,
            MasterAccountEmail: management.Email,
            // Deprecated, and answered so all the same: every organization with all features has it.
            AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
          },
        };
      },
    ),

    ListRoots: operation(
      structure({}, paged),
      () => [],
      (context, input) => {
        const { world } = context;
        const { RootId } = world.organization;
        const root = { Id: RootId, Arn: arnOf(world, RootId), Name: 'Root', PolicyTypes: [] };
        const page = takePage(context, input, [root], ({ Id }) => Id, pageSize);
        return { Roots: page.items, ...page.next };
      },
    ),

    ListAWSServiceAccessForOrganization: operation(
      structure({}, paged),
      () => [],
      (context, input) => {
        const { CreatedDate } = context.world.organization;
        const enabled = { ServicePrincipal: 'sso.amazonaws.com', DateEnabled: CreatedDate };
        const page = takePage(context, input, [enabled], (row) => row.ServicePrincipal, pageSize);
        return { EnabledServicePrincipals: page.items, ...page.next };
      },
    ),
  },
  tagged({ world, report }, id) {
    if (id !== world.organization.RootId) return undefined;
    return {
      tags: world.organization.RootTags,
      store(RootTags) {
        world.organization = { ...world.organization, RootTags };
        world.writes++;
        report({ type: 'organizational-unit-updated', organizationalUnitId: id });
      },
    };
  },
});
