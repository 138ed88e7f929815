import { identityDocument } from '../config/schema/document.ts';
import type { AnyKind } from '../core/kind.ts';
import { countOf, kindWords } from '../core/words.ts';
import type * as z from '../core/zod.ts';
import { kinds as registry } from '../kinds/index.ts';

/** A kind whose document and client have been forgotten: nothing is read or written here. */
export type InventoryKind = AnyKind<never, never>;

/** A section of the file that declares live things. */
export interface Section {
  /** As the file has it: `permissionSets`. */
  name: string;
  /** As flags have it: `permission-sets`. */
  word: string;
  /** One of its entries: `permission-set`. */
  noun: string;
  /** What it declares; the first kind gives the section its entries, and others may add to them. */
  kinds: readonly InventoryKind[];
  schema: z.ZodMiniType;
  /** A list of entries; otherwise they have names. */
  isList: boolean;
  /** Whether `ignore` has a list for it, so that single things can be left alone. */
  isIgnorable: boolean;
}

/**
 * The sections of these kinds, in their order.
 * @param shape the schema of the file, by member.
 */
export function sectionsOf(kinds: readonly InventoryKind[], shape: Readonly<Record<string, z.ZodMiniType>>): Section[] {
  const names = [...new Set(kinds.map(({ section }) => section))];
  return names.flatMap((name) => {
    const schema = shape[name];
    if (!schema) return [];
    const takes = (part: z.ZodMiniType | undefined, value: unknown): boolean => part?.safeParse(value).success ?? false;
    const word = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return {
      name,
      word,
      noun: word.replace(/s$/, ''),
      kinds: kinds.filter(({ section }) => section === name),
      schema,
      isList: takes(schema, []),
      isIgnorable: takes(shape['ignore'], { [name]: [] }),
    };
  });
}

/** `1 permission set`, `3 permission sets`. */
export const countThings = (count: number, { name }: InventoryKind): string => countOf(count, name);

/** `permission sets`. */
export const pluralOf = ({ name }: InventoryKind): string => `${kindWords(name)}s`;

/** Whether everything that the section declares can be written; of the rest, a plan would remove what is live. */
export const isImportable = ({ kinds }: Section): boolean => kinds.every(({ inventory }) => inventory !== undefined);

/** All that there are. */
export const sections = sectionsOf(registry, identityDocument.shape);

/** Those that an import can write. */
export const importableSections = sections.filter(isImportable);
