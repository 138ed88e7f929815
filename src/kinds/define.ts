import type { AnyKind, Kind } from '../core/kind.ts';
import type { Aws } from '../aws/connect.ts';

/** Checks that a kind fits the engine, and keeps its own types. */
export function defineKind<const Name extends string, Spec, Entry>(
  kind: Kind<Spec, Entry, Aws> & { name: Name },
): Kind<Spec, Entry, Aws> & { name: Name } {
  return kind;
}

export type AwsKind = AnyKind<Aws>;
