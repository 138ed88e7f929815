import type {
  Account,
  Application,
  ApplicationAssignment,
  Assignment,
  AsyncRequest,
  DelegatedAdministrator,
  Group,
  Instance,
  Job,
  Membership,
  Organization,
  OrganizationalUnit,
  PermissionSet,
  PrincipalType,
  Provisioned,
  User,
} from './rows.ts';
import { createTable, type Table } from './table.ts';

/** Everything that the emulated organization holds. Rows are immutable; `put` a changed copy to change one. */
export interface World {
  organization: Organization;
  instance: Instance;
  readonly accounts: Table<Account, 'parent' | 'email'>;
  readonly organizationalUnits: Table<OrganizationalUnit, 'parent'>;
  readonly delegatedAdministrators: Table<DelegatedAdministrator>;
  readonly users: Table<User, 'name' | 'email' | 'externalId'>;
  readonly groups: Table<Group, 'name' | 'externalId'>;
  readonly memberships: Table<Membership, 'group' | 'user' | 'pair'>;
  readonly permissionSets: Table<PermissionSet, 'name'>;
  /** By `pairKey`. */
  readonly provisioned: Table<Provisioned, 'account' | 'permissionSet'>;
  /** By `assignmentKey`. */
  readonly assignments: Table<Assignment, 'pair' | 'permissionSet' | 'principal'>;
  readonly applications: Table<Application, 'clientToken'>;
  /** By `applicationAssignmentKey`. */
  readonly applicationAssignments: Table<ApplicationAssignment, 'application' | 'principal'>;
  readonly requests: Table<AsyncRequest, 'kind' | 'kindAndStatus'>;
  readonly jobs: Table<Job, 'request' | 'account' | 'pair'>;
  /** Grows with every write. */
  writes: number;
  /** Hears of every write; a row that is gone is undefined. */
  onWrite: ((table: TableName, key: string, row: object | undefined) => void) | undefined;
  /** The last running number that an id was made of. */
  lastId: number;
}

/** The tables of a world. */
export const tableNames = [
  'accounts',
  'organizationalUnits',
  'delegatedAdministrators',
  'users',
  'groups',
  'memberships',
  'permissionSets',
  'provisioned',
  'assignments',
  'applications',
  'applicationAssignments',
  'requests',
  'jobs',
] as const;

export type TableName = (typeof tableNames)[number];

export function createWorld(organization: Organization, instance: Instance): World {
  const touch =
    (table: TableName) =>
    (key: string, row: object | undefined): void => {
      world.writes++;
      world.onWrite?.(table, key, row);
    };
  const world: World = {
    organization,
    instance,
    accounts: createTable(
      (row) => row.Id,
      { parent: (row) => row.ParentId, email: (row) => fold(row.Email) },
      touch('accounts'),
    ),
    organizationalUnits: createTable((row) => row.Id, { parent: (row) => row.ParentId }, touch('organizationalUnits')),
    delegatedAdministrators: createTable((row) => row.AccountId, {}, touch('delegatedAdministrators')),
    users: createTable(
      (row) => row.UserId,
      {
        name: (row) => fold(row.UserName),
        email: (row) => row.Emails?.flatMap(({ Value }) => (Value === undefined ? [] : [fold(Value)])),
        externalId: (row) => row.ExternalIds?.map(externalIdKey),
      },
      touch('users'),
    ),
    groups: createTable(
      (row) => row.GroupId,
      { name: (row) => row.DisplayName, externalId: (row) => row.ExternalIds?.map(externalIdKey) },
      touch('groups'),
    ),
    memberships: createTable(
      (row) => row.MembershipId,
      { group: (row) => row.GroupId, user: (row) => row.UserId, pair: (row) => memberKey(row.GroupId, row.UserId) },
      touch('memberships'),
    ),
    permissionSets: createTable((row) => row.PermissionSetArn, { name: (row) => row.Name }, touch('permissionSets')),
    provisioned: createTable(
      (row) => pairKey(row.AccountId, row.PermissionSetArn),
      { account: (row) => row.AccountId, permissionSet: (row) => row.PermissionSetArn },
      touch('provisioned'),
    ),
    assignments: createTable(
      assignmentKey,
      {
        pair: (row) => pairKey(row.AccountId, row.PermissionSetArn),
        permissionSet: (row) => row.PermissionSetArn,
        principal: (row) => principalKey(row.PrincipalType, row.PrincipalId),
      },
      touch('assignments'),
    ),
    applications: createTable(
      (row) => row.ApplicationArn,
      { clientToken: (row) => row.ClientToken },
      touch('applications'),
    ),
    applicationAssignments: createTable(
      applicationAssignmentKey,
      {
        application: (row) => row.ApplicationArn,
        principal: (row) => principalKey(row.PrincipalType, row.PrincipalId),
      },
      touch('applicationAssignments'),
    ),
    requests: createTable(
      (row) => row.RequestId,
      { kind: (row) => row.Kind, kindAndStatus: (row) => `${row.Kind} ${row.Status}` },
      touch('requests'),
    ),
    jobs: createTable(
      (row) => row.JobId,
      {
        request: (row) => row.RequestId,
        account: (row) => row.AccountId,
        pair: (row) =>
          row.AccountId === undefined || row.Content === undefined
            ? undefined
            : pairKey(row.AccountId, row.Content.PermissionSetArn),
      },
      touch('jobs'),
    ),
    writes: 0,
    onWrite: undefined,
    lastId: 0,
  };
  return world;
}

export function pairKey(accountId: string, permissionSetArn: string): string {
  return `${accountId} ${permissionSetArn}`;
}

export function principalKey(type: PrincipalType, id: string): string {
  return `${type} ${id}`;
}

export function assignmentKey(row: Assignment): string {
  return `${pairKey(row.AccountId, row.PermissionSetArn)} ${principalKey(row.PrincipalType, row.PrincipalId)}`;
}

export function applicationAssignmentKey(row: ApplicationAssignment): string {
  return `${row.ApplicationArn} ${principalKey(row.PrincipalType, row.PrincipalId)}`;
}

export function memberKey(groupId: string, userId: string): string {
  return `${groupId} ${userId}`;
}

export function externalIdKey({ Issuer, Id }: { Issuer: string; Id: string }): string {
  return JSON.stringify([Issuer, Id]);
}

/** For names that are the same whatever their case. */
export function fold(text: string): string {
  return text.toLowerCase();
}

/** A fresh seed for an id. */
export function nextId(world: World, kind: string): string {
  world.lastId++;
  return `${kind} ${world.lastId}`;
}

/** Whether the account's copy is what the permission set is now. */
export function isLatest(world: World, provisioned: Provisioned): boolean {
  return provisioned.Content.Revision === world.permissionSets.get(provisioned.PermissionSetArn)?.Revision;
}
