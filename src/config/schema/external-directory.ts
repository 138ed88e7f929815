import type { Section } from '../../core/section.ts';
import { identityDocument } from './document.ts';
import { findNearest } from '../../core/nearest-name.ts';
import type { ExplainKeys } from './schema-issues.ts';
import { bare, keysOf, schemaAt } from './schema-walk.ts';
import { quote } from '../syntax/quote.ts';
import { listOf } from '../../core/words.ts';
import { get, textOf, type Tree } from '../syntax/tree.ts';

const directories = ['identity-center', 'external'];

/**
 * Whether the file says, or tries to say, that an identity provider owns the directory: a misspelt `external` must not
 * bring complaints about every user.
 */
export function isExternal(root: Tree): boolean {
  const section = meant(root, 'identityCenter', Object.keys(identityDocument.shape));
  const value = textOf(meant(section, 'directory', keysOf(bare(identityDocument.shape.identityCenter))));
  return value !== undefined && findNearest(value, directories) === 'external';
}

function meant(tree: Tree | undefined, key: string, valid: readonly string[]): Tree | undefined {
  if (tree?.kind !== 'map' || tree.entries.has(key)) return get(tree, key);
  const misspelt = [...tree.entries.keys()].find((name) => findNearest(name, valid) === key);
  return misspelt === undefined ? undefined : get(tree, misspelt);
}

/** Keys that would be right if the directory were Identity Center's own. */
export const explainExternalKeys =
  (sections: readonly Section[]): ExplainKeys =>
  ([name, , ...rest], keys) => {
    const section = sections.find((one) => one.name === name && one.external !== undefined);
    if (!section || rest.length > 0) return undefined;
    const valid = keysOf(schemaAt(section.schema, ['*']));
    const own = keys.filter((key) => valid.includes(key));
    if (own.length === 0) return undefined;
    const from = 'users and groups come from the identity provider (directory: external)';
    return {
      code: 'external-directory',
      keys: own,
      message: `This file cannot set ${listOf(own.map(quote))}: ${from}.`,
    };
  };
