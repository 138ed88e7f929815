import * as z from '../../core/zod.ts';
import type { DocumentPath } from '../../core/kind.ts';
import type { Section } from '../../core/section.ts';

export type Schema = z.core.$ZodType;

/** The schema without what only says whether a value may be left out. */
export function bare(schema: Schema): Schema {
  let inner = schema;
  while (
    inner instanceof z.ZodMiniOptional ||
    inner instanceof z.ZodMiniDefault ||
    inner instanceof z.ZodMiniPrefault
  ) {
    inner = inner.def.innerType;
  }
  return inner;
}

/** The schema of what stands at the path. */
export function schemaAt(schema: Schema, path: DocumentPath): Schema | undefined {
  const [step, ...rest] = path;
  const here = bare(schema);
  if (step === undefined) return here;
  if (here instanceof z.ZodMiniUnion) {
    for (const option of here.def.options) {
      const found = schemaAt(option, path);
      if (found) return found;
    }
    return undefined;
  }
  const next = stepInto(here, step);
  return next && schemaAt(next, rest);
}

/** True where the value at the path may be left out. */
export function isOptionalAt(schema: Schema, path: DocumentPath): boolean {
  const [step, owner] = [path.at(-1), schemaAt(schema, path.slice(0, -1))];
  return owner !== undefined && step !== undefined && stepInto(owner, step) instanceof z.ZodMiniOptional;
}

function stepInto(schema: Schema, step: string | number): Schema | undefined {
  if (schema instanceof z.ZodMiniObject) return Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  if (schema instanceof z.ZodMiniRecord) return schema.def.valueType;
  return schema instanceof z.ZodMiniArray ? schema.def.element : undefined;
}

/** The keys that an object of this schema can have. */
export function keysOf(schema: Schema | undefined): string[] {
  return schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];
}

export function optionsOf(schema: Schema | undefined): readonly Schema[] {
  return schema instanceof z.ZodMiniUnion ? schema.def.options : [];
}

/** True of a section whose entries have no names. */
export const isList = ({ schema }: Section): boolean => bare(schema) instanceof z.ZodMiniArray;
