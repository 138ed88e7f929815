import type { AwsContext } from '../aws/context.ts';
import type { Sight } from '../core/diagnosis.ts';
import type { Facts, FileFacts, Part } from './facts.ts';

interface Described {
  /** Stable, kebab-case; explained in docs/doctor.md. */
  name: string;
  /** Why it matters, in a sentence. */
  why: string;
  /** What must have been read. */
  needs: readonly Part[];
}

/** One thing to look at. Each is told only what it says that it needs. */
export type Check =
  | (Described & { of: 'anything'; look(facts: Facts): Sight })
  | (Described & { of: 'file'; look(facts: Facts & { file: FileFacts }): Sight })
  | (Described & { of: 'instance'; look(facts: Facts & { context: AwsContext }): Sight })
  | (Described & { of: 'both'; look(facts: Facts & { file: FileFacts; context: AwsContext }): Sight });

export const ok = (found: string): Sight => ({ status: 'ok', found });
