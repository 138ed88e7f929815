import type { Instance } from './plan.ts';

/** Of the JSON of a diagnosis; rises with every change that a reader of the old one would get wrong. */
export const DIAGNOSIS_FORMAT_VERSION = 1;

/**
 * `failed`: something does not work, or will not. `warning`: somebody should look at it. `note`: worth knowing. `unknown`: it
 * could not be looked at. `ok`: nothing found.
 */
export type CheckStatus = 'failed' | 'warning' | 'note' | 'unknown' | 'ok';

/** In the order in which people read them: the gravest first. */
export const checkStatuses = ['failed', 'warning', 'note', 'unknown', 'ok'] as const satisfies readonly CheckStatus[];

/** Something to do about it. */
export interface NextStep {
  text: string;
  /** A line to paste: into the file where the text says so, else into a shell. */
  line?: string;
}

/** What one check saw. */
export interface Sight {
  status: CheckStatus;
  /** In one or two sentences. */
  found: string;
  /** What it is about, one each. */
  items?: string[];
  next?: NextStep[];
}

export interface CheckResult extends Sight {
  /** The stable name of the check. */
  check: string;
  /** Why it matters; absent where nothing was found. */
  why?: string;
  items: string[];
  next: NextStep[];
}

/** What is wrong around a file, or around an instance for which there is none. */
export interface Diagnosis {
  formatVersion: number;
  source: { type: 'live' } | { type: 'snapshot'; takenAt: string };
  /** Path of the file; absent where there is none. */
  file?: string;
  /** Absent where none was found. */
  instance?: Instance;
  /** Who asked, or who took the snapshot; absent where STS did not say. */
  caller?: { accountId: string; arn: string };
  summary: Record<CheckStatus, number>;
  checks: CheckResult[];
}
