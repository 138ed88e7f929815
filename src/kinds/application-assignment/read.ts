import type { Aws } from '../../aws/connect.ts';
import { isAwsError, promised } from '../../core/errors.ts';
import type { Asked, Live, LiveReader, Referred, SnapshotReader } from '../../core/kind.ts';
import type { ApplicationAssignmentSpec } from './kind.ts';
import { applications } from './applications.ts';
import type { GroupSpec } from '../group/kind.ts';
import { readEach } from '../shared/read-each.ts';
import type { UserSpec } from '../user/kind.ts';

type Row = Live<ApplicationAssignmentSpec>;
type Principal = Pick<ApplicationAssignmentSpec, 'principalType' | 'principal'>;

const own = 'application-assignment';

/**
 * The assignments of the applications that the file has a say in, one call for each. Of all others, and where the section
 * is absent, only those of users and groups that are to be removed: they would be left behind.
 */
export async function readApplicationAssignments(aws: Aws, live: LiveReader): Promise<Row[]> {
  const known = live.manages(own) ? await knownApplications(aws, live) : [];
  const isWanted = wantedApplications(live);
  const wanted = known.filter(isWanted);
  const rows = await Promise.all(wanted.map((application) => listAssignments(aws, application)));
  if (live.manages(own) && wanted.length === known.length) return rows.flat();

  const leaving = leavingPrincipals(live, await live.of<UserSpec>('user'), await live.of<GroupSpec>('group'));
  const theirs = await readOf(aws, live, leaving);
  return [...rows.flat(), ...theirs.filter(({ spec }) => !wanted.some(({ arn }) => arn === spec.application))];
}

/** Of all assignments, those that `readApplicationAssignments` would give for this file. */
export function leaveOutUnread(rows: readonly Row[], asked: SnapshotReader): Row[] {
  const isWanted = wantedApplications(asked);
  const leaving = new Set(
    leavingPrincipals(asked, asked.of<UserSpec>('user'), asked.of<GroupSpec>('group')).map(keyOf),
  );
  return rows.filter(
    ({ spec }) => isWanted({ arn: spec.application, name: spec.applicationName }) || leaving.has(keyOf(spec)),
  );
}

const keyOf = ({ principalType, principal }: Principal): string => `${principalType} ${principal}`;

function wantedApplications({ manages, declared, wantsDetails }: Asked): (application: Referred) => boolean {
  if (!manages(own)) return () => false;
  const named = new Set(declared<ApplicationAssignmentSpec>(own).map(({ application }) => application));
  return ({ arn, name, isOfAws }) => !isOfAws && (named.has(arn) || wantsDetails(applications.subject, name));
}

function leavingPrincipals(
  { removes }: Asked,
  users: readonly Live<UserSpec>[],
  groups: readonly Live<GroupSpec>[],
): Principal[] {
  return [
    ...users.flatMap(({ id = '', spec }) =>
      removes('user', spec.userName) ? [{ principalType: 'USER' as const, principal: id }] : [],
    ),
    ...groups.flatMap(({ id = '', spec }) =>
      removes('group', spec.name) ? [{ principalType: 'GROUP' as const, principal: id }] : [],
    ),
  ];
}

/** They have been read where the file speaks of them. */
const knownApplications = async (aws: Aws, live: LiveReader): Promise<readonly Referred[]> =>
  aws.lookedUp?.[applications.subject] ?? (await live.once('applications', () => applications.list(aws)));

/** One call for each principal; or where AWS has that for the management account alone, one for each application. */
async function readOf(aws: Aws, live: LiveReader, principals: readonly Principal[]): Promise<Row[]> {
  if (principals.length === 0) return [];
  const arns = await aws.unlessDenied(unlessFilterIsMissing(readEach(principals, (one) => listArns(aws, one))));
  if (arns?.every((list) => list.length === 0)) return [];
  const known = await knownApplications(aws, live);
  if (arns) {
    const byArn = new Map(known.map((application) => [application.arn, application]));
    return principals.flatMap((principal, index) =>
      (arns[index] ?? []).flatMap((arn) => {
        const application = byArn.get(arn) ?? { arn, name: arn };
        return application.isOfAws ? [] : [rowOf(application, principal)];
      }),
    );
  }
  const keys = new Set(principals.map(keyOf));
  const others = known.filter(({ isOfAws }) => !isOfAws);
  const rows = await Promise.all(others.map((application) => listAssignments(aws, application)));
  return rows.flat().filter(({ spec }) => keys.has(keyOf(spec)));
}

/** From a member account "you must provide a filter" (API model), by which error is not documented. */
async function unlessFilterIsMissing<Value>(read: Promise<Value>): Promise<Value | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isAwsError(error, 'ValidationException')) return undefined;
    throw error;
  }
}

async function listArns(aws: Aws, { principalType, principal }: Principal): Promise<string[]> {
  const rows = await aws.pages(
    (NextToken) =>
      aws.ssoAdmin.listApplicationAssignmentsForPrincipal({
        InstanceArn: aws.instance.arn,
        PrincipalType: principalType,
        PrincipalId: principal,
        MaxResults: 100,
        NextToken,
      }),
    (page) => page.ApplicationAssignments,
  );
  // What a user has through a group is in the list too, under the group's id.
  return rows
    .filter(
      ({ PrincipalType: type = principalType, PrincipalId: id = principal }) =>
        type === principalType && id === principal,
    )
    .map(({ ApplicationArn }) => promised(ApplicationArn, 'the application of an assignment'));
}

function listAssignments(aws: Aws, application: Referred): Promise<Row[]> {
  return aws.pages(
    (NextToken) =>
      aws.ssoAdmin.listApplicationAssignments({ ApplicationArn: application.arn, MaxResults: 100, NextToken }),
    (page) =>
      page.ApplicationAssignments?.map(({ PrincipalType, PrincipalId }) =>
        rowOf(application, {
          principalType: promised(PrincipalType, 'the principal of an application assignment'),
          principal: promised(PrincipalId, 'the principal of an application assignment'),
        }),
      ),
  );
}

function rowOf({ arn, name, isNameShared }: Referred, principal: Principal): Row {
  return { spec: { ...principal, application: arn, applicationName: name, ...(isNameShared && { isNameShared }) } };
}
