import * as z from '../../core/zod.ts';
import { plain, type Tree } from '../syntax/tree.ts';
import { bare, type Schema } from './schema-walk.ts';

/** What to write instead of a value that has the form of another tool; undefined where the schema can't tell. */
export function rightForm(schema: Schema | undefined, tree: Tree): string | undefined {
  if (!schema) return undefined;
  const value = plain(tree);
  const own = z.rightForms.get(schema)?.of(value);
  if (own !== undefined || !(schema instanceof z.ZodMiniArray) || tree.kind !== 'scalar') return own;
  const item = z.rightForms.get(bare(schema.def.element))?.of(value);
  return item === undefined ? undefined : `[${item}]`;
}
