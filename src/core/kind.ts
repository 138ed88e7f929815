import type { z } from 'zod/mini';
import type { AccountTarget } from './account-target.ts';
import type { Address, Key, Subject, Subjects } from './address.ts';
import type { Expiry } from './expiry.ts';
import type { Fields } from './fields.ts';
import type { Inventory, InventoryContext } from './inventory.ts';
import type { StepOf } from './of-kind.ts';
import type { Step, Warning } from './plan.ts';
import type { Rights } from './rights.ts';
import type { Section } from './section.ts';
import type { Noun } from './words.ts';

/** Where something stands in the document: keys and list indexes from the root. */
export type DocumentPath = readonly (string | number)[];

/** What the file asks for, with every place that asks for it. */
export interface Declared<Spec> {
  spec: Spec;
  /** One list may serve many things that are asked for at one place. */
  at: readonly DocumentPath[];
  /** The name that this thing had before (`previously`); null: it is not a thing that has had another name. */
  previously?: string | null;
  /** When this declaration ends; what is declared elsewhere too stays. */
  expires?: Expiry;
}

/** An entry that asks for every combination of what it names. */
export interface Product {
  at: DocumentPath;
  /** What it asks for: `assignments`. */
  many: string;
  /** How much of each it names: `[500, 'accounts']`. */
  factors: readonly (readonly [count: number, many: string])[];
}

/** What exists, with the id that AWS gave it (an assignment has none). */
export interface Live<Spec> {
  spec: Spec;
  id?: string;
}

/** Turns ids into the names that people know. */
export interface Names {
  account(id: string): string;
}

/** How one field of a spec is compared and shown. */
export interface Field<Value = unknown> {
  /** `value`: before and after; `set`: what is added and removed; `document`: a line diff. */
  type: 'value' | 'set' | 'document';
  /** The form that is compared and hashed, where the value itself is not. A set's form is a list of strings. */
  normalise?(value: Value): unknown;
  /** The text for people, where the normalised form is not. */
  show?(value: Value, names: Names): string;
}

/** What a kind may ask of the file. */
export interface Asked {
  /** What the file asks for of a kind: how much there will be to read, as far as it can be told beforehand. */
  declared<Spec>(kind: string): Spec[];
  /** False for a kind whose section is absent: nobody looks at it, unless it says something about another kind. */
  manages(kind: string): boolean;
  /** True for what the file will have removed, if it is live. */
  removes(kind: string, name: string): boolean;
  /** False for what the file ignores and does not declare: nobody will look at its details. */
  wantsDetails(kind: string, name: string): boolean;
  /** True where the fields are compared that the file came to express later (`addedFields`). */
  comparesAdded(kind: string): boolean;
}

/** What a kind may ask while it reads. */
export interface LiveReader extends Asked {
  /** All live things of another kind, read once a run. They are called what AWS calls them. */
  of<Spec>(kind: string): Promise<Live<Spec>[]>;
  /** True where things whose principal is gone must be found too. */
  needsOrphans: boolean;
  /** Called by a kind that reads in a way that finds no such things. */
  missesOrphans(): void;
  /** What several kinds need, read once a run. */
  once<Value>(what: string, read: () => Promise<Value>): Promise<Value>;
}

/** What a kind may ask where everything has been read before. */
export interface SnapshotReader extends Asked {
  /** All things of another kind, called what AWS calls them. */
  of<Spec>(kind: string): Live<Spec>[];
}

/** The names of what is live, as the file calls it now. */
export interface LiveNames {
  /** Undefined where nothing of the kind has that id. */
  of(kind: string, id: string): string | undefined;
}

/** The AWS ids of what a step refers to: those that were live, and those made by earlier steps. */
export interface Ids {
  of(kind: string, name: string): string;
}

/** What turns a checked document into specs: facts that are known only once the instance has been found. */
export interface DesiredContext {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  partition: string;
  /** The 12-digit ids of the accounts that an entry is about for certain, each once. */
  accountIds(target: AccountTarget): readonly string[];
  /**
   * What a text stands for that refers to something that is looked up; undefined where that can't be told. Absent where
   * nothing is looked up: then it stands for itself.
   */
  find?(subject: Subject, nameOrArn: string): Referred | undefined;
}

/** Something that exists, and that no file can declare. */
export interface Referred {
  arn: string;
  name: string;
  /** Another one has the same name. */
  isNameShared?: boolean | undefined;
  /** AWS manages it itself, so no file can refer to it. */
  isOfAws?: boolean | undefined;
}

/** How things are found that can only be referred to. */
export interface LookUp<Client> {
  /** What references and `ignore` call one of them. */
  subject: Subject;
  noun: Noun;
  /** What they are, for readers of a snapshot. */
  description: string;
  /** All there are. */
  list(client: Client): Promise<Referred[]>;
}

/**
 * One kind of thing that is reconciled, whole: its piece of the file, and how it is read, compared and written. All the rest of
 * the program knows of it is here, most of it optional; no member's name or type mentions a kind.
 */
