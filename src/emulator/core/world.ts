import { createTable, type KeysOf, type Table } from './table.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Organization {
  readonly Id: string;
  readonly RootId: string;
  readonly ManagementAccountId: string;
  readonly RootTags: readonly Tag[];
  readonly Partition: string;
  readonly CreatedDate: number;
}

/** The one instance of Identity Center. Resources that are settings of it add their member to it. */
/** Of an identity store. Addresses are in CIDR notation. */
export interface NetworkConfiguration {
  readonly VpceAccessRequired: boolean;
  readonly ApiRestrictSourceVpcs?: readonly string[];
  readonly ApiAllowSourceIps?: readonly string[];
  readonly ScimAllowSourceIps?: readonly string[];
}

export interface Instance {
  readonly InstanceArn: string;
  readonly IdentityStoreId: string;
  readonly OwnerAccountId: string;
  readonly Kind: 'organization' | 'account';
  /** Of an organization instance. Absent: they are. */
  readonly PermissionSetsEnabled?: boolean;
  /** The primary one. */
  readonly Region: string;
  /** Those that it is replicated to. */
  readonly AdditionalRegions?: readonly string[];
  readonly Name?: string;
  readonly CreatedDate: number;
  /** From where the identity store answers; absent: from everywhere. */
  readonly NetworkConfiguration?: NetworkConfiguration;
  readonly KeyType: 'AWS_OWNED_KMS_KEY' | 'CUSTOMER_MANAGED_KEY';
  readonly KmsKeyArn?: string;
  readonly Tags: readonly Tag[];
}

/** The tables of a world by their names. Each resource adds its own. */
export interface Tables {}

export type TableName = keyof Tables;

/**
 * Everything that the emulated organization holds. Members of rows are named as the API names them, so that handlers
 * answer them as they are. Times are seconds since 1970 with a fraction, as on the wire, unless a comment says
 * otherwise. Rows are immutable; `put` a changed copy to change one.
 */
export interface World extends Tables {
  organization: Organization;
  instance: Instance;
  readonly definitions: TableDefinitions;
  /** Grows with every write. */
  writes: number;
  /** Hears of every write; a row that is gone is undefined. */
  onWrite: ((table: TableName, key: string, row: object | undefined) => void) | undefined;
  /** The last running number that an id was made of. */
  lastId: number;
}

/** What there is to say of a table. */
export interface TableDefinition<Row extends object, IndexName extends string> {
  key(row: Row): string;
  readonly indexes: Readonly<Record<IndexName, KeysOf<Row>>>;
  /** A member whose value many rows have in common; a store writes it once. */
  readonly shared?: string & keyof Row;
}

/** A definition of which no more is known than that it is one. */
export type AnyTableDefinition = TableDefinition<never, string>;

export type TableDefinitions = {
  readonly [Name in TableName]: Tables[Name] extends Table<infer Row, infer IndexName>
    ? TableDefinition<Row, IndexName>
    : never;
};

export function createWorld(definitions: TableDefinitions, organization: Organization, instance: Instance): World {
  const touch =
    (table: TableName) =>
    (key: string, row: object | undefined): void => {
      world.writes++;
      world.onWrite?.(table, key, row);
    };
  const tables = namesOf(definitions).map((name) => {
    const { key, indexes }: AnyTableDefinition = definitions[name];
    return [name, createTable(key, indexes, touch(name))];
  });
  const world: World = {
    // Each table is made by the definition that has its name.
    ...(Object.fromEntries(tables) as Tables),
    organization,
    instance,
    definitions,
    writes: 0,
    onWrite: undefined,
    lastId: 0,
  };
  return world;
}

/** The names of a world's tables. */
export function namesOf(definitions: TableDefinitions): TableName[] {
  return Object.keys(definitions) as TableName[];
}

/** Replaces the instance. */
export function putInstance(world: World, instance: Instance): void {
  world.instance = instance;
  world.writes++;
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
