import type { ApplyRecord, HistoryRecord } from './apply-record.ts';
import type { Action } from './plan.ts';

/** Of the JSON of an answer; rises with every change that a reader of the old one would get wrong. */
export const HISTORY_FORMAT_VERSION = 1;

/** Where the records were read: a commit of a branch, or a folder. */
export type HistorySource = { type: 'git'; ref: string; commit: string } | { type: 'folder'; folder: string };

/** What was asked; all of it applies together. */
export interface HistoryQuestion {
  /** Names, in which `*` stands for any text. */
  users?: string[];
  /** Names or ids. */
  accounts?: string[];
  permissionSets?: string[];
  /** ISO 8601: what began or ended, or was applied, since then. */
  since?: string;
}

export interface History {
  formatVersion: number;
  source: HistorySource;
  question: HistoryQuestion;
  /** How many records there are, and of which time: the start of the first, the end of the last one. */
  records: { count: number; from?: string; until?: string };
  /** Of which Identity Center instances the records are, and by which identity files. */
  instances: { arn: string; files: string[] }[];
  /** Newest first: those that the question is about. */
  applies: HistoryApply[];
  /** Who has held what since when; absent where nothing but a time was asked about. */
  grants?: HistoryGrant[];
  /** The names of the accounts that the grants name, by id: as the newest record has them. */
  accounts: Record<string, string>;
}

/** An apply, in short. */
export interface HistoryApply
  extends
    Pick<HistoryRecord, 'number' | 'digest' | 'pullRequests' | 'approvals' | 'gate'>,
    Pick<ApplyRecord, 'startedAt' | 'endedAt' | 'result' | 'only' | 'caller' | 'runId' | 'file'> {
  /** The ARN of the Identity Center instance. */
  instance: string;
  /** Steps that were done. */
  done: Record<Action, number>;
  /** What the file newly asked for and was live before: who held it, and edits of permission sets. Absent where there is none. */
  adopted?: { people: number; permissionSets: number };
  /** Steps that were not. */
  left: { failed: number; unknown: number; skipped: number };
  /** The workflow run. */
  url?: string;
  commit?: string;
}

/** People who held a permission set in accounts, all from one apply to another. */
export interface HistoryGrant {
  /** The ARN of the Identity Center instance. */
  instance: string;
  permissionSet: string;
  /** User names. */
  users: string[];
  /** 12-digit ids. */
  accounts: string[];
  /** The groups through which it was held when it began; absent where it was assigned directly alone. */
  groups?: string[];
  /** Beside the groups it was also assigned directly when it began; absent where it was not, or where no step of the record says so. */
  isDirect?: true;
  /** Absent where it was held before the first record, or was given outside idc. */
  began?: HistoryEvent;
  /** Where no apply gave it: the first one whose file newly asked for it, and found it live. */
  adopted?: HistoryEvent;
  /** What else became of it while it was held: applies that changed what the permission set allows. Absent where there is none. */
  edits?: HistoryEdit[];
  /** Absent where no record ends it. */
  ended?: HistoryEvent;
}

/** An apply that changed what a permission set allows. */
export interface HistoryEdit extends Pick<HistoryEvent, 'record' | 'at' | 'isUncertain'> {
  /** The names of the fields that differ. */
  fields: string[];
  /** It was edited outside idc before, and the file newly says the same. */
  isAdopted?: true;
}

/** Ended for certain. */
export const isOver = ({ ended }: Pick<HistoryGrant, 'ended'>): boolean =>
  ended !== undefined && ended.isUncertain !== true;

/** All that applies did to a grant, in no order. */
export const eventsOf = ({
  began,
  adopted,
  edits = [],
  ended,
}: Pick<HistoryGrant, 'began' | 'adopted' | 'edits' | 'ended'>): (HistoryEvent | HistoryEdit)[] =>
  [began, adopted, ...edits, ended].filter((event) => event !== undefined);

/** What an apply did to a grant. */
export interface HistoryEvent {
  /** The number of the record. */
  record: number;
  /** When the apply ended. */
  at: string;
  /** It happened only if a step took effect whose end is not known. */
  isUncertain?: true;
  /** The apply found it gone: it was removed outside idc, before. */
  isOutside?: true;
}

/**
 * What is wrong with a history. `unreadable`: not a record. `edited`: its digest is not that of what it says. `misplaced`: its
 * path says another number or run. `missing`: no record has the number. `twice`: two have it, or are of one run. `unlinked`: it
 * does not follow from the record before. `differs`: a comment has another digest of it. `cut-off`: a comment names it, and it
 * is not there.
 */
export const problems = [
  'unreadable',
  'edited',
  'misplaced',
  'missing',
  'twice',
  'unlinked',
  'differs',
  'cut-off',
] as const;

export interface HistoryFault {
  problem: (typeof problems)[number];
  /** Of the record; absent where the path says none. */
  number?: number;
  /** The path of the file, or the address of the comment. */
  at?: string;
  /** Of an unreadable file: why, as sentences. */
  why?: string;
}

/** Whether the records are as they were written, as far as that can be told. */
export interface HistoryCheck {
  formatVersion: number;
  source: HistorySource;
  records: History['records'];
  /** What is wrong; empty where nothing is. */
  faults: HistoryFault[];
  /** What comments on pull requests say; absent where GitHub was not asked. */
  comments?: {
    repository: string;
    /** Numbers of the records that a comment names with the same digest, and of those that none names. */
    confirmed: number[];
    unnamed: number[];
  };
}
