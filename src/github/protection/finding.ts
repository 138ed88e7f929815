/** `unseen`: the token can't read the setting, so it may be right or not. */
export const verdicts = ['right', 'weaker', 'unseen'] as const;
export type Verdict = (typeof verdicts)[number];

/** What one setting of the repository is. */
export interface Finding {
  /** Stable, kebab-case. */
  check: string;
  /** The environment, branch or file that it is a setting of. */
  about: string;
  verdict: Verdict;
  /** A sentence without its subject and period: `only main can deploy`. */
  message: string;
  /** What to do about it, in a sentence. */
  fix?: string;
}

/** One write to GitHub. */
export interface Change {
  /** What it does, for a person who decides on it; one line for each setting. */
  lines: string[];
  write(): Promise<unknown>;
}

/** One more of what is wanted, which the files of the repository say. */
export interface Wanted extends Wishes {
  /** The status checks of its plans. */
  planChecks: readonly string[];
}

/** What a team wants to be otherwise than by default. */
export interface Wishes {
  /** The status check of each identity file is required: `plan`, or `plan-sandbox`. */
  requiresPlan: boolean;
  /** Every action has to be named by a commit. */
  pinsActions: boolean;
  /** A merge that waits is approved by required reviewers, and never by a second person who starts the workflow. */
  requiresReviewers: boolean;
  /** A workflow of the repository opens pull requests. */
  workflowsOpenPullRequests: boolean;
}
