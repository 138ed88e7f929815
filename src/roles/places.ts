import type { Aws } from '../aws/connect.ts';
import type { AccessSource } from '../core/access-answer.ts';
import { ReportedError } from '../core/errors.ts';
import { specsOf } from '../core/of-kind.ts';
import { partitionOf, partitionOfArn } from '../core/partition.ts';
import type { ReservedRole, RoleHome } from '../core/reserved-role.ts';
import type { LoadedFile } from '../config/load.ts';
import { type Accounts, resolveAccounts } from '../accounts/resolve.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { kinds } from '../kinds/index.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import { describeSet, listSets } from '../kinds/shared/placements/permission-sets.ts';
import { provisionedBySet } from '../kinds/shared/placements/provisioned-accounts.ts';
import { everything } from '../reconcile/read.ts';
import { collectDesired, nameLive } from '../reconcile/state.ts';
import { refuseUnresolved } from '../config/problems.ts';
import { gapInAccounts } from '../source/file-gap.ts';
import { refuseOtherInstance } from '../source/refuse-other-instance.ts';
import type { StateSource } from '../source/source.ts';

/** Where permission sets are roles, or will be by a file. */
export interface RolePlaces {
  source: AccessSource;
  home: RoleHome;
  accounts: Pick<Accounts, 'names' | 'ids' | 'allNames'>;
  /** Every permission set, of which some may be nowhere. */
  permissionSets: readonly string[];
  roles: readonly ReservedRole[];
}

/** Reads a permission set's name and where it is provisioned, and nothing else: two calls each. */
export async function livePlaces(
  aws: Aws,
  { document }: Pick<LoadedFile, 'document'>,
  isLocal: boolean,
): Promise<RolePlaces> {
  refuseOtherInstance(document, aws.instance.arn, { isLocal });
  const arns = await listSets(aws);
  const [names, accounts] = await Promise.all([
    Promise.all(arns.map(async (arn) => [arn, (await describeSet(aws, arn)).name] as const)),
    provisionedBySet(aws, arns),
  ]);
  return {
    source: { type: 'live' },
    home: aws.instance,
    accounts: resolveAccounts(document, aws.organization),
    permissionSets: names.map(([, name]) => name),
    roles: names.flatMap(([arn, name]) =>
      (accounts.get(arn) ?? []).map((account) => ({ permissionSet: name, account })),
    ),
  };
}

/** What a snapshot tells. */
export async function snapshotPlaces(
  state: StateSource,
  { document }: Pick<LoadedFile, 'document'>,
): Promise<RolePlaces> {
  const { context, read } = await state.open(document);
  const { reading } = await read({ ...everything, manages: () => false, needsOrphans: false });
  const sets = specsOf(permissionSet, nameLive(kinds, reading, new Map()));
  return {
    source: state.snapshot ? { type: 'snapshot', ...state.snapshot } : { type: 'live' },
    home: context.instance,
    accounts: resolveAccounts(document, context.organization),
    permissionSets: sets.map(({ name }) => name),
    roles: sets.flatMap(({ name, accounts = [] }) => accounts.map((account) => ({ permissionSet: name, account }))),
  };
}

/**
 * What a file alone asks for. Errors: a `ReportedError` where it does not say all of it.
 * @param path of the file, for messages.
 * @param region the home region, where one is known.
 */
export function filePlaces(loaded: LoadedFile, path: string, region: string | undefined, now: Date): RolePlaces {
  if (region === undefined) {
    throw new ReportedError(
      'no-region',
      'The home region of Identity Center is not known, and it is in the path of each role.',
      'Set identityCenter.region in the file, --region, or AWS_REGION.',
    );
  }
  const { document, places } = loaded;
  const gap = gapInAccounts(document) ?? (document.assignments ? undefined : 'it has no section assignments');
  if (gap !== undefined) {
    throw new ReportedError(
      'file-not-whole',
      `${path} alone does not say which roles there are: ${gap}.`,
      'Run it without --offline, or give --snapshot FILE.',
    );
  }
  const accounts = resolveAccounts(document, undefined);
  refuseUnresolved(accounts.problems, places);
  const partition = partitionOfArn(document.identityCenter.instanceArn ?? '') ?? partitionOf(region);
  const { desired } = collectDesired(kinds, document, { partition, accountIds: accounts.idsOf }, now);
  const pairs = new Map(
    specsOf(assignment, desired).map((spec) => [`${spec.account} ${spec.permissionSet}`, spec] as const),
  );
  const roles = [...pairs.values()].map(({ permissionSet: name, account }) => ({ permissionSet: name, account }));
  return {
    source: { type: 'file', file: path },
    home: { region, partition },
    accounts,
    permissionSets: [
      ...new Set([
        ...specsOf(permissionSet, desired).map(({ name }) => name),
        ...roles.map((role) => role.permissionSet),
      ]),
    ],
    roles,
  };
}
