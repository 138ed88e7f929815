import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Table } from '../core/table.ts';
import {
  type AnyTableDefinition,
  createWorld,
  type Instance,
  namesOf,
  type Organization,
  type TableDefinitions,
  type TableName,
  type World,
} from '../core/world.ts';

const formatVersion = 1;

interface StoredRow {
  readonly [member: string]: unknown;
}

/** Beside these members are the tables whose rows share a member. It is stored in `contents`, and in them its number. */
interface StoredWorld {
  formatVersion: number;
  organization: Organization;
  instance: Instance;
  lastId: number;
  /** The tables that are stored as they are; a store of before there was a resource has none of its tables. */
  tables: Readonly<Record<string, readonly StoredRow[]>>;
  contents: readonly unknown[];
}

export function serializeWorld(world: World): string {
  const numbers = new Map<unknown, number>();
  const numberOf = (content: unknown): number => {
    const known = numbers.get(content) ?? numbers.size;
    numbers.set(content, known);
    return known;
  };
  const rowsOf = (name: TableName): StoredRow[] => {
    const { shared } = definitionOf(world.definitions, name);
    const rows = tableOf(world, name).rows() as StoredRow[];
    if (shared === undefined) return rows;
    return rows.map((row) => (row[shared] === undefined ? row : { ...row, [shared]: numberOf(row[shared]) }));
  };
  const { apart, together } = placesOf(world.definitions);
  const { organization, instance, lastId } = world;
  const tables = Object.fromEntries(together.map((name) => [name, rowsOf(name)]));
  const others = Object.fromEntries(apart.map((name) => [name, rowsOf(name)]));
  const stored: StoredWorld = { formatVersion, organization, instance, lastId, tables, contents: [...numbers.keys()] };
  return JSON.stringify({ ...stored, ...others });
}

function restoreWorld(definitions: TableDefinitions, stored: StoredWorld & StoredRow): World {
  const world = createWorld(definitions, stored.organization, stored.instance);
  const contentOf = (number: unknown): unknown => {
    const content = stored.contents[Number(number)];
    if (content === undefined) throw new Error(`it has no content ${String(number)}`);
    return content;
  };
  const { apart, together } = placesOf(definitions);
  for (const name of together) for (const row of stored.tables[name] ?? []) tableOf(world, name).put(row);
  for (const name of apart) {
    const { shared = '' } = definitionOf(definitions, name);
    for (const row of (stored[name] ?? []) as StoredRow[]) {
      tableOf(world, name).put(row[shared] === undefined ? row : { ...row, [shared]: contentOf(row[shared]) });
    }
  }
  world.lastId = stored.lastId;
  return world;
}

function placesOf(definitions: TableDefinitions): { apart: TableName[]; together: TableName[] } {
  const names = namesOf(definitions);
  const isApart = (name: TableName): boolean => definitionOf(definitions, name).shared !== undefined;
  return { apart: names.filter(isApart), together: names.filter((name) => !isApart(name)) };
}

const definitionOf = (definitions: TableDefinitions, name: TableName): AnyTableDefinition => definitions[name];

const tableOf = (world: World, name: TableName): Table<object> => world[name];

/** The world that a file holds; undefined where there is no file yet. Throws an Error that names the file. */
export async function loadWorld(definitions: TableDefinitions, file: string): Promise<World | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The store ${file} can't be read: ${(error as Error).message}`, { cause: error });
  }
  try {
    const stored = JSON.parse(text) as Partial<StoredWorld> | null;
    if (stored?.formatVersion !== formatVersion) {
      throw new Error(
        `its format version is ${String(stored?.formatVersion)}, and this emulator knows ${formatVersion}`,
      );
    }
    return restoreWorld(definitions, stored as StoredWorld & StoredRow);
  } catch (error) {
    throw new Error(`The store ${file} can't be used: ${(error as Error).message}`, { cause: error });
  }
}

export interface Store {
  /** Resolves when a write that holds everything done so far is on disk. */
  save(): Promise<void>;
}

/** Group commit: all who ask while a write is under way share the next one. */
export function openStore(file: string, world: World): Store {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    await running?.catch(() => {});
    running = waiting;
    waiting = undefined;
    await writeAtomically(file, serializeWorld(world));
  };
  return {
    save() {
      waiting ??= write();
      return waiting;
    },
  };
}

/** A reader of the file finds the old text or the new one, whole, also after a crash. */
async function writeAtomically(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
