import type { Aws, ReadStrategy } from '../../../aws/connect.ts';
import { promised, ReportedError } from '../../../core/errors.ts';
import type { Live, LiveReader } from '../../../core/kind.ts';
import { describedSets, setArns } from './permission-sets.ts';
import { provisionedByAccount, provisionedBySet, type ProvisionedAccounts } from './provisioned-accounts.ts';
import { readEach } from '../read-each.ts';
import { cheapestStrategy, type Counts } from './read-strategy.ts';

/** An account assignment as AWS tells it. */
export interface AssignmentRow {
  principalType: 'USER' | 'GROUP';
  principalId: string;
  permissionSetArn: string;
  account: string;
}

export interface Placements {
  accounts: ProvisionedAccounts;
  /** False where a role without an assignment would not have been seen. */
  seesAllRoles: boolean;
  rows: Promise<AssignmentRow[]>;
}

/** Where permission sets are roles and who is assigned to them, read in the way that takes the fewest calls. */
export const placementsOf = (aws: Aws, live: LiveReader): Promise<Placements> =>
  live.once('placements', () => readPlacements(aws, live));

async function readPlacements(aws: Aws, live: LiveReader): Promise<Placements> {
  const [arns, principals] = await Promise.all([setArns(aws, live), listPrincipals(live)]);
  const forced = checkForced(aws, live);
  const declared = live.declared<{ account: string; permissionSet: string }>('assignment');
  const counts: Counts = {
    permissionSets: arns.length,
    accounts: aws.organization.accounts?.size,
    principals: mayAskByPrincipal(aws, live) ? principals.length : undefined,
    pairs: new Set(declared.map(({ account, permissionSet }) => `${account} ${permissionSet}`)).size,
  };
  const byPrincipal = (): Promise<AssignmentRow[]> => readByPrincipal(aws, live, principals);

  const strategy = forced ?? cheapestStrategy(counts);
  if (strategy === 'principal') {
    const rows = await (forced ? byPrincipal() : aws.unlessDenied(byPrincipal()));
    if (rows) {
      live.missesOrphans();
      return { accounts: accountsBySet(arns, rows), seesAllRoles: false, rows: Promise.resolve(rows) };
    }
  }
  const accounts = await listRoles(aws, arns, forced ?? cheapestStrategy({ ...counts, principals: undefined }));
  const pairs = pairsOf(accounts);
  // More may be live than the file asks for: now it is known how much.
  const isDear = forced === undefined && strategy !== 'principal' && (counts.principals ?? Infinity) < pairs.length;
  const rows = isDear
    ? aws.unlessDenied(byPrincipal()).then((read) => {
        if (read) live.missesOrphans();
        return read ?? readPairs(aws, pairs);
      })
    : readPairs(aws, pairs);
  return { accounts, seesAllRoles: true, rows };
}

/** The way that was asked for, which must be one that can be gone. */
function checkForced({ readStrategy, organization }: Aws, { needsOrphans }: LiveReader): ReadStrategy | undefined {
  if (readStrategy === 'principal' && needsOrphans) {
    throw new ReportedError(
      'bad-flag',
      'Reading by principal does not find orphaned assignments. Run it without --read-strategy principal.',
    );
  }
  if (readStrategy === 'account' && !organization.accounts) {
    throw new ReportedError(
      'bad-flag',
      `Reading by account needs the list of accounts, which can't be read: ${organization.unreadable ?? 'no answer'}`,
      'Run it without --read-strategy account.',
    );
  }
  return readStrategy;
}

interface Principal {
  type: 'USER' | 'GROUP';
  id: string;
}

async function listPrincipals(live: LiveReader): Promise<Principal[]> {
  const [users, groups] = await Promise.all([live.of('user'), live.of('group')]);
  const idsOf = (things: Live<unknown>[], type: Principal['type']): Principal[] =>
    things.map(({ id = '' }) => ({ type, id }));
  return [...idsOf(groups, 'GROUP'), ...idsOf(users, 'USER')];
}

