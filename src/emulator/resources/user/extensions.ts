import { validationError } from '../../core/errors.ts';
import { isObject } from '../../core/validate.ts';
import type { User } from './table.ts';

/** API reference: the only extension that there is. */
const supported = 'aws:identitystore:enterprise';

type Extensions = NonNullable<User['Extensions']>;

export function checkExtensions(names: readonly string[]): void {
  const unknown = names.find((name) => name !== supported);
  if (unknown !== undefined) throw validationError(`Extension ${unknown} is not supported.`);
}

/** `aws:identitystore:enterprise.department`: the attributes of an extension are updated by path too. */
export function splitExtensionPath(path: string): { extension: string; attribute: string } | undefined {
  const dot = path.indexOf('.');
  if (!path.includes(':') || dot < 0) return undefined;
  return { extension: path.slice(0, dot), attribute: path.slice(dot + 1) };
}

export function setExtension(
  extensions: Extensions | undefined,
  { extension, attribute }: { extension: string; attribute: string },
  value: unknown,
): Extensions | undefined {
  checkExtensions([extension]);
  const before = extensions?.[extension];
  const { [attribute]: _before, ...others } = isObject(before) ? before : {};
  const after = value === undefined || value === null || value === '' ? others : { ...others, [attribute]: value };
  return Object.keys(after).length === 0 ? undefined : { [extension]: after };
}
