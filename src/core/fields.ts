import type { Field } from './kind.ts';
import { stableJson } from './stable-json.ts';

/** How the fields of a spec are compared, by their names. */
export type Fields<Spec> = { readonly [Name in keyof Spec & string]?: Field<NonNullable<Spec[Name]>> };

/** Undefined for all that means "none". A set is a sorted list of texts. */
export function normalise(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const form = field.normalise ? field.normalise(value) : value;
  if (field.type !== 'set') return form;
  const texts = [...new Set(form as string[])].sort();
  return texts.length === 0 ? undefined : texts;
}

/** True for two values in normal form that say the same. */
export const isSameForm = (one: unknown, other: unknown): boolean =>
  one === other || stableJson(one ?? null) === stableJson(other ?? null);

/** The names of the fields in which two specs differ. */
export function differingFields<Spec extends object>(fields: Fields<Spec>, one: Spec, other: Spec): string[] {
  return (Object.entries(fields) as [keyof Spec & string, Field][]).flatMap(([name, field]) =>
    isSameForm(normalise(field, one[name]), normalise(field, other[name])) ? [] : [name],
  );
}