/** AWS documents ListAccountAssignmentsForPrincipal for the management account alone, and it can't find orphans. */
function mayAskByPrincipal({ caller, instance }: Aws, { needsOrphans }: LiveReader): boolean {
  return !needsOrphans && caller !== undefined && caller.accountId === instance.managementAccountId;
}

async function listRoles(aws: Aws, arns: readonly string[], strategy: ReadStrategy): Promise<ProvisionedAccounts> {
  if (strategy !== 'account') return await provisionedBySet(aws, arns);
  const byAccount = provisionedByAccount(aws, arns);
  if (aws.readStrategy === 'account') return await byAccount;
  return (await aws.unlessDenied(byAccount)) ?? (await provisionedBySet(aws, arns));
}

interface Pair {
  arn: string;
  account: string;
}

const pairsOf = (roles: ProvisionedAccounts): Pair[] =>
  [...roles].flatMap(([arn, accounts]) => accounts.map((account) => ({ arn, account })));

async function readPairs(aws: Aws, pairs: readonly Pair[]): Promise<AssignmentRow[]> {
  const rows = await Promise.all(
    pairs.map(({ arn, account }) =>
      aws.pages(
        (NextToken) =>
          aws.ssoAdmin.listAccountAssignments({
            InstanceArn: aws.instance.arn,
            AccountId: account,
            PermissionSetArn: arn,
            MaxResults: 100,
            NextToken,
          }),
        (page) => page.AccountAssignments?.map((row) => rowOf({ ...row, AccountId: account, PermissionSetArn: arn })),
      ),
    ),
  );
  return rows.flat();
}

async function readByPrincipal(aws: Aws, live: LiveReader, principals: Principal[]): Promise<AssignmentRow[]> {
  const [read, sets] = await Promise.all([
    readEach(principals, ({ type, id }) =>
      aws.pages(
        (NextToken) =>
          aws.ssoAdmin.listAccountAssignmentsForPrincipal({
            InstanceArn: aws.instance.arn,
            PrincipalType: type,
            PrincipalId: id,
            MaxResults: 100,
            NextToken,
          }),
        // What a user has through a group is in the list too, under the group's id.
        (page) =>
          page.AccountAssignments?.map(rowOf).filter((row) => row.principalType === type && row.principalId === id),
      ),
    ),
    describedSets(aws, live),
  ]);
  // A set can't be removed while orphans are assigned to it, and no principal tells of those.
  const declared = new Set(live.declared<{ name: string }>('permission-set').map(({ name }) => name));
  const removed = [...sets].flatMap(([arn, { name }]) =>
    live.wantsDetails('permission-set', name) && !declared.has(name) ? [arn] : [],
  );
  const places = await provisionedBySet(aws, removed);
  return [
    // A set that is made while this is read is in neither list.
    ...read.flat().filter(({ permissionSetArn: arn }) => sets.has(arn) && !places.has(arn)),
    ...(await readPairs(aws, pairsOf(places))),
  ];
}

function accountsBySet(arns: readonly string[], rows: readonly AssignmentRow[]): ProvisionedAccounts {
  const found = new Map(arns.map((arn) => [arn, new Set<string>()]));
  for (const { permissionSetArn, account } of rows) found.get(permissionSetArn)?.add(account);
  return new Map([...found].map(([arn, ids]) => [arn, [...ids].sort()]));
}

interface SdkRow {
  PrincipalType?: AssignmentRow['principalType'] | undefined;
  PrincipalId?: string | undefined;
  PermissionSetArn?: string | undefined;
  AccountId?: string | undefined;
}

function rowOf({ PrincipalType, PrincipalId, PermissionSetArn, AccountId }: SdkRow): AssignmentRow {
  return {
    principalType: promised(PrincipalType, 'the principal of an assignment'),
    principalId: promised(PrincipalId, 'the principal of an assignment'),
    permissionSetArn: promised(PermissionSetArn, 'the permission set of an assignment'),
    account: promised(AccountId, 'the account of an assignment'),
  };
}
