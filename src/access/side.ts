import type { LoadedFile } from '../config/load.ts';
import type { AccessAnswer, AccessSource } from '../core/access-answer.ts';
import type { Organization } from '../aws/organization/accounts.ts';
import type { AccountCriteria } from '../core/account-target.ts';
import { subjectAddress, subjectKey, type Address } from '../core/address.ts';
import { ReportedError } from '../core/errors.ts';
import { everything } from '../reconcile/read.ts';
import { createScope } from '../reconcile/scope.ts';
import { collectDesired, nameLive, type LiveState, type Reading } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { resolveAccounts, type Accounts } from '../accounts/resolve.ts';
import { renamesInPlace, compileDesired, type CompiledFile } from '../source/compile.ts';
import { gapInFile } from '../source/file-gap.ts';
import { emptyFile } from '../source/load-optional.ts';
import { nameEntitlements } from '../source/name-entitlements.ts';
import { managedKinds } from '../source/managed-sections.ts';
import type { StateSource } from '../source/source.ts';
import { partitionOfArn } from '../core/partition.ts';
import type { Judging } from './judged-facts.ts';
import { placesOf } from './places.ts';
import { refuseUnresolved } from '../config/problems.ts';

/** All that is at one time, or that the file asks for. */
export interface AccessSide {
  source: AccessSource;
  state: LiveState;
  accounts: Pick<Accounts, 'names' | 'ids' | 'allNames' | 'idOf' | 'idsOf' | 'select'>;
  /** By what permission sets are judged: of a file alone, every account counts as a member. */
  judging: Omit<Judging, 'policies'>;
  /** What account access manager gives; absent where it was not asked. */
  accountAccess?: NonNullable<AccessAnswer['accountAccess']>;
  /** ARN; absent where only the file was read. */
  instance?: string;
  region?: string;
  /** With the names of its units where those were asked for and may be read; absent where only the file was read. */
  organization?: Organization;
  /** Absent where there is none. */
  file?: Pick<CompiledFile, 'loaded' | 'desired' | 'expired' | 'scope'>;
}

/** Both say when something ends, and not by the same file: where they differ, an end was moved. */
export const knowMovedEnds = ({ file: before }: AccessSide, { file: after }: AccessSide): boolean =>
  before !== undefined && after !== undefined && before.loaded !== after.loaded;

export interface SideOptions {
  /** Says by which lines something is held. */
  loaded: LoadedFile | undefined;
  now: Date;
  /** Names users and groups that were renamed since as this one does. */
  later?: AccessSide | undefined;
  /** Accounts that are asked about, beside those that the file declares as production. */
  asked?: readonly AccountCriteria[] | undefined;
  /** Also asks account access manager. */
  withAccountAccess?: boolean;
  /** Units are shown: their names are read where that is allowed. */
  showsUnits?: boolean | undefined;
}

/** Who holds what by a source: what is live, or what was live when a snapshot was taken. Writes nothing. */
export async function sideOf(
  state: StateSource,
  { loaded, now, later, asked = [], showsUnits, withAccountAccess }: SideOptions,
): Promise<AccessSide> {
  const whole = loaded ?? emptyFile();
  // Access is about accounts: what only applications need is not asked for.
  const { applicationAssignments: _, ...document } = whole.document;
  const { context, read } = await state.open(document, {
    asked: [document.production ?? [], asked].flat(),
    showsUnits,
  });
  const instance = context.instance.arn;
  if (later?.instance !== undefined && later.instance !== instance) {
    throw new ReportedError(
      'snapshot-instance',
      `The snapshots are of different instances: ${instance} and ${later.instance}.`,
      'Compare two snapshots of the same instance.',
    );
  }
  // Whoever ignores a permission set wants to know all the same who is an administrator by it.
  const manages = (kind: string): boolean => kind === 'permission-set';
  const [{ reading }, given] = await Promise.all([
    read({ ...everything, manages, needsOrphans: false }),
    withAccountAccess ? state.accountAccess() : undefined,
  ]);
  const file = compileDesired(whole, context, now);
  const renames = later ? renamesSince(reading, later.state) : renamesInPlace(file);
  const live = nameLive(kinds, reading, renames);
  const accountAccess = given && ('unknown' in given ? given : { entitlements: nameEntitlements(given, live) });
  return {
    source: state.snapshot ? { type: 'snapshot', ...state.snapshot } : { type: 'live' },
    state: live,
    ...(accountAccess && { accountAccess }),
    accounts: file.accounts,
    judging: { placeOf: placesOf(context), partition: context.instance.partition },
    instance,
    region: context.instance.region,
    organization: context.organization,
    ...(loaded && { file }),
  };
}

/**
 * What the file asks for. Errors: a `ReportedError` where it does not say all of it.
 * @param path of the file, for messages.
 */
export function fileSide(loaded: LoadedFile, path: string, now: Date): AccessSide {
  const { document, places } = loaded;
  const gap = gapInFile(document) ?? (document.permissionSets ? undefined : 'it has no section permissionSets');
  if (gap !== undefined) {
    throw new ReportedError(
      'file-not-whole',
      `${path} alone does not say who reaches what: ${gap}.`,
      'Give --snapshot FILE, written by `idc snapshot`; `idc access` reads what is live without --offline.',
    );
  }
  const accounts = resolveAccounts(document, undefined);
  refuseUnresolved(accounts.problems, places);
  // Access is a matter of names, so the partition, which policy ARNs take, does not matter.
  const wanted = collectDesired(kinds, document, { partition: 'aws', accountIds: accounts.idsOf }, now);
  const scope = createScope(kinds, managedKinds(document), wanted.desired, [], accounts.allNames);
  return {
    source: { type: 'file', file: path },
    state: wanted.desired,
    accounts,
    judging: { placeOf: () => 'member', partition: partitionOfArn(document.identityCenter.instanceArn ?? '') },
    file: { loaded, ...wanted, scope },
  };
}

/** New names by old address, of users and groups that kept their ids; but not where somebody had the new name then. */
function renamesSince(reading: Reading, later: LiveState): Map<Address, string> {
  const renames = new Map<Address, string>();
  for (const kind of kinds.filter(({ rename }) => rename === 'in-place')) {
    const subject = kind.name as 'user' | 'group';
    const nameOf = (spec: unknown): string => kind.subjects(spec)[subject] ?? '';
    const then = reading[kind.name] ?? [];
    const taken = new Set(then.map(({ spec }) => subjectKey(subject, nameOf(spec))));
    const namesNow = new Map(later.of(kind.name).map(({ id, spec }) => [id, nameOf(spec)]));
    for (const { id, spec } of then) {
      const name = namesNow.get(id);
      if (name === undefined || taken.has(subjectKey(subject, name))) continue;
      renames.set(subjectAddress(subject, nameOf(spec)), name);
    }
  }
  return renames;
}
