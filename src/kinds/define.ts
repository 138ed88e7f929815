import type { AnyKind, Kind } from '../core/kind.ts';
import type { Aws } from '../aws/connect.ts';

/** Checks that a kind fits the engine, and keeps its own types. */
export function defineKind<Spec, Entry>(kind: Kind<Spec, Entry, Aws>): Kind<Spec, Entry, Aws> {
  return kind;
}

export type AwsKind = AnyKind<Aws>;
