import type { Names } from './kind.ts';

/** What a kind may ask while it puts live things into entries. */
export interface InventoryContext {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  partition: string;
  /** The names that the file has for ids; where it has none, the id. */
  names: Names;
  /** Puts accounts, by the names that the file has for them, into the order of its section `accounts`. */
  sortAccounts(names: readonly string[]): string[];
  /** How an entry could take exactly these accounts by what they are, as sentences; empty where nothing fits. */
  proposeTargets(names: readonly string[]): string[];
  /** Whether anything else that is live refers to the thing of this kind with this name. */
  isReferredTo(name: string): boolean;
}

/** How the live things of one kind are written: plain data, which `idc import` checks, puts in order and writes. */
export interface Inventory<Spec> {
  entries: readonly InventoryEntry<Spec>[];
  /** Things that are never written: something else looks after them. */
  ignored?: readonly IgnoredThings[];
  /** Sentences for the comment above the section. */
  notes?: readonly string[];
  /** What the comment above the section calls the kind's orphans, in the plural. Absent: the words of the kind's name. */
  orphanNoun?: string;
  /** The section is written only where it has something to say; absent, it is not managed. */
  isOptional?: boolean;
}

/** One entry of a section, or what is added to one. */
export interface InventoryEntry<Spec> {
  /**
   * A piece of the section: `{ hanako: { … } }` where it has entries by name, `[{ … }]` where it is a list. Pieces are put
   * together, and so are two by the same name: a membership adds to the entry of its group.
   */
  piece: Readonly<Record<string, unknown>> | readonly object[];
  /**
   * The live thing that the piece declares, as a plan should compare it. A thing that the file would declare otherwise, or
   * does not take, is left alone. Absent where that can't happen.
   */
  declares?: Spec;
  /** Why the service would refuse the piece: `has an inline policy that …`. */
  problem?: string | undefined;
  /** What no two entries may share. */
  unique?: { what: string; key: string } | undefined;
  /** Sentences for the comment above the entry. */
  notes?: readonly string[];
  /** Members of the entry that may stand in a JSON file of their own, as `{ file: … }`, and where. */
  files?: Readonly<Record<string, string>>;
}

/** Live things that a pattern under `ignore` leaves alone. */
export interface IgnoredThings {
  pattern: string;
  names: readonly string[];
  /** Why, as a sentence. */
  note: string;
}
