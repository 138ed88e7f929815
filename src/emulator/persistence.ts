import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Instance, Job, Organization, PermissionSet, Provisioned } from './rows.ts';
import { createWorld, type World } from './world.ts';

const formatVersion = 1;

/** The tables that are stored as they are; the other two hold copies of permission sets and are stored by number. */
const plainTables = [
  'accounts',
  'organizationalUnits',
  'delegatedAdministrators',
  'users',
  'groups',
  'memberships',
  'permissionSets',
  'assignments',
  'applications',
  'applicationAssignments',
  'requests',
] as const;

interface StoredWorld {
  formatVersion: number;
  organization: Organization;
  instance: Instance;
  lastId: number;
  /** A store of before there were applications has none of their tables. */
  tables: Partial<Record<(typeof plainTables)[number], object[]>>;
  /** Permission sets as they were provisioned; one content serves many accounts. */
  contents: PermissionSet[];
  provisioned: (Omit<Provisioned, 'Content'> & { Content: number })[];
  jobs: (Omit<Job, 'Content'> & { Content?: number })[];
}

export function serializeWorld(world: World): string {
  const numbers = new Map<PermissionSet, number>();
  const numberOf = (content: PermissionSet): number => {
    const known = numbers.get(content) ?? numbers.size;
    numbers.set(content, known);
    return known;
  };
  const provisioned = world.provisioned.rows().map((row) => ({ ...row, Content: numberOf(row.Content) }));
  const jobs = world.jobs.rows().map(({ Content, ...row }) => (Content ? { ...row, Content: numberOf(Content) } : row));
  const stored: StoredWorld = {
    formatVersion,
    organization: world.organization,
    instance: world.instance,
    lastId: world.lastId,
    tables: Object.fromEntries(plainTables.map((name) => [name, world[name].rows()])),
    contents: [...numbers.keys()],
    provisioned,
    jobs,
  };
  return JSON.stringify(stored);
}

function restoreWorld(stored: StoredWorld): World {
  const world = createWorld(stored.organization, stored.instance);
  for (const name of plainTables) {
    for (const row of stored.tables[name] ?? []) (world[name] as { put(row: object): void }).put(row);
  }
  const contentOf = (number: number): PermissionSet => {
    const content = stored.contents[number];
    if (!content) throw new Error(`it has no content ${number}`);
    return content;
  };
  for (const row of stored.provisioned) world.provisioned.put({ ...row, Content: contentOf(row.Content) });
  for (const { Content, ...row } of stored.jobs) {
    world.jobs.put(Content === undefined ? row : { ...row, Content: contentOf(Content) });
  }
  world.lastId = stored.lastId;
  return world;
}

/** The world that a file holds; undefined where there is no file yet. Throws an Error that names the file. */
export async function loadWorld(file: string): Promise<World | undefined> {
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
    return restoreWorld(stored as StoredWorld);
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

/** Whoever reads the file, or finds it after a crash, finds the old text or the new one, whole. */
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
