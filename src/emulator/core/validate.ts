import { ServiceError } from './errors.ts';
import type { IntegerShape, ListShape, MapShape, Shape, StringShape, StructureShape } from './shape.ts';

/** One broken constraint. `reason` is the code that AWS Organizations gives for it in InvalidInputException. */
export interface Violation {
  path: string;
  value: unknown;
  constraint: string;
  reason:
    | 'INPUT_REQUIRED'
    | 'INVALID_ENUM'
    | 'INVALID_LIST_MEMBER'
    | 'INVALID_PATTERN'
    | 'MAX_LENGTH_EXCEEDED'
    | 'MAX_VALUE_EXCEEDED'
    | 'MIN_LENGTH_EXCEEDED'
    | 'MIN_VALUE_EXCEEDED';
}

/**
 * Checks raw JSON against a shape and returns what of it the shape knows. Unknown members and nulls are dropped, as the
 * JSON protocols of AWS do. A wrong JSON type is a SerializationException at once; broken constraints are collected.
 */
export function readInput(shape: Shape, raw: unknown, path = ''): { input: unknown; violations: Violation[] } {
  const violations: Violation[] = [];
  const input = read(shape, raw, path, violations);
  return { input, violations };
}

/** The text of the services' validation errors; member names are in lower camel case there. */
export function describeViolations(violations: readonly Violation[]): string {
  const errors = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  const texts = violations.map(({ path, value, constraint }) => {
    const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
    return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
  });
  return `${errors} detected: ${texts.join('; ')}`;
}

function read(shape: Shape, raw: unknown, path: string, violations: Violation[]): unknown {
  if (shape.type === 'string') return readString(shape, raw, path, violations);
  if (shape.type === 'integer') return readInteger(shape, raw, path, violations);
  if (shape.type === 'boolean') return typeof raw === 'boolean' ? raw : mismatch(raw, 'Boolean');
  if (shape.type === 'list') return readList(shape, raw, path, violations);
  if (shape.type === 'map') return readMap(shape, raw, path, violations);
  return shape.type === 'document' ? raw : readStructure(shape, raw, path, violations);
}

function readString(shape: StringShape, raw: unknown, path: string, violations: Violation[]): string {
  if (typeof raw !== 'string') return mismatch(raw, 'String');
  checkLength(shape, raw.length, raw, path, violations);
  if (shape.pattern !== undefined && !regexOf(shape.pattern).test(raw)) {
    const constraint = `Member must satisfy regular expression pattern: ${shape.pattern}`;
    violations.push({ path, value: raw, constraint, reason: 'INVALID_PATTERN' });
  }
  if (shape.values !== undefined && !shape.values.includes(raw)) {
    const constraint = `Member must satisfy enum value set: [${shape.values.join(', ')}]`;
    violations.push({ path, value: raw, constraint, reason: 'INVALID_ENUM' });
  }
  return raw;
}

function readInteger(shape: IntegerShape, raw: unknown, path: string, violations: Violation[]): number {
  if (typeof raw !== 'number' || !Number.isInteger(raw)) return mismatch(raw, 'Integer');
  if (shape.max !== undefined && raw > shape.max) {
    const constraint = `Member must have value less than or equal to ${shape.max}`;
    violations.push({ path, value: raw, constraint, reason: 'MAX_VALUE_EXCEEDED' });
  }
  if (shape.min !== undefined && raw < shape.min) {
    const constraint = `Member must have value greater than or equal to ${shape.min}`;
    violations.push({ path, value: raw, constraint, reason: 'MIN_VALUE_EXCEEDED' });
  }
  return raw;
}

function readList(shape: ListShape, raw: unknown, path: string, violations: Violation[]): unknown[] {
  if (!Array.isArray(raw)) return mismatch(raw, 'list');
  checkLength(shape, raw.length, raw, path, violations);
  return raw.map((item, index) => read(shape.member, item, `${path}.${index + 1}.member`, violations));
}

function readMap(shape: MapShape, raw: unknown, path: string, violations: Violation[]): Record<string, unknown> {
  if (!isObject(raw)) return mismatch(raw, 'map');
  const entries = Object.entries(raw).filter(([, value]) => value !== null);
  checkLength(shape, entries.length, raw, path, violations);
  return Object.fromEntries(
    entries.map(([key, value]) => [
      readString(shape.key, key, `${path}.key`, violations),
      read(shape.value, value, `${path}.${key}.member`, violations),
    ]),
  );
}

function readStructure(
  shape: StructureShape,
  raw: unknown,
  path: string,
  violations: Violation[],
): Record<string, unknown> {
  if (!isObject(raw)) return mismatch(raw, 'structure');
  const at = (name: string): string => (path === '' ? lowerCamel(name) : `${path}.${lowerCamel(name)}`);
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.required)) {
    const value = raw[name] ?? undefined;
    if (value === undefined) {
      violations.push({ path: at(name), value, constraint: 'Member must not be null', reason: 'INPUT_REQUIRED' });
    } else {
      result[name] = read(member, value, at(name), violations);
    }
  }
  for (const [name, member] of Object.entries(shape.optional)) {
    const value = raw[name] ?? undefined;
    if (value !== undefined) result[name] = read(member, value, at(name), violations);
  }
  const count = Object.keys(result).length;
  if (shape.union && count !== 1) {
    const constraint = 'Member must have exactly one of its members set';
    violations.push({ path, value: raw, constraint, reason: 'INPUT_REQUIRED' });
  }
  return result;
}

function checkLength(
  { min, max }: { min?: number; max?: number },
  length: number,
  value: unknown,
  path: string,
  violations: Violation[],
): void {
  if (max !== undefined && length > max) {
    const constraint = `Member must have length less than or equal to ${max}`;
    violations.push({ path, value, constraint, reason: 'MAX_LENGTH_EXCEEDED' });
  }
  if (min !== undefined && length < min) {
    const constraint = `Member must have length greater than or equal to ${min}`;
    violations.push({ path, value, constraint, reason: 'MIN_LENGTH_EXCEEDED' });
  }
}

function mismatch(raw: unknown, wanted: string): never {
  const kind = raw === null ? 'NULL' : Array.isArray(raw) ? 'LIST' : typeof raw === 'object' ? 'STRUCTURE' : typeof raw;
  throw new ServiceError('SerializationException', `${kind.toUpperCase()}_VALUE can not be converted to ${wanted}`);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const regexes = new Map<string, RegExp>();

function regexOf(pattern: string): RegExp {
  let regex = regexes.get(pattern);
  if (regex === undefined) {
    // Unicode classes need the u flag, which forbids escapes of characters that mean nothing by themselves; Java allows them.
    const isUnicode = pattern.includes('\\p{');
    const source = isUnicode ? pattern.replaceAll(/\\(.)/gs, withoutNeedlessEscape) : pattern;
    regex = new RegExp(`^(?:${source})$`, isUnicode ? 'u' : '');
    regexes.set(pattern, regex);
  }
  return regex;
}

function withoutNeedlessEscape(escape: string, character: string): string {
  return /[a-zA-Z0-9^$\\.*+?()[\]{}|/-]/.test(character) ? escape : character;
}
