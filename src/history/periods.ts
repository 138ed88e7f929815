import type { HistoryRecord, RecordedChange } from '../core/apply-record.ts';
import type { HistoryEvent } from '../core/history.ts';
import { KeyedMap } from '../core/keyed-map.ts';

/** One person's hold of a permission set in an account, from one apply to another. */
export interface Period {
  /** By the newest name that a record has. */
  user: string;
  /** The AWS id, where a record has it. */
  userId?: string;
  permissionSet: string;
  account: string;
  groups: readonly string[];
  began?: HistoryEvent;
  ended?: HistoryEvent;
}

/** What is asked about; of all else no period is made. */
export interface Wanted {
  user(name: string): boolean;
  permissionSet(name: string): boolean;
  /** By id. */
  account(id: string): boolean;
}

/** A person through all renames. */
interface Person {
  name: string;
  id?: string;
}

interface Open extends Omit<Period, 'user' | 'userId'> {
  person: Person;
}

/**
 * Who held what from when to when, as the records tell. A person is known by the AWS id, so that a rename ends nothing and the
 * next user of a name is another person. Pure.
 * @param records in their order
 */
export function periodsOf(records: readonly HistoryRecord[], wanted: Wanted): Period[] {
  const people = createPeople(records, wanted);
  const open = new KeyedMap<Open[]>();
  const all: Open[] = [];

  const each = (
    record: HistoryRecord,
    changes: readonly RecordedChange[],
    tell: (person: Person, change: RecordedChange, account: string, before: Open[]) => void,
  ): void => {
    for (const change of changes) {
      if (!wanted.permissionSet(change.permissionSet)) continue;
      const accounts = change.accounts.filter(wanted.account);
      if (accounts.length === 0) continue;
      for (const name of record.access.people[change.people] ?? []) {
        const found = people(record, name);
        if (!found) continue;
        for (const account of accounts) {
          const key = [found.key, change.permissionSet, account];
          let before = open.get(key);
          if (!before) open.add(key, (before = []));
          tell(found.person, change, account, before);
        }
      }
    }
  };
  const begin = (
    person: Person,
    change: RecordedChange,
    account: string,
    before: Open[],
    began?: HistoryEvent,
  ): Open => {
    const { permissionSet, groups = [] } = change;
    const period: Open = { person, permissionSet, account, groups, ...(began && { began }) };
    before.push(period);
    all.push(period);
    return period;
  };

  for (const record of records) {
    const { number, endedAt, access } = record;
    const at = (more: Pick<HistoryEvent, 'isUncertain' | 'isOutside'> = {}): HistoryEvent => ({
      record: number,
      at: endedAt,
      ...more,
    });
    // What an apply gives was not held before it: what an earlier one gave had gone meanwhile.
    const beginAgain = (
      person: Person,
      change: RecordedChange,
      account: string,
      before: Open[],
      began: HistoryEvent,
    ): void => {
      const last = before.at(-1);
      if (last) last.ended ??= at({ isOutside: true });
      begin(person, change, account, before, began);
    };
    // What it takes away was held before it, were it for a reason that no record has.
    const heldBefore = (person: Person, change: RecordedChange, account: string, before: Open[]): Open => {
      const last = before.at(-1);
      return last && isOpen(last) ? last : begin(person, change, account, before);
    };
    each(record, access.lost, (...of) => {
      heldBefore(...of).ended = at();
    });
    each(record, access.perhaps?.lost ?? [], (...of) => {
      heldBefore(...of).ended = at({ isUncertain: true });
    });
    each(record, access.gained, (...of) => beginAgain(...of, at()));
    each(record, access.perhaps?.gained ?? [], (...of) => beginAgain(...of, at({ isUncertain: true })));
  }
  return all.map(({ person: { name, id }, ...period }) => ({
    user: name,
    ...(id !== undefined && { userId: id }),
    ...period,
  }));
}

/** Not ended for certain. */
const isOpen = ({ ended }: Open): boolean => ended === undefined || ended.isUncertain === true;

/** Of a person who may be named like a member of every object, such as `constructor`. */
const idOf = (users: HistoryRecord['users'], name: string): string | undefined =>
  Object.hasOwn(users, name) ? users[name] : undefined;

/** The people who are asked about under any of their names; undefined of another one. */
function createPeople(
  records: readonly HistoryRecord[],
  { user: isWanted }: Wanted,
): (record: HistoryRecord, name: string) => { key: string; person: Person } | undefined {
  const people = new Map<string, Person>();
  const wanted = new Set<string>();
  /** By name, where a record has no id: an apply was ended before AWS told it, and a later one knows. */
  const later = new Map<string, string>();
  const missing = new Map<HistoryRecord, ReadonlyMap<string, string>>();
  const keyOf = (name: string, id: string | undefined): string => (id === undefined ? `name ${name}` : `id ${id}`);
  for (const record of records.toReversed()) {
    const { users, access } = record;
    const unknown = [...new Set(access.people.flat())].filter((name) => idOf(users, name) === undefined);
    missing.set(record, new Map(unknown.flatMap((name) => (later.has(name) ? [[name, later.get(name) ?? '']] : []))));
    const ids = [
      ...Object.entries(users),
      ...unknown.map((name): [string, string | undefined] => [name, later.get(name)]),
    ];
    for (const [name, id] of ids) {
      const key = keyOf(name, id);
      // The first one that is met is the newest.
      if (!people.has(key)) people.set(key, { name, ...(id !== undefined && { id }) });
      if (isWanted(name)) wanted.add(key);
    }
    for (const [name, id] of Object.entries(users)) later.set(name, id);
  }
  return (record, name) => {
    const key = keyOf(name, idOf(record.users, name) ?? missing.get(record)?.get(name));
    const person = wanted.has(key) ? people.get(key) : undefined;
    return person && { key, person };
  };
}
