import type { Action } from './plan.ts';
import { digestOfJson } from './digest.ts';
import type { Reach } from './reach.ts';

/** The branch that has the history, and nothing else. */
export const historyBranch = 'identity-center-history';

/** Of the JSON of a record; rises with every change that a reader of the old one would get wrong. */
export const RECORD_FORMAT_VERSION = 1;

/**
 * How an apply ended. `applied`: every step was done. `failed`: some were not. `interrupted`: it was stopped before all of them
 * had begun, or ended so hard that it could not say how. `nothing`: there was no step.
 */
export const results = ['applied', 'failed', 'interrupted', 'nothing'] as const;
export type Result = (typeof results)[number];

/**
 * How a step ended. `failed`: AWS refused it, so nothing changed. `unknown`: it was sent, and no answer says whether it took
 * effect. `skipped`: it was not begun.
 */
export const outcomes = ['done', 'failed', 'unknown', 'skipped'] as const;
export type Outcome = (typeof outcomes)[number];

/** What an apply did, in names and ids alone: no other attribute of a person, and no value that was set. */
export interface ApplyRecord {
  formatVersion: number;
  /** Of idc. */
  toolVersion: string;
  /** In the user agent of every call, and so in CloudTrail. */
  runId: string;
  /** ISO 8601, in UTC: just before the first step, and after the last one or when this was written. */
  startedAt: string;
  endedAt: string;
  result: Result;
  instance: { arn: string; identityStoreId: string; region: string };
  /** The identity file, by its path; absent where that is identity.yaml. */
  file?: string;
  /** Only what has expired was removed. */
  only?: 'expired';
  /** The ARN of who made the calls; absent where AWS was not asked. */
  caller?: string;
  /** The digest of the plan that was carried out, and of the one that was reviewed. */
  plan: { digest: string; reviewed?: string };
  /** The run of GitHub Actions that applied. */
  workflow?: WorkflowRun;
  steps: RecordedStep[];
  access: RecordedAccess;
  /** The AWS ids of all that `steps` and `access` name, by name; without those that AWS did not tell. */
  users: Record<string, string>;
  groups: Record<string, string>;
  permissionSets: Record<string, string>;
  /** The names of accounts, by 12-digit id. */
  accounts: Record<string, string>;
}

export interface WorkflowRun {
  /** `octo-org/access` */
  repository: string;
  runId: number;
  attempt: number;
  url: string;
  commit: string;
}

export interface RecordedStep {
  action: Action;
  kind: string;
  /** What it is about, by kind: names, and of an account its id. */
  subjects: Record<string, string>;
  /** Of what was renamed, its name before. */
  previously?: string;
  /** The names of the fields that an update changed. */
  fields?: string[];
  outcome: Outcome;
  /** The code or the name of the error. */
  error?: string;
  /** When it ended; ISO 8601, in UTC. */
  at?: string;
  /** The ids of its writes, `requestID` in CloudTrail. */
  requests?: string[];
}

/**
 * Who came to hold which permission set where, and who no longer does, through groups too. What rests on a step whose end is
 * not known is apart: it may have happened.
 */
export interface RecordedAccess {
  /** The lists of people that the rest refers to by index: user names in small letters, sorted, each list once. */
  people: readonly (readonly string[])[];
  gained: RecordedChange[];
  lost: RecordedChange[];
  /** Who held it already, by what the file newly asks for: it was given outside idc. Absent where there is none. */
  adopted?: RecordedChange[];
  /** Who held it before and after, of permission sets that now allow something else. Absent where there is none. */
  edited?: RecordedEdit[];
  perhaps?: { gained: RecordedChange[]; lost: RecordedChange[]; edited?: RecordedEdit[] };
}

export interface RecordedChange extends Reach {
  /** As it is assigned. */
  permissionSet: string;
  /** The groups through which it is held, or was; absent where it is assigned directly alone. */
  groups?: string[];
}

/** A permission set that allows something else, and who held it where. */
export interface RecordedEdit extends Reach {
  permissionSet: string;
  /** The names of the fields that differ, never a value. */
  fields: string[];
  /** It was edited outside idc before, and the file newly says the same. */
  isAdopted?: true;
}

/** An approval that let an apply through. */
export interface Approval {
  /**
   * `review` of the pull request; `environment`: of the run, where its environment asks for it; `dispatch`: a second person
   * started the run with the digest.
   */
  how: 'review' | 'environment' | 'dispatch';
  /** The login and the id of the account on GitHub. */
  by: string;
  id: number;
  /** ISO 8601, in UTC; absent where GitHub does not tell. */
  at?: string;
  pullRequest?: number;
}

/**
 * How a run came through the environment that asks for an approval. `approved`: someone approved it there. `bypassed`: it was asked,
 * and GitHub shows no one who did: an administrator bypassed the rules, or changed them while it waited. `unclear`: the run was repeated,
 * and its attempts have fewer answers than were asked for, so that this one may have been bypassed. `not-asked`: the plan had been approved
 * before.
 */
export const gates = ['approved', 'bypassed', 'unclear', 'not-asked'] as const;
export type Gate = (typeof gates)[number];

/** A record in the history: with who approved it, and the digest of the record before. */
export interface HistoryRecord extends ApplyRecord {
  /** From 1, without a gap. */
  number: number;
  /** The digest of the record before; null for the first one. */
  previous: string | null;
  /** Those that the apply was for. */
  pullRequests: { number: number; author?: string }[];
  approvals: Approval[];
  /** Absent where the run did not say in which environment it applied. */
  gate?: Gate;
  /** Of all else in the record. */
  digest: string;
}

/** The digest of a record: of everything in it but the digest itself. */
export const digestOfRecord = (record: Omit<HistoryRecord, 'digest'>): string =>
  digestOfJson({ ...record, digest: undefined });