export interface Kind<Spec, Entry, Client> {
  /** Singular, kebab-case; the first half of every address. */
  name: string;
  noun: Noun;
  /** The section of the file whose presence says that live things of this kind are managed. Two kinds may share one. */
  section: Section<Entry>;
  /** Checks a spec that comes from outside (a saved plan). */
  spec: z.ZodMiniType<Spec>;
  /** Everything of this kind that the section asks for: one after the other where there can be a million. */
  desired(entry: NonNullable<Entry>, context: DesiredContext): Iterable<Declared<Spec>>;
  /** How many things the entries of the section ask for, each a product, told without making one. Absent: no products. */
  sizes?(entry: NonNullable<Entry>, context: DesiredContext): Product[];
  /** Unique among the kind, always in as many parts. */
  key(spec: Spec): Key;
  /** One line for people, without the kind's name. */
  label(spec: Spec, names: Names): string;
  /** Everything that it is about, itself included; drives references, ignore patterns and access. */
  subjects(spec: Spec): Subjects;
  /** How `previously` is carried out: by renaming, or by making the thing anew. Absent: it has no name of its own. */
  rename?: 'in-place' | 'replace';
  /** By what two of its things are known to be one under two names. Absent: by nothing. */
  sameness?: Sameness<Spec>;
  /** The fields that are compared and shown. What is not listed is carried along only. */
  fields: Fields<Spec>;
  /**
   * Those of them that the file came to express later. They are read and compared only where it gives at least one thing of the
   * kind one of them, were it `null` for none: what a file of before never spoke of stays as it is.
   */
  addedFields?: readonly (keyof Spec & string)[];
  /** What its section refers to, and no kind declares. */
  lookUp?: LookUp<Client>;
  rights: Rights<Client>;
  /** All that is live. A spec has the ids of what it refers to in the place of names, where the kind has `named`. */
  read(client: Client, live: LiveReader): Promise<Live<Spec>[]>;
  /** True of what an identity provider put there: a file can only refer to it. */
  isExternal?(spec: Spec): boolean;
  /** Of all that a snapshot has, what `read` gives for a file. Absent: all of it, as `read` does. */
  fromSnapshot?(things: Live<Spec>[], asked: SnapshotReader): Live<Spec>[];
  /** Puts names in the place of ids; an id that nobody has stays. Absent: it refers to nothing. */
  named?(spec: Spec, names: LiveNames): Spec;
  /** Returns the new id, where the kind has ids. */
  create(client: Client, spec: Spec, ids: Ids): Promise<string | undefined>;
  /** Absent where every field is part of the key. */
  update?(client: Client, id: string, before: Spec, after: Spec, ids: Ids): Promise<void>;
  delete(client: Client, id: string, spec: Spec, ids: Ids): Promise<void>;
  /** The id of one thing, to try reads on where not all of them could be read. */
  findOne?(client: Client): Promise<string | undefined>;
  /**
   * Which of a plan's steps must wait for another, besides what references and access ask for.
   * @param steps those of this kind.
   * @param all those of every kind.
   */
  constraints?(steps: readonly StepOf<Spec>[], all: readonly Step[]): Constraint[];
  /**
   * What a reviewer should know of the steps of this kind; gravest first.
   * @param steps those of this kind.
   */
  risks?(steps: readonly StepOf<Spec>[]): Warning[];
  /** Things that entries grant in one go, in whichever accounts: where an account moves, one of them may be left over. */
  families?: {
    of(spec: Spec): string;
    /** Those of the section, with the accounts that they are granted in and the entry that says so. */
    inSection(entries: NonNullable<Entry>): Iterable<{ family: string; target: AccountTarget; at: DocumentPath }>;
  };
  /** What a step costs; by default one call. */
  cost?(step: StepOf<Spec>): StepCost;
  /** AWS keeps it where what it refers to is removed, and it then points at nothing: such a removal is refused. */
  outlivesReferences?: true;
  /**
   * How `idc import` writes what is live, in the order of addresses and without orphans and what goes with something that is
   * left alone. Absent: the section of this kind is left out of the file.
   */
  inventory?(live: readonly Spec[], context: InventoryContext): Inventory<Spec>;
}

/** By what a thing that goes and one that comes are found to be one, whose new name the file does not tell. */
export interface Sameness<Spec> {
  /** `the same e-mail address`. */
  what: string;
  /** Of a certain sign a plan is refused, of another it warns. */
  isCertain: boolean;
  /**
   * The sign of each step that has one, by its id.
   * @param steps those of this kind.
   * @param all those of every kind.
   */
  signsOf(steps: readonly StepOf<Spec>[], all: readonly Step[]): ReadonlyMap<Address, string>;
  /** `loses the id`: what deleting it and making it again does. */
  effect: string;
}

/** That one step must wait for another, and why. */
export interface Constraint {
  step: Address;
  waitsFor: Address;
  /**
   * `keep`: else somebody loses on the way what they keep. `exclude`: else somebody holds on the way what neither side
   * gives. `free`: else it takes what the other still holds. The last two are given up where they contradict a `keep`.
   */
  purpose: 'keep' | 'exclude' | 'free';
  /** What it protects, for the warning when it is given up; undefined where nobody would notice. */
  about: string | undefined;
}

/** What a step will take, beside the reading. */
export interface StepCost {
  /** Calls that end with their answer. */
  calls: number;
  /** An asynchronous request that it starts: of which sort, and in which account where that is one. */
  request?: { type: 'assigning' | 'provisioning'; account?: string };
}

/** A kind whose spec type has been forgotten, so that kinds can stand in one list. The one `any` of the project. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyKind<Client> = Kind<any, any, Client>;
