import { subjectAddress, type Address } from '../core/address.ts';
import { isSameForm, normalise } from '../core/fields.ts';
import type { AnyKind, Field, Names } from '../core/kind.ts';
import type { FieldChange, Step } from '../core/plan.ts';
import { stableJson } from '../core/stable-json.ts';
import type { State, Thing } from '../core/state.ts';
import type { LiveState, LiveThing } from './state.ts';

export interface Difference {
  steps: Step[];
  /** Live things that the file says nothing about, by kind. */
  ignored: Record<string, number>;
  /** Live things that refer to something that is gone. */
  orphans: LiveThing[];
  /** Removals that are not made, of things that the file may still ask for. */
  frozen: Step[];
}

export interface DiffOptions {
  names: Names;
  manages(thing: LiveThing): boolean;
  /** Removes orphans too. */
  removeOrphans: boolean;
  /** True for a live thing that the file may ask for by a name that can't be found. */
  isFrozen?(thing: LiveThing): boolean;
}

/** One thing that is asked for. */
type Asked = Thing & { readonly previously?: string | undefined };

/** Compares both sides. Pure; the steps are in no order yet. */
export function diffStates<Client>(
  kinds: readonly AnyKind<Client>[],
  desired: State<Asked>,
  live: LiveState,
  { names, manages, removeOrphans, isFrozen = () => false }: DiffOptions,
): Difference {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const kindOf = (name: string): AnyKind<Client> => {
    const kind = byName.get(name);
    if (!kind) throw new Error(`unknown kind ${name}`);
    return kind;
  };
  const steps: Step[] = [];
  const removals: Step[] = [];
  const ignored: Record<string, number> = {};
  const orphans: LiveThing[] = [];
  const frozen: Step[] = [];
  const replacements = findReplacements(kinds, desired, live, manages);

  for (const thing of desired.values()) {
    const existing = live.like(thing);
    if (existing?.spec === thing.spec) continue;
    const kind = kindOf(thing.kind);
    const step = existing ? updateStep(kind, thing, existing, names) : createStep(kind, thing, names);
    if (!step) continue;
    const replaces = replacements.get(step.id);
    steps.push({ ...step, ...(replaces !== undefined && { replaces }) });
  }
  const replacedBy = new Map([...replacements].map(([by, old]) => [old, by]));
  for (const thing of live.values()) {
    if (desired.like(thing)) continue;
    const kind = kindOf(thing.kind);
    const isOrphan = Object.entries(kind.subjects(thing.spec)).some(
      ([subject, name]) => subject !== thing.kind && byName.has(subject) && !live.has(subjectAddress(subject, name)),
    );
    if (isOrphan) orphans.push(thing);
    if (!manages(thing)) {
      if (!isOrphan) ignored[thing.kind] = (ignored[thing.kind] ?? 0) + 1;
      continue;
    }
    if (isOrphan && !removeOrphans) continue;
    const step = deleteStep(kind, thing, names);
    const by = replacedBy.get(step.id);
    (isFrozen(thing) ? frozen : removals).push({ ...step, ...(by !== undefined && { replacedBy: by }) });
  }
  // Whatever order AWS answers in, the plan is the same.
  for (const list of [removals, frozen]) list.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { steps: [...steps, ...removals], ignored, orphans, frozen };
}

/** New address to old, for what `previously` replaces because its name can't change: not where the old one is left alone. */
function findReplacements<Client>(
  kinds: readonly AnyKind<Client>[],
  desired: State<Asked>,
  live: LiveState,
  manages: DiffOptions['manages'],
): Map<Address, Address> {
  const found = new Map<Address, Address>();
  for (const { name: kind } of kinds.filter(({ rename }) => rename === 'replace')) {
    for (const { previously, address } of desired.of(kind)) {
      const old = previously === undefined ? undefined : live.get(subjectAddress(kind, previously));
      if (old && manages(old)) found.set(address, old.address);
    }
  }
  return found;
}

type Engine = AnyKind<never>;

function createStep(kind: Engine, { address, spec }: Thing, names: Names): Step {
  return {
    ...head(kind, address, 'create', spec, names),
    changes: fieldChanges(kind, undefined, spec, names),
    after: spec,
    normalised: { after: normalForm(kind, spec) },
  };
}

