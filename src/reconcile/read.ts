import type { AnyKind, Asked, Live, LiveReader } from '../core/kind.ts';
import { State } from '../core/state.ts';
import type { DesiredState, Reading } from './state.ts';

export interface ReadOptions extends Omit<Asked, 'declared'>, Pick<LiveReader, 'needsOrphans'> {
  desired: DesiredState;
}

/** For who wants to know all there is, whatever a file says of it. */
export const everything: ReadOptions = {
  desired: new State(),
  manages: () => true,
  removes: () => false,
  wantsDetails: () => true,
  comparesAdded: () => true,
  needsOrphans: true,
};

/** What the kinds may ask of the file. */
export function askedOf({ desired, ...asked }: ReadOptions): Asked & Pick<LiveReader, 'needsOrphans'> {
  return {
    ...asked,
    declared: <Spec>(name: string) => desired.of(name).map(({ spec }) => spec as Spec),
  };
}

export interface Read {
  reading: Reading;
  /** False where things whose principal is gone would not have been found. */
  seesOrphans: boolean;
}

/** Reads every kind, all at once as far as one does not need another, and nothing twice. */
export async function readLive<Client>(
  kinds: readonly AnyKind<Client>[],
  client: Client,
  options: ReadOptions,
): Promise<Read> {
  let seesOrphans = true;
  const read = createReader(kinds, client, options, () => {
    seesOrphans = false;
  });
  const things = await Promise.all(kinds.map(async ({ name }) => [name, await read(name)] as const));
  return { reading: Object.fromEntries(things), seesOrphans };
}

/** The same kind by kind, for whoever goes on where one of them can't be read. */
export function createReader<Client>(
  kinds: readonly AnyKind<Client>[],
  client: Client,
  options: ReadOptions,
  missesOrphans: () => void = () => {},
): (kind: string) => Promise<Live<unknown>[]> {
  const begun = new Map<string, Promise<unknown>>();
  const once = <Value>(what: string, read: () => Promise<Value>): Promise<Value> => {
    const known = begun.get(what) ?? read();
    begun.set(what, known);
    return known as Promise<Value>;
  };
  const read = (name: string): Promise<Live<unknown>[]> => {
    const kind = kinds.find((candidate) => candidate.name === name);
    if (!kind) throw new Error(`unknown kind ${name}`);
    return once(`kind ${name}`, () => kind.read(client, reader));
  };
  const reader: LiveReader = {
    of: <Spec>(name: string) => read(name) as Promise<Live<Spec>[]>,
    ...askedOf(options),
    missesOrphans,
    once,
  };
  return read;
}
