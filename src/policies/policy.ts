import type { RawStatement } from './documents.ts';
import { type Effects, effectsOf } from './effects.ts';
import { principalTagsOf } from './principal-tags.ts';
import { type Data, readStatement, type Statement } from './statement.ts';

/** A policy as it was read, once, for all the sets that have it. */
export interface Policy {
  statements: readonly Statement[];
  effects: Effects;
  /** The keys of aws:PrincipalTag that it asks for, in small letters. */
  principalTags: readonly string[];
}

export function readPolicy(raw: readonly RawStatement[], data: Data): Policy {
  const statements = raw.flatMap((one) => readStatement(one, data) ?? []);
  return {
    statements,
    effects: effectsOf(statements, data),
    principalTags: [...new Set(statements.flatMap(principalTagsOf))],
  };
}
