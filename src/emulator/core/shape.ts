/**
 * Shapes describe what an operation accepts: types, patterns, lengths and enums, as in AWS's own API models. They are
 * data, so that a test can hold them against the models, and handlers get their input types from them.
 */

export interface StringShape<Values extends string = string> {
  type: 'string';
  min?: number;
  max?: number;
  /** A Java regular expression that must match the whole value, as the models have it. */
  pattern?: string;
  values?: readonly Values[];
}

export interface IntegerShape {
  type: 'integer';
  min?: number;
  max?: number;
}

export interface BooleanShape {
  type: 'boolean';
}

/** Any JSON (a Smithy document type). */
export interface DocumentShape {
  type: 'document';
}

export interface ListShape<Member extends Shape = Shape> {
  type: 'list';
  member: Member;
  min?: number;
  max?: number;
}

export interface MapShape<Value extends Shape = Shape> {
  type: 'map';
  key: StringShape;
  value: Value;
  min?: number;
  max?: number;
}

export interface StructureShape<Required extends Members = Members, Optional extends Members = Members> {
  type: 'structure';
  required: Required;
  optional: Optional;
  /** Exactly one member must be present. */
  union?: true;
}

export interface Members {
  readonly [name: string]: Shape;
}

export type Shape = StringShape | IntegerShape | BooleanShape | DocumentShape | ListShape | MapShape | StructureShape;

/** The TypeScript type of what a shape lets through. */
export type Input<S> = S extends { type: 'structure'; required: infer Required; optional: infer Optional }
  ? { readonly [Name in keyof Required]: Input<Required[Name]> } & {
      readonly [Name in keyof Optional]?: Input<Optional[Name]>;
    }
  : S extends StringShape<infer Values>
    ? Values
    : S extends { type: 'list'; member: infer Member }
      ? readonly Input<Member>[]
      : S extends { type: 'map'; value: infer Value }
        ? Readonly<Record<string, Input<Value>>>
        : S extends IntegerShape
          ? number
          : S extends BooleanShape
            ? boolean
            : unknown;

export function string<const Values extends string = string>(
  constraints: Omit<StringShape<Values>, 'type'> = {},
): StringShape<Values> {
  return { type: 'string', ...constraints };
}

export function enumeration<const Values extends string>(...values: Values[]): StringShape<Values> {
  return { type: 'string', values };
}

export function list<Member extends Shape>(
  member: Member,
  size: { min?: number; max?: number } = {},
): ListShape<Member> {
  return { type: 'list', member, ...size };
}

// oxlint-disable-next-line typescript/no-generated-empty-object-type -- no members is what it means
type NoMembers = Record<never, never>;

// Two signatures: with a default for what is left out, the context of the call would decide its type.
export function structure<Required extends Members>(required: Required): StructureShape<Required, NoMembers>;
export function structure<Required extends Members, Optional extends Members>(
  required: Required,
  optional: Optional,
): StructureShape<Required, Optional>;
export function structure(required: Members, optional: Members = {}): StructureShape {
  return { type: 'structure', required, optional };
}

export function union<Optional extends Members>(optional: Optional): StructureShape<NoMembers, Optional> {
  return { type: 'structure', required: {}, optional, union: true };
}
