import type { z } from 'zod/mini';
import type { Subjects } from './address.ts';
import type { DocumentPath } from './kind.ts';
import type { PathPattern } from './path-pattern.ts';
import type { Noun } from './words.ts';

/**
 * A section of the file: all that validating it takes, without the code that talks to AWS. What it leaves out, it does not have.
 */
export interface Section<Value = unknown> {
  /** Its key in the file. Where that is absent, nothing that the section declares is managed. */
  name: string;
  /** What it declares: one, and many. */
  noun: Noun;
  /** Optional, with the description that editors show. A map declares things by name or one whole, a list one or more an entry. */
  schema: z.ZodMiniType<Value>;
  /** What may stand here where an identity provider owns the directory: then its things are only referred to. */
  external?: z.ZodMiniType;
  /** The kind that its keys are the names of. */
  declares?: string;
  /** True for a text that is an id rather than a name, and needs no declaration. */
  isId?(text: string): boolean;
  references?: readonly Reference[];
  /** Each entry of the list says in which accounts, as an `AccountTarget`. */
  targetsAccounts?: true;
  /** Other files may add to it. */
  mergeable?: Mergeable;
  /** Where `{ file: … }` may stand instead of a JSON document, from the section downward. */
  documents?: readonly PathPattern[];
  unique?: readonly Unique[];
  checks?: readonly Check[];
  /**
   * What is allowed and probably not meant, where it takes data that is read for it, or the whole section to tell. Only asked
   * of what has no errors: the value is one that the schema gave.
   */
  review?(value: unknown, now: Date): Promise<readonly Advice[]>;
  /** What an entry of the map says beside what is live, and a reviewer should know of; from the entry downward. */
  preferences?: readonly (readonly string[])[];
  /** What it adds to the section `ignore`. */
  ignore?: readonly IgnoreList[];
  snippet?: Snippet;
}

/** Where something is referred to by its name: in a value, or in a key. */
export interface Reference {
  /** From the section downward. */
  at: PathPattern;
  /** What is named: a kind, an account, or what a kind looks up. */
  to: string;
  inKey?: true;
  /** `*` in the text stands for any text. */
  mayBePattern?: true;
}

/** How other files may add to a section. */
export interface Mergeable {
  /** What `include.*.scope` says of the names that a file may declare here; absent: it says nothing. */
  scope?: {
    schema: z.ZodMiniType;
    /** A file may refer to no other names either: to refer to them is to grant them. */
    limitsReferences?: true;
  };
}

/** A part of the file whose values are checked. */
export type CheckedSection = Pick<Section, 'name' | 'external' | 'checks' | 'unique'>;

/** A text that only one entry may have. */
export interface Unique {
  at: PathPattern;
  code: string;
  what: string;
  /** The form in which it is compared; undefined where it can't be. */
  keyOf(text: string): string | undefined;
  /** The rule, and what to do. */
  rule: string;
}

/** What a schema can't say of a value, or what is allowed and probably not meant. */
export interface Check {
  at: PathPattern;
  code: string;
  severity: 'error' | 'warning';
  /** What the message begins with; absent: the text or the name that stands there. */
  subject?: string;
  /** The rest of the message, or all that is wrong below the value; undefined where nothing is wrong. */
  problem(value: unknown, file: FileFacts): string | readonly Flaw[] | undefined;
}

/** Something that is wrong with a part of a value. */
export interface Flaw {
  /** From the value downward; empty for the value itself. */
  at: DocumentPath;
  /** The rest of a message that begins with the text there, or with the check's subject. */
  rest: string;
}

/** What a check may ask about the file as a whole. */
export interface FileFacts {
  /** `aws`, `aws-cn`, … where the file says for which instance or in which region it is. */
  partition: string | undefined;
}

/** A warning about what some entries of a section say. */
export interface Advice {
  code: string;
  message: string;
  /** The first place, from the section downward. */
  at: DocumentPath;
  /** The names of all entries that it is about. */
  entries: readonly string[];
  /** The day of the data about AWS on which it rests, in UTC. */
  data?: string;
}

/** A list under `ignore`. */
export interface IgnoreList<Item = unknown> {
  key: string;
  /** Optional, with the description that editors show. */
  schema: z.ZodMiniType<Item[] | undefined>;
  ruleOf(item: Item): Omit<IgnoreRule, 'at'>;
  /** Its items are patterns of names, not entries of their own form. */
  ofNames?: true;
  /** Where an item names an account, from the list downward. */
  accountsAt?: PathPattern;
}

/** Things to leave alone: of any kind that is about all these subjects, or of one kind only. */
export interface IgnoreRule {
  kind?: string;
  /** Patterns in which `*` stands for any text; an account's matches its name or its id. */
  subjects: Subjects;
  /** Where the file says so, from its root: `ignore`, the list, the item. */
  at: DocumentPath;
}

/** What an editor inserts whole; `${1:…}` are the parts to fill in. */
export interface Snippet {
  label: string;
  description: string;
  body: unknown;
}
