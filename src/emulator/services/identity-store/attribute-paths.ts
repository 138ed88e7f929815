import { validationError } from '../../core/errors.ts';
import type { Shape } from '../../core/shape.ts';
import { describeViolations, isObject, readInput } from '../../core/validate.ts';

// UpdateUser and UpdateGroup take paths, in the lower camel case that the service has for them. Of the lists only the
// whole can be replaced (observed by Terraform's authors).

export interface Attribute {
  /** Where the value is in the row. */
  at: readonly string[];
  shape: Shape;
  /** It can be replaced but not removed. */
  required?: true;
}

interface Operation {
  readonly AttributePath: string;
  readonly AttributeValue?: unknown;
}

/** The row with every operation applied; it is all or nothing. */
export function applyOperations<Row extends object>(
  row: Row,
  paths: Readonly<Record<string, Attribute>>,
  operations: readonly Operation[],
): Row {
  return operations.reduce<Row>((before, { AttributePath, AttributeValue }, index) => {
    const attribute = Object.hasOwn(paths, AttributePath) ? paths[AttributePath] : undefined;
    if (!attribute) throw validationError(`Attribute path ${AttributePath} is not supported for update.`);
    // A value that is absent, null or empty removes the attribute; Terraform sends an empty string for that.
    const removes = AttributeValue === undefined || AttributeValue === null || AttributeValue === '';
    if (removes && attribute.required) throw validationError(`Attribute ${AttributePath} is required.`);
    const value = removes ? undefined : readValue(attribute.shape, AttributeValue, index);
    return setAt(before as Record<string, unknown>, attribute.at, value) as Row;
  }, row);
}

function readValue(shape: Shape, value: unknown, index: number): unknown {
  const { input, violations } = readInput(shape, upperCamel(value), `operations.${index + 1}.member.attributeValue`);
  if (violations.length > 0) throw validationError(describeViolations(violations));
  return input;
}

/** Inside these values members are in lower camel case, elsewhere in the API in upper camel case. */
function upperCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => upperCamel(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.charAt(0).toUpperCase() + name.slice(1), item]),
  );
}

function setAt(row: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): object {
  const nested = row[first];
  const replaced = rest.length === 0 ? value : setAt(isObject(nested) ? nested : {}, rest, value);
  const { [first]: _before, ...others } = row;
  return replaced === undefined ? others : { ...others, [first]: replaced };
}