function updateStep(kind: Engine, thing: Asked, existing: LiveThing, names: Names): Step | undefined {
  const { address, previously } = thing;
  // A name that differs by case alone is the same one, unless the file asks for the other case.
  const isCaseRename = previously !== undefined && subjectAddress(kind.name, previously) === address;
  const spec = isCaseRename ? thing.spec : withName(kind, thing.spec, existing.spec);
  const compared = isCaseRename ? withExactName(kind, spec) : kind;
  const changes = fieldChanges(compared, existing.spec, spec, names);
  if (changes.length === 0) return undefined;
  return {
    ...head(kind, address, 'update', spec, names),
    changes,
    before: existing.spec,
    after: spec,
    normalised: { before: normalForm(compared, existing.spec), after: normalForm(compared, spec) },
    ...(existing.id !== undefined && { liveId: existing.id }),
  };
}

function deleteStep(kind: Engine, { address, spec, id }: LiveThing, names: Names): Step {
  return {
    ...head(kind, address, 'delete', spec, names),
    changes: fieldChanges(kind, spec, undefined, names),
    before: spec,
    normalised: { before: normalForm(kind, spec) },
    ...(id !== undefined && { liveId: id }),
  };
}

function head(kind: Engine, address: Address, action: Step['action'], spec: unknown, names: Names) {
  const key = address.slice(`${kind.name}/`.length);
  return {
    id: address,
    action,
    kind: kind.name,
    key,
    label: kind.label(spec, names),
    subjects: kind.subjects(spec),
    dependsOn: [],
  };
}

const member = (spec: unknown, name: string): unknown => (spec as Record<string, unknown> | undefined)?.[name];

/** The compared fields alone, each in normal form; of a kind without fields, its key says all. */
function normalForm(kind: Engine, spec: unknown): Record<string, unknown> {
  return Object.fromEntries(
    (Object.entries(kind.fields) as [string, Field][]).flatMap(([name, field]) => {
      const form = normalise(field, member(spec, name));
      return form === undefined ? [] : [[name, form]];
    }),
  );
}

/** What differs between two specs of a kind, field by field; of one that is absent, all of the other. */
export function fieldChanges(kind: Engine, before: unknown, after: unknown, names: Names): FieldChange[] {
  // Of what comes or goes the label says the name already.
  const isNew = before === undefined || after === undefined;
  const changes: FieldChange[] = [];
  for (const name of Object.keys(kind.fields)) {
    const field = kind.fields[name];
    const old = member(before, name);
    const now = member(after, name);
    if (!field || old === now || (isNew && isOwnName(kind, after ?? before, name))) continue;
    const change = fieldChange(name, field, old, now, names);
    if (change) changes.push(change);
  }
  return changes;
}

/** A thing under the name of another, where the two names are one but for their case. */
function withName(kind: Engine, spec: unknown, other: unknown): unknown {
  const [name, live] = [kind.subjects(spec)[kind.name], kind.subjects(other)[kind.name]];
  if (name === live || name === undefined || live === undefined) return spec;
  if (subjectAddress(kind.name, name) !== subjectAddress(kind.name, live)) return spec;
  const field = Object.keys(kind.fields).find((one) => isOwnName(kind, spec, one));
  return field === undefined ? spec : { ...(spec as object), [field]: live };
}

/** A kind whose names are compared as they are written. */
function withExactName(kind: Engine, spec: unknown): Engine {
  const fields = Object.entries(kind.fields as Record<string, Field>).map(([name, field]) => {
    const { normalise: _form, ...exact } = field;
    return [name, isOwnName(kind, spec, name) ? exact : field] as const;
  });
  return { ...kind, fields: Object.fromEntries(fields) };
}

/** True of the field without which the thing would have no name. */
function isOwnName(kind: Engine, spec: unknown, field: string): boolean {
  const nameOf = (one: object): string | undefined => kind.subjects(one)[kind.name];
  return nameOf(spec as object) !== undefined && nameOf({ ...(spec as object), [field]: undefined }) === undefined;
}

function fieldChange(
  name: string,
  field: Field,
  before: unknown,
  after: unknown,
  names: Names,
): FieldChange | undefined {
  const [old, now] = [normalise(field, before), normalise(field, after)];
  if (isSameForm(old, now)) return undefined;
  if (field.type === 'set') {
    const [removed, added] = [old ?? [], now ?? []] as [string[], string[]];
    return {
      field: name,
      type: 'set',
      added: added.filter((text) => !removed.includes(text)),
      removed: removed.filter((text) => !added.includes(text)),
    };
  }
  const show = (value: unknown): string | null => {
    if (value === undefined || value === null) return null;
    if (field.show) return field.show(value, names);
    return typeof value === 'string' ? value : stableJson(value);
  };
  return { field: name, type: field.type, before: show(before), after: show(after) };
}
