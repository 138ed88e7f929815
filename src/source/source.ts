import type { AwsContext } from '../aws/context.ts';
import type { AccountAccess } from '../core/account-access.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { AccountCriteria } from '../core/account-target.ts';
import type { Read, ReadOptions } from '../reconcile/read.ts';

/** Where what is live comes from: AWS, or a snapshot. All that compares or answers goes through one of these. */
export interface StateSource {
  /** Of a snapshot; absent where it is what is live now. */
  snapshot?: { takenAt: string };
  /** True for the embedded Identity Center. */
  isLocal: boolean;
  /**
   * Begins with what depends on the file alone. Errors: a `ReportedError` for what can't be read.
   */
  open(document: IdentityDocument, options?: OpenOptions): Promise<OpenSource>;
  /** Ids of the requests that are under way now; undefined where that may not be seen. Absent of a snapshot. */
  underWay?(): Promise<string[] | undefined>;
  /** What account access manager gives; asked for by no plan. */
  accountAccess(): Promise<AccountAccess>;
}

export interface OpenOptions {
  /** For a plan that only removes what has expired, which goes on where a part can't be read. */
  only?: 'expired' | undefined;
  /** Earlier files: what of the organization it takes to find what they asked for is read as well. */
  earlier?: readonly IdentityDocument[] | undefined;
  /** Accounts that are asked about: what of the organization it takes to find them is read as well. */
  asked?: readonly AccountCriteria[] | undefined;
  /** Units are shown: their names are read where that is allowed. */
  showsUnits?: boolean | undefined;
}

export interface OpenSource {
  /** All that a plan of these documents depends on besides what is live: of the organization no more than they need. */
  context: AwsContext;
  read(options: ReadOptions): Promise<Read>;
}
