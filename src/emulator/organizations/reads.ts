import type { Handlers } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { takePage, takeRows } from '../paging.ts';
import { describeAccount, describeUnit, organizationArn, requireAccount, requireParent, rootArn } from './find.ts';
import type { organizationsShapes } from './shapes.ts';

const pageSize = 20;
const servicePrincipal = 'sso.amazonaws.com';

export const reads = {
  DescribeOrganization(context) {
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
        AvailablePolicyTypes: [],
      },
    };
  },

  ListRoots(context, input) {
    const { world } = context;
    const root = { Id: world.organization.RootId, Arn: rootArn(world), Name: 'Root', PolicyTypes: [] };
    const page = takePage(context, input, [root], ({ Id }) => Id, pageSize);
    return { Roots: page.items, ...page.next };
  },

  ListOrganizationalUnitsForParent(context, input) {
    const { organizationalUnits } = context.world;
    requireParent(context, input.ParentId);
    const rows = organizationalUnits.by('parent', input.ParentId);
    const page = takeRows(context, input, rows, organizationalUnits, pageSize);
    return { OrganizationalUnits: page.items.map((unit) => describeUnit(context, unit)), ...page.next };
  },

  ListAccounts(context, input) {
    const { accounts } = context.world;
    const page = takeRows(context, input, accounts.rows(), accounts, pageSize);
    return { Accounts: page.items.map((account) => describeAccount(context, account)), ...page.next };
  },

  ListAccountsForParent(context, input) {
    const { accounts } = context.world;
    requireParent(context, input.ParentId);
    const page = takeRows(context, input, accounts.by('parent', input.ParentId), accounts, pageSize);
    return { Accounts: page.items.map((account) => describeAccount(context, account)), ...page.next };
  },

  ListChildren(context, input) {
    const { ParentId, ChildType } = input;
    requireParent(context, ParentId);
    const { accounts, organizationalUnits } = context.world;
    const page =
      ChildType === 'ACCOUNT'
        ? takeRows(context, input, accounts.by('parent', ParentId), accounts, pageSize)
        : takeRows(context, input, organizationalUnits.by('parent', ParentId), organizationalUnits, pageSize);
    return { Children: page.items.map(({ Id }) => ({ Id, Type: ChildType })), ...page.next };
  },

  ListParents(context, input) {
    const { world } = context;
    const child = world.accounts.get(input.ChildId) ?? world.organizationalUnits.get(input.ChildId);
    if (!child) {
      throw new ServiceError('ChildNotFoundException', "You specified a child that doesn't exist.");
    }
    const Id = child.ParentId;
    const parent = { Id, Type: Id === world.organization.RootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
    const page = takePage(context, input, [parent], (row) => row.Id, pageSize);
    return { Parents: page.items, ...page.next };
  },

  DescribeAccount(context, input) {
    return { Account: describeAccount(context, requireAccount(context, input.AccountId)) };
  },

  DescribeOrganizationalUnit(context, input) {
    const unit = context.world.organizationalUnits.get(input.OrganizationalUnitId);
    if (!unit) {
      throw new ServiceError(
        'OrganizationalUnitNotFoundException',
        "You specified an organizational unit that doesn't exist.",
      );
    }
    return { OrganizationalUnit: describeUnit(context, unit) };
  },

  ListDelegatedAdministrators(context, input) {
    const { delegatedAdministrators } = context.world;
    const rows = isServed(input.ServicePrincipal) ? delegatedAdministrators.rows() : [];
    const page = takeRows(context, input, rows, delegatedAdministrators, pageSize);
    const described = page.items.map(({ AccountId, DelegationEnabledDate }) => {
      const { Paths: _paths, ...account } = describeAccount(context, requireAccount(context, AccountId));
      return { ...account, DelegationEnabledDate };
    });
    return { DelegatedAdministrators: described, ...page.next };
  },

  ListAWSServiceAccessForOrganization(context, input) {
    const enabled = { ServicePrincipal: servicePrincipal, DateEnabled: context.world.organization.CreatedDate };
    const page = takePage(context, input, [enabled], (row) => row.ServicePrincipal, pageSize);
    return { EnabledServicePrincipals: page.items, ...page.next };
  },
} satisfies Partial<Handlers<typeof organizationsShapes>>;

/** Identity Center is the only service that this organization has delegated. */
function isServed(wanted: string | undefined): boolean {
  return wanted === undefined || wanted === servicePrincipal;
}
