import type { Behaviour } from '../../core/behaviour.ts';
import { validationError } from '../../core/errors.ts';
import { describeViolations, isObject, readInput } from '../../core/validate.ts';
import { Text } from '../../services/identity-store/shapes.ts';
import type { User } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /**
     * The path by which UpdateUser sets enterprise attributes: one of them (`aws:identitystore:enterprise.department`), or the
     * extension with all of them. The pattern of the API model admits both.
     */
    extensionUpdate: 'attribute' | 'extension';
    /** The manager is an object with a `value`, as in SCIM and in `${path:enterprise.manager.value}`, or a text. */
    managerForm: 'object' | 'text';
  }
}

/** API reference: the only extension that there is. */
const supported = 'aws:identitystore:enterprise';

/** The attributes of the extension that SCIM has; each a text but the manager. */
const attributes = ['employeeNumber', 'costCenter', 'organization', 'division', 'department', 'manager'];

type Extensions = NonNullable<User['Extensions']>;
type Form = Pick<Behaviour, 'extensionUpdate' | 'managerForm'>;

export function checkExtensions(names: readonly string[]): void {
  const unknown = names.find((name) => name !== supported);
  if (unknown !== undefined) throw validationError(`Extension ${unknown} is not supported.`);
}

/** The attributes of an extension, as CreateUser and UpdateUser are given them. Throws where they can't be stored. */
export function checkAttributes(value: unknown, { managerForm }: Form): void {
  if (!isObject(value)) throw validationError(`Extension ${supported} must be an object.`);
  for (const [name, given] of Object.entries(value)) {
    if (!attributes.includes(name))
      throw validationError(`Attribute ${name} of extension ${supported} is not supported.`);
    const isManager = name === 'manager';
    if (isManager && isObject(given) !== (managerForm === 'object')) {
      throw validationError(`Attribute manager must be ${managerForm === 'object' ? 'an object' : 'a string'}.`);
    }
    const { violations } = readInput(Text, isManager && isObject(given) ? given['value'] : given, name);
    if (violations.length > 0) throw validationError(describeViolations(violations));
  }
}

/** Undefined for a path that leads to no extension. */
export function splitExtensionPath(path: string): { extension: string; attribute: string | undefined } | undefined {
  if (!path.includes(':')) return undefined;
  const [extension = '', ...rest] = path.split('.');
  return { extension, attribute: rest.length === 0 ? undefined : rest.join('.') };
}

/** The extensions after an operation of UpdateUser; without a value it removes. */
export function setExtension(
  extensions: Extensions | undefined,
  { extension, attribute }: { extension: string; attribute: string | undefined },
  value: unknown,
  form: Form,
): Extensions | undefined {
  checkExtensions([extension]);
  if ((attribute === undefined) !== (form.extensionUpdate === 'extension')) {
    const path = attribute === undefined ? extension : `${extension}.${attribute}`;
    throw validationError(`Attribute path ${path} is not supported for update.`);
  }
  const isRemoval = value === undefined || value === null || value === '';
  if (attribute === undefined) {
    if (isRemoval || (isObject(value) && Object.keys(value).length === 0)) return undefined;
    checkAttributes(value, form);
    return { [extension]: value };
  }
  const before = extensions?.[extension];
  const { [attribute]: _before, ...others } = isObject(before) ? before : {};
  if (!isRemoval) checkAttributes({ [attribute]: value }, form);
  else if (!attributes.includes(attribute)) throw validationError(`Attribute ${attribute} is not supported.`);
  const after = isRemoval ? others : { ...others, [attribute]: value };
  return Object.keys(after).length === 0 ? undefined : { [extension]: after };
}
