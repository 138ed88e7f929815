import type { GrantElement } from '../access/holdings.ts';
import { assignedSet } from '../core/access.ts';
import { subjectAddress } from '../core/address.ts';
import type { HistoryRecord } from '../core/apply-record.ts';
import { isOver } from '../core/history.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import type { HeldSince } from '../core/review.ts';
import { periodsOf } from './periods.ts';
import { user } from '../kinds/user/kind.ts';
import type { LiveState } from '../reconcile/state.ts';

type Grant = GrantElement['grant'];

/** Since when people hold grants, those of the same day together: the newest first, and last those of whom no record tells it. */
export type SinceLookUp = (holders: readonly string[], grants: readonly Grant[]) => HeldSince[];

/**
 * Since when people hold what they hold now, by the records of one instance. A person is known by the AWS id where both have it, so that
 * nobody gets the days of another one of the same name. Pure.
 */
export function createSinceLookUp(records: readonly HistoryRecord[], live: Pick<LiveState, 'get'>): SinceLookUp {
  const all = (): boolean => true;
  const wanted = { user: all, permissionSet: all, account: all };
  const days = new KeyedMap<string>();
  for (const period of periodsOf(records, wanted)) {
    const { user: name, userId, permissionSet, account, began } = period;
    if (began === undefined || isOver(period)) continue;
    const day = began.at.slice(0, 10);
    const keys = userId === undefined ? [bareName(name)] : [idOf(userId), nameWithId(name)];
    for (const key of keys) days.add([account, permissionSet, key], day);
  }
  const dayOf = (keys: readonly string[], grant: Grant): string | undefined => {
    for (const key of keys) {
      const day = days.get([grant.account, assignedSet(grant), key]);
      if (day !== undefined) return day;
    }
    return undefined;
  };
  const keysOf = (name: string): string[] => {
    const id = live.get(subjectAddress(user.name, name))?.id;
    return [id === undefined ? nameWithId(name) : idOf(id), bareName(name)];
  };
  const sinceOf = (name: string, grants: readonly Grant[]): string | null => {
    const keys = keysOf(name);
    let first: string | null = null;
    for (const grant of grants) {
      const day = dayOf(keys, grant);
      if (day === undefined) return null;
      if (first === null || day < first) first = day;
    }
    return first;
  };
  return (holders, grants) => {
    const bySince = new Map<string | null, string[]>();
    for (const name of holders) {
      const since = sinceOf(name, grants);
      const known = bySince.get(since);
      if (known) known.push(name);
      else bySince.set(since, [name]);
    }
    return [...bySince]
      .map(([since, some]) => ({ since, holders: some }))
      .sort((a, b) => (a.since === null ? 1 : b.since === null ? -1 : a.since < b.since ? 1 : -1));
  };
}

const idOf = (id: string): string => `id ${id}`;
/** Of a person whose id a record has, for a side that has none, such as a file alone. */
const nameWithId = (name: string): string => `name ${name}`;
/** Of a person whose id no record has. */
const bareName = (name: string): string => `name without id ${name}`;
