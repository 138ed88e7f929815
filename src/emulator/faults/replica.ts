import type { Table } from '../core/table.ts';
import { createWorld, namesOf, type TableName, type World } from '../core/world.ts';

interface Write {
  readonly at: number;
  readonly table: TableName;
  readonly key: string;
  /** Absent where the row is gone. */
  readonly row: object | undefined;
}

/** A copy of a world that is behind it. */
export interface Replica {
  /** The world as it was so long ago; to be read only. */
  world(): World;
  /** No longer follows. */
  stop(): void;
}

/** @param lagMs how far it is behind, in milliseconds of the clock */
export function createReplica(source: World, now: () => number, lagMs: number): Replica {
  const copy = createWorld(source.definitions, source.organization, source.instance);
  const rowsOf = (name: TableName): object[] => source[name].rows();
  const tableOf = (name: TableName): Table<object> => copy[name];
  for (const name of namesOf(source.definitions)) for (const row of rowsOf(name)) tableOf(name).put(row);
  let waiting: Write[] = [];

  const catchUp = (): void => {
    const until = now() - lagMs;
    const due = waiting.findIndex(({ at }) => at > until);
    for (const { table, key, row } of due < 0 ? waiting : waiting.slice(0, due)) {
      if (row === undefined) tableOf(table).delete(key);
      else tableOf(table).put(row);
    }
    waiting = due < 0 ? [] : waiting.slice(due);
  };

  source.onWrite = (table, key, row) => {
    catchUp();
    waiting.push({ at: now(), table, key, row });
  };
  return {
    world() {
      catchUp();
      copy.instance = source.instance;
      return copy;
    },
    stop() {
      source.onWrite = undefined;
    },
  };
}
