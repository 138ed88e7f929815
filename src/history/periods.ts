import type { HistoryRecord, RecordedChange, RecordedEdit } from '../core/apply-record.ts';
import type { HistoryEvent, HistoryGrant } from '../core/history.ts';
import { KeyedMap } from '../core/keyed-map.ts';

/** One person's hold of a permission set in an account, from one apply to another. */
export interface Period extends Pick<HistoryGrant, 'instance' | 'began' | 'adopted' | 'edits' | 'ended'> {
  /** By the newest name that a record has. */
  user: string;
  /** The AWS id, where a record has it. */
  userId?: string;
  permissionSet: string;
  account: string;
  groups: readonly string[];
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

/** What somebody may hold in an account, and when they did before; the newest last. */
interface Hold extends Pick<Open, 'person' | 'instance' | 'account'> {
  before: Open[];
}

/**
 * Who held what from when to when, as the records tell. A person is known by the AWS id, so that a rename ends nothing and the
 * next user of a name is another person; so is one of that name in another Identity Center. Pure.
 * @param records in their order
 */
export function periodsOf(records: readonly HistoryRecord[], wanted: Wanted): Period[] {
  const people = createPeople(records, wanted);
  const open = new KeyedMap<Open[]>();
  const found: Open[] = [];

  const each = <Change extends RecordedChange | RecordedEdit>(
    record: HistoryRecord,
    changes: readonly Change[] = [],
    tell: (hold: Hold, change: Change) => void,
  ): void => {
    for (const change of changes) {
      if (!wanted.permissionSet(change.permissionSet)) continue;
      const accounts = change.accounts.filter(wanted.account);
      if (accounts.length === 0) continue;
      for (const name of record.access.people[change.people] ?? []) {
        const known = people(record, name);
        if (!known) continue;
        for (const account of accounts) {
          const key = [known.key, change.permissionSet, account];
          let before = open.get(key);
          if (!before) open.add(key, (before = []));
          tell({ person: known.person, instance: record.instance.arn, account, before }, change);
        }
      }
    }
  };
  const begin = (
    { person, instance, account, before }: Hold,
    { permissionSet, groups = [] }: Pick<RecordedChange, 'permissionSet' | 'groups'>,
    began?: HistoryEvent,
  ): Open => {
    const period: Open = { person, instance, permissionSet, account, groups, ...(began && { began }) };
    before.push(period);
    found.push(period);
    return period;
  };
  // What an apply takes away, adopts or edits was held before it, were it for a reason that no record has.
  const heldBefore = (hold: Hold, change: RecordedChange | RecordedEdit): Open => {
    const last = hold.before.at(-1);
    return last && isOpen(last) ? last : begin(hold, change);
  };

  for (const record of records) {
    const { number, endedAt, access } = record;
    const at = (more: Pick<HistoryEvent, 'isUncertain' | 'isOutside'> = {}): HistoryEvent => ({
      record: number,
      at: endedAt,
      ...more,
    });
    // What an apply gives was not held before it: what an earlier one gave had gone meanwhile.
    const beginAgain = (hold: Hold, change: RecordedChange, began: HistoryEvent): void => {
      const last = hold.before.at(-1);
      if (last) last.ended ??= at({ isOutside: true });
      begin(hold, change, began);
    };
    const noteEdit = (hold: Hold, change: RecordedEdit, event: HistoryEvent): void => {
      const { fields, isAdopted } = change;
      const period = heldBefore(hold, change);
      (period.edits ??= []).push({ ...event, fields, ...(isAdopted && { isAdopted }) });
    };
    each(record, access.adopted, (hold, change) => {
      const period = heldBefore(hold, change);
      // What an apply gave is not adopted by a second way to it.
      if (!period.began) period.adopted ??= at();
    });
    each(record, access.edited, (hold, change) => noteEdit(hold, change, at()));
    each(record, access.perhaps?.edited, (hold, change) => noteEdit(hold, change, at({ isUncertain: true })));
    each(record, access.lost, (hold, change) => {
      heldBefore(hold, change).ended = at();
    });
    each(record, access.perhaps?.lost, (hold, change) => {
      heldBefore(hold, change).ended = at({ isUncertain: true });
    });
    each(record, access.gained, (hold, change) => beginAgain(hold, change, at()));
    each(record, access.perhaps?.gained, (hold, change) => beginAgain(hold, change, at({ isUncertain: true })));
  }
  return found.map(({ person: { name, id }, ...period }) => ({
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
  const laterIn = new Map<string, Map<string, string>>();
  const missing = new Map<HistoryRecord, ReadonlyMap<string, string>>();
  const keyOf = (
    { instance: { identityStoreId: store } }: HistoryRecord,
    name: string,
    id: string | undefined,
  ): string => (id === undefined ? `${store} name ${name}` : `${store} id ${id}`);
  for (const record of records.toReversed()) {
    const { users, access, instance } = record;
    const later = laterIn.get(instance.identityStoreId) ?? new Map<string, string>();
    laterIn.set(instance.identityStoreId, later);
    const unknown = [...new Set(access.people.flat())].filter((name) => idOf(users, name) === undefined);
    missing.set(record, new Map(unknown.flatMap((name) => (later.has(name) ? [[name, later.get(name) ?? '']] : []))));
    const ids = [
      ...Object.entries(users),
      ...unknown.map((name): [string, string | undefined] => [name, later.get(name)]),
    ];
    for (const [name, id] of ids) {
      const key = keyOf(record, name, id);
      // The first one that is met is the newest.
      if (!people.has(key)) people.set(key, { name, ...(id !== undefined && { id }) });
      if (isWanted(name)) wanted.add(key);
    }
    for (const [name, id] of Object.entries(users)) later.set(name, id);
  }
  return (record, name) => {
    const key = keyOf(record, name, idOf(record.users, name) ?? missing.get(record)?.get(name));
    const person = wanted.has(key) ? people.get(key) : undefined;
    return person && { key, person };
  };
}
