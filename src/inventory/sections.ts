import type { AnyKind } from '../core/kind.ts';
import type { Section as FileSection } from '../core/section.ts';
import { kinds as registry } from '../kinds/index.ts';

/** A kind whose client has been forgotten: nothing is read or written here. */
export type InventoryKind = AnyKind<never>;

/** A section of the file that declares live things. */
export interface Section extends Pick<FileSection, 'name' | 'noun' | 'schema'> {
  /** As flags have it: `permission-sets`. */
  word: string;
  /** What it declares; the first kind gives the section its entries, and others may add to them. */
  kinds: readonly InventoryKind[];
  /** A list of entries; otherwise they have names. */
  isList: boolean;
  /** Whether `ignore` has a list for it, so that single things can be left alone. */
  isIgnorable: boolean;
  /** Where an identity provider owns the directory, what it declares is only referred to. */
  isProvided: boolean;
}

/** The sections of these kinds, in their order. */
export function sectionsOf(kinds: readonly InventoryKind[]): Section[] {
  const sections = new Map(kinds.map(({ section }): [string, FileSection] => [section.name, section]));
  return [...sections.values()].map(({ name, noun, schema, ignore = [], external }) => ({
    name,
    noun,
    schema,
    word: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    kinds: kinds.filter(({ section }) => section.name === name),
    isList: schema.safeParse([]).success,
    isIgnorable: ignore.some(({ key, ofNames }) => key === name && ofNames),
    isProvided: external !== undefined,
  }));
}

/** Whether everything that the section declares can be written; of the rest, a plan would remove what is live. */
export const isImportable = ({ kinds }: Section): boolean => kinds.every(({ inventory }) => inventory !== undefined);

/** All that there are. */
export const sections = sectionsOf(registry);

/** Those that an import can write. */
export const importableSections = sections.filter(isImportable);
