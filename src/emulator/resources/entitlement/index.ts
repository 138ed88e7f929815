import { type Context, timestamp } from '../../core/context.ts';
import { conflict, notFound, ServiceError } from '../../core/errors.ts';
import { hexId, uuid } from '../../core/ids.ts';
import { takeRows } from '../../core/paging.ts';
import { defineResource, operation } from '../../core/resource.ts';
import { nextId } from '../../core/world.ts';
import { accountAccess } from '../../services/account-access/service.ts';
import { applicationArn } from '../application/table.ts';
import {
  CreateApplication,
  CreateEntitlement,
  ListApplications,
  ListEntitlements,
  OfApplication,
  OfEntitlement,
} from './shapes.ts';
import {
  type AccountAccessApplication,
  accountAccessApplications,
  accountOf,
  type Entitlement,
  entitlements,
  requireApplication,
  requireEntitlement,
} from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** How its own application shows in Identity Center is not documented: among the others, by a name of AWS's, or not at all. */
    accountAccessApplication: 'listed' | 'absent';
  }
}

const onApplication = ({ applicationArn: arn }: { readonly applicationArn: string }): string[] => [arn];
const time = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Its pages are asked for in lower camel case. */
function pageOf<Row extends object>(
  context: Context,
  { maxResults, nextToken }: { readonly maxResults?: number; readonly nextToken?: string },
  rows: readonly Row[],
  table: { sequenceOf(row: Row): string },
): { items: Row[]; next: { nextToken?: string } } {
  const input = {
    ...(maxResults !== undefined && { MaxResults: maxResults }),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
  const { items, next } = takeRows(context, input, rows, table);
  return { items, next: next.NextToken === undefined ? {} : { nextToken: next.NextToken } };
}

function describe({ world }: Context, entitlement: Entitlement): object {
  const account = accountOf(entitlement);
  const name = world.accounts.get(account)?.Name;
  return {
    entitlementId: entitlement.entitlementId,
    entitlement: {
      principalRole: {
        principal: { identityCenter: entitlement.principal },
        roleArn: entitlement.roleArn,
        account,
        ...(name !== undefined && { accountName: name }),
      },
    },
    createdAt: time(entitlement.createdAt),
  };
}

export const entitlement = defineResource({
  service: accountAccess,
  tables: { accountAccessApplications, entitlements },
  defaults: { accountAccessApplication: 'listed' },
  operations: {
    CreateApplication: operation(
      CreateApplication,
      () => [],
      (context, { identitySource: { identityCenter } }) => {
        const { world, caller, behaviour } = context;
        const { InstanceArn, Region } = world.instance;
        if (identityCenter?.instanceArn !== InstanceArn) throw notFound('The instance does not exist.');
        if (world.accountAccessApplications.size > 0) {
          throw new ServiceError('AlreadyCreatedException', 'An application exists for this instance.');
        }
        const id = nextId(world, 'account-access');
        const own = applicationArn(InstanceArn, caller.accountId, id);
        const row: AccountAccessApplication = {
          applicationArn: `arn:${world.organization.Partition}:account-access:${Region}:${caller.accountId}:application/${hexId(`account-access ${id}`)}`,
          tenantId: hexId(`tenant ${id}`, 12),
          identityCenterApplicationArn: own,
          createdAt: timestamp(context),
          tags: [],
        };
        if (behaviour.accountAccessApplication === 'listed') {
          world.applications.put({
            ApplicationArn: own,
            ApplicationProviderArn: `arn:${world.organization.Partition}:sso::aws:applicationProvider/account-access`,
            Name: 'AWS account access',
            ApplicationAccount: caller.accountId,
            Status: 'ENABLED',
            CreatedDate: timestamp(context),
            AssignmentRequired: true,
            Tags: [],
          });
        }
        world.accountAccessApplications.put(row);
        return { applicationArn: row.applicationArn };
      },
    ),
    ListApplications: operation(
      ListApplications,
      () => [],
      (context, input) => {
        const { accountAccessApplications: table } = context.world;
        const { items, next } = pageOf(context, input, table.rows(), table);
        return {
          applications: items.map(({ applicationArn: arn, tenantId, createdAt }) => ({
            applicationArn: arn,
            tenantId,
            createdAt: time(createdAt),
            updatedAt: time(createdAt),
          })),
          ...next,
        };
      },
    ),
    GetApplication: operation(OfApplication, onApplication, (context, input) => {
      const { tenantId, createdAt, identityCenterApplicationArn } = requireApplication(context, input);
      const { InstanceArn } = context.world.instance;
      return {
        identitySource: { identityCenter: { instanceArn: InstanceArn, applicationArn: identityCenterApplicationArn } },
        status: 'ACTIVE',
        tenantId,
        createdAt: time(createdAt),
        updatedAt: time(createdAt),
      };
    }),
    DeleteApplication: operation(OfApplication, onApplication, (context, input) => {
      const { applicationArn: arn, identityCenterApplicationArn } = requireApplication(context, input);
      const { world } = context;
      if (world.entitlements.by('application', arn).length > 0) throw conflict('The application has entitlements.');
      world.applications.delete(identityCenterApplicationArn);
      world.accountAccessApplications.delete(arn);
      return {};
    }),
    CreateEntitlement: operation(CreateEntitlement, onApplication, (context, input) => {
      const { world } = context;
      const { applicationArn: arn } = requireApplication(context, input);
      const { principalRole } = input.entitlement;
      const principal = principalRole?.principal.identityCenter ?? {};
      const roleArn = principalRole?.roleArn ?? '';
      const { userId = '', groupId = '' } = principal;
      if (!world.users.has(userId) && !world.groups.has(groupId)) throw notFound('The principal does not exist.');
      // It is idempotent.
      const same = world.entitlements
        .by('application', arn)
        .find(
          (row) =>
            row.roleArn === roleArn &&
            row.principal.userId === principal.userId &&
            row.principal.groupId === principal.groupId,
        );
      if (same) return { entitlementId: same.entitlementId };
      const entitlementId = uuid(`entitlement ${nextId(world, 'entitlement')}`);
      world.entitlements.put({ entitlementId, applicationArn: arn, principal, roleArn, createdAt: timestamp(context) });
      return { entitlementId };
    }),
    GetEntitlement: operation(OfEntitlement, onApplication, (context, input) => ({
      applicationArn: input.applicationArn,
      ...describe(context, requireEntitlement(context, input)),
    })),
    DeleteEntitlement: operation(OfEntitlement, onApplication, (context, input) => {
      context.world.entitlements.delete(requireEntitlement(context, input).entitlementId);
      return {};
    }),
    ListEntitlements: operation(ListEntitlements, onApplication, (context, input) => {
      const { applicationArn: arn } = requireApplication(context, input);
      const { entitlements: table } = context.world;
      const { principal, roleArn, account } = input.filter.principalRole ?? {};
      const { userId, groupId } = principal?.identityCenter ?? {};
      const rows = table
        .by('application', arn)
        .filter(
          (row) =>
            (roleArn === undefined || row.roleArn === roleArn) &&
            (account === undefined || accountOf(row) === account) &&
            (userId === undefined || row.principal.userId === userId) &&
            (groupId === undefined || row.principal.groupId === groupId),
        );
      const { items, next } = pageOf(context, input, rows, table);
      return { entitlements: items.map((row) => describe(context, row)), ...next };
    }),
  },
});
