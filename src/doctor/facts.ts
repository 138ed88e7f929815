import type { RegionSearch } from '../aws/client/search-regions.ts';
import type { Failures } from '../aws/requests/failed-requests.ts';
import type { AwsContext } from '../aws/context.ts';
import type { NetworkRules } from '../aws/network-rules.ts';
import type { PermissionSetsOffError } from '../aws/permission-sets-off.ts';
import type { ProbedRights } from '../aws/iam/probe.ts';
import type { Entitlement } from '../core/account-access.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { Names } from '../core/kind.ts';
import type { KindName } from '../kinds/index.ts';
import type { DesiredState, LiveState } from '../reconcile/state.ts';

/** What a check may need besides an instance: a kind that has been read, or what else was looked at. */
export type Part =
  | KindName
  | 'accounts'
  | 'caller'
  | 'rights'
  | 'failures'
  | 'document'
  | 'network-rules'
  | 'account-access';

/** All that has been seen of a file and of what is around it. Plain values: the checks ask nobody. */
export interface Facts {
  now: Date;
  source: { type: 'live' } | { type: 'snapshot'; takenAt: string };
  /** True for the embedded Identity Center. */
  isLocal: boolean;
  connection: Connection;
  /** What a pasted line must say, beside the file, to be about the same Identity Center. */
  flags: readonly string[];
  /** Nothing but what `unread` does not name. */
  live: LiveState;
  /** Why a part is not known. */
  unread: ReadonlyMap<Part, string>;
  names: Names;
  rights: ProbedRights;
  failures: Failures;
  /** Absent where AWS does not tell them. */
  networkRules?: NetworkRules | undefined;
  /** Roles that account access manager gives. */
  entitlements: readonly Entitlement[];
  file?: FileFacts | undefined;
  /** What the file says, or the defaults where there is none. */
  document: IdentityDocument;
}

/** How the instance was looked for. */
export interface Connection {
  /** Undefined where nobody says one. */
  region: string | undefined;
  /** Where another region is to be said: in the flag that says this one or where there is no file, else in the file. */
  sayRegionIn: 'flag' | 'file';
  /** All calls go to this one, whatever the region. */
  endpoint?: string;
  /** Why there is no instance to look at. */
  problem?: { code: string; message: string; hint?: string };
  /** Where permission sets are switched off: why that is known, and what could not be read for it. */
  permissionSetsOff?: { error: PermissionSetsOffError; unread: ReadonlySet<Part> };
  /** The home of an instance that is replicated, where AWS tells it. */
  primary?: string;
  /** The other regions, where this one has no instance. */
  search?: RegionSearch;
  context?: AwsContext;
}

export interface FileFacts {
  path: string;
  /** What is wrong with it, one each, with its place; names that are neither declared nor live too. */
  mistakes: string[];
  /** Entries that have ended or end soon, and a `safety.allow` that has expired. */
  endings: { type: 'ended' | 'soon' | 'allowance'; message: string }[];
  /** What is allowed and probably not meant, each with its place. */
  advice: readonly string[];
  /** Why `idc profiles` can't do with the file alone. */
  profileGap?: string;
  /** What it asks for now, in its own words; empty where it has mistakes. */
  desired: DesiredState;
}
