import type { AccessImpact, HeldImpact } from './access.ts';
import type { AccessQuestion, AccessSource, HeldDetails } from './access-answer.ts';
import type { Action, Step } from './plan.ts';

/** Of the JSON of a difference; rises with every change that a reader of the old one would get wrong. */
export const DIFFERENCE_FORMAT_VERSION = 1;

/** What one side is: a state, or what a saved plan has of one. */
export type DifferenceSource = AccessSource | { type: 'plan'; file: string; side: 'before' | 'after' };

/** An assignment or a membership on both sides that ends at another time. */
export interface MovedEnd {
  kind: string;
  label: string;
  /** A calendar date, or a time with its zone; absent where it has no end. */
  before?: string;
  after?: string;
}

/** The steps that lead from one state to another. */
export interface DifferingSteps {
  /** About what is asked about. */
  asked: Step[];
  /** Those, and what else may be why access is gained or lost: in one account, by who left a group. */
  all: Step[];
}

/** How two states differ: people first, then things. */
export interface StateDifference {
  /** Names by 12-digit id, of the accounts that the difference speaks of. */
  accounts: Record<string, string>;
  formatVersion: number;
  before: DifferenceSource;
  after: DifferenceSource;
  /** What was asked about; absent where that is everything. */
  question?: AccessQuestion;
  access: HeldImpact & Pick<AccessImpact, 'changedHands'> & HeldDetails;
  /** How many things of each kind differ in which way. */
  summary: Record<Action, number>;
  /** What leads from one side to the other. */
  changes: Pick<Step, 'action' | 'kind' | 'key' | 'label' | 'changes'>[];
  ends: MovedEnd[];
  /** Whether ends were compared: they are in files alone, so that both sides must be files. */
  comparesEnds: boolean;
}
