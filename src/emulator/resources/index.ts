import type { Behaviour, CoreMember, Quotas } from '../core/behaviour.ts';
import type { asyncRequests, Requests } from '../core/requests.ts';
import { createRegistry, type Registry } from '../core/resource.ts';
import type { TableName } from '../core/world.ts';
import { accessControlAttributes } from './access-control-attributes/index.ts';
import { accountAssignment } from './account-assignment/index.ts';
import { account } from './account/index.ts';
import { applicationAccessScope } from './application-access-scope/index.ts';
import { applicationAssignment } from './application-assignment/index.ts';
import { application } from './application/index.ts';
import { delegatedAdministrator } from './delegated-administrator/index.ts';
import { entitlement } from './entitlement/index.ts';
import { group } from './group/index.ts';
import { identityStore } from './identity-store/index.ts';
import { instance } from './instance/index.ts';
import { membership } from './membership/index.ts';
import { organization } from './organization/index.ts';
import { organizationalUnit } from './organizational-unit/index.ts';
import { permissionSet } from './permission-set/index.ts';
import { provisionedPermissionSet } from './provisioned-permission-set/index.ts';
import { trustedTokenIssuer } from './trusted-token-issuer/index.ts';
import { user } from './user/index.ts';

/**
 * All kinds of resources that the emulator has. To add one, make its folder and list it here; the tables are stored, and
 * writes that name something unknown are refused, in this order.
 */
const resources = [
  organization,
  account,
  organizationalUnit,
  delegatedAdministrator,
  instance,
  identityStore,
  accessControlAttributes,
  permissionSet,
  application,
  group,
  user,
  membership,
  provisionedPermissionSet,
  accountAssignment,
  applicationAssignment,
  trustedTokenIssuer,
  applicationAccessScope,
  entitlement,
] as const;

export const registry: Registry = createRegistry(resources);

type Listed = (typeof resources)[number];

/** The names that the listed resources, and their services, have under a member. */
type Named<Part, Member extends string> = Part extends { readonly [Name in Member]: infer Value } ? keyof Value : never;
type Defaults = Listed extends { readonly service: infer Service } ? Listed | Service : Listed;
type QuotasOf<Part> = Part extends { readonly defaults: infer Values } ? Named<Values, 'quotas'> : never;
type Required<Type> = { [Name in keyof Type]-?: undefined extends Type[Name] ? never : Name }[keyof Type];

/** What a resource adds to an interface, and no listed resource gives a value for: one that is not listed, or incomplete. */
type Missing = [
  Exclude<TableName, Named<Listed, 'tables'> | keyof typeof asyncRequests>,
  Exclude<keyof Requests, Named<Listed, 'effects'>>,
  Exclude<keyof Quotas, QuotasOf<Defaults>>,
  Exclude<Required<Behaviour>, Named<Defaults, 'defaults'> | CoreMember>,
];

[] as Missing[] satisfies never[][];
