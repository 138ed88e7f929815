import type { AnyKind, Kind } from '../core/kind.ts';
import type { Aws } from '../aws/connect.ts';

/** Checks that a kind fits the engine, and keeps its own types. */
export function defineKind<Spec, Document>(kind: Kind<Spec, Document, Aws>): Kind<Spec, Document, Aws> {
  return kind;
}

// A kind's `desired` takes only the sections that it reads, so in a list the document is as unknown as the spec.
// oxlint-disable-next-line typescript/no-explicit-any
export type AwsKind = AnyKind<any, Aws>;
