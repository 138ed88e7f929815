import { addressOf, subjectAddress, type Address, type Subject } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import type { AnyKind, Declared, DesiredContext, DocumentPath, Live, LiveReader } from '../core/kind.ts';

/** One thing on one side of the comparison. */
export interface Thing {
  kind: string;
  address: Address;
  spec: unknown;
}

export interface DesiredThing extends Thing {
  /** Every place that asks for it: duplicate declarations are one thing. */
  at: DocumentPath[];
  previously?: string;
}

export interface LiveThing extends Thing {
  id?: string;
}

export type DesiredState = Map<Address, DesiredThing>;
export type LiveState = Map<Address, LiveThing>;

/** All that the document asks for, of the kinds that it manages. */
export function collectDesired<Document, Client>(
  kinds: readonly AnyKind<Document, Client>[],
  document: Document,
  context: DesiredContext,
): DesiredState {
  const state: DesiredState = new Map();
  for (const kind of kinds) {
    for (const { spec, at, previously } of kind.desired(document, context) as Declared<unknown>[]) {
      const address = addressOf(kind.name, kind.key(spec));
      const known = state.get(address);
      if (known) known.at.push(...at);
      else state.set(address, { kind: kind.name, address, spec, at, ...(previously !== undefined && { previously }) });
    }
  }
  return state;
}

export interface ReadOptions {
  /** New names, by the address of the old: things to be renamed in place are called by their new name at once. */
  renames: ReadonlyMap<Address, string>;
  wantsDetails(kind: string, name: string): boolean;
}

/** Reads every kind, all at once as far as one does not need another. */
export async function readLive<Document, Client>(
  kinds: readonly AnyKind<Document, Client>[],
  client: Client,
  { renames, wantsDetails }: ReadOptions,
): Promise<LiveState> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const reads = new Map<string, Promise<Live<unknown>[]>>();
  const indexes = new Map<string, Promise<Map<string, string>>>();

  const kindNamed = (name: string): AnyKind<Document, Client> => {
    const kind = byName.get(name);
    if (!kind) throw new Error(`there is no kind ${name}`);
    return kind;
  };
  const read = (name: string): Promise<Live<unknown>[]> => {
    const started = reads.get(name) ?? kindNamed(name).read(client, reader);
    reads.set(name, started);
    return started;
  };
  const currentName = (kind: AnyKind<Document, Client>, spec: unknown): string | undefined => {
    const name = kind.subjects(spec)[kind.name as Subject];
    return name === undefined ? undefined : (renames.get(subjectAddress(kind.name as Subject, name)) ?? name);
  };
  const index = (name: string): Promise<Map<string, string>> => {
    const started =
      indexes.get(name) ??
      read(name).then((things) => {
        checkRenames(name, things, (spec) => kindNamed(name).subjects(spec)[name as Subject], renames);
        return new Map(things.map(({ id = '', spec }) => [id, currentName(kindNamed(name), spec) ?? id]));
      });
    indexes.set(name, started);
    return started;
  };
  const reader: LiveReader = {
    of: <Spec>(name: string) => read(name) as Promise<Live<Spec>[]>,
    nameOf: async (name, id) => (await index(name)).get(id),
    wantsDetails,
  };

  const state: LiveState = new Map();
  const all = await Promise.all(
    kinds.map(async (kind) => ({ kind, things: await read(kind.name), names: await index(kind.name) })),
  );
  for (const { kind, things, names } of all) {
    for (const { id, spec } of things) {
      const renamed = id !== undefined && kind.rename === 'in-place' ? names.get(id) : undefined;
      const address =
        renamed === undefined ? addressOf(kind.name, kind.key(spec)) : subjectAddress(kind.name as Subject, renamed);
      if (id === '' || (state.has(address) && id !== undefined)) {
        throw new ReportedError(
          'unreadable-answer',
          `AWS answered ${id === '' ? 'a thing without an id' : 'the same thing twice'}: ${address}.`,
          'That is not what the service promises; nothing was changed. Try again, and report it if it stays.',
        );
      }
      state.set(address, { kind: kind.name, address, spec, ...(id !== undefined && { id }) });
    }
  }
  return state;
}

/** A rename in place is impossible where somebody else has the new name already. */
function checkRenames(
  kind: string,
  things: Live<unknown>[],
  nameOf: (spec: unknown) => string | undefined,
  renames: ReadonlyMap<Address, string>,
): void {
  const live = new Set(things.map(({ spec }) => subjectAddress(kind as Subject, nameOf(spec) ?? '')));
  for (const [old, name] of renames) {
    const renamed = subjectAddress(kind as Subject, name);
    if (!old.startsWith(`${kind}/`) || old === renamed || !live.has(old) || !live.has(renamed)) continue;
    throw new ReportedError(
      'rename-to-existing',
      `The ${kind} ${name} can't be renamed from its old name, because both names are live (${old} and ${renamed}).`,
      `Remove the line "previously" from ${name}; the old one is then removed like everything that the file does not declare.`,
    );
  }
}
