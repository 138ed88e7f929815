import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/aws/connect.ts';
import { readInput } from '../../src/emulator/core/validate.ts';
import { registry } from '../../src/emulator/resources/index.ts';
import { testClock } from '../support/clock.ts';
import { startLive, type LiveSetup } from '../support/live.ts';
import { startProxy } from '../support/proxy.ts';
import { changed, everything } from '../support/whole-story.ts';
import { readModel, shapeOf } from './models.ts';
import { send } from './wire.ts';

const models = { SWBExternalService: readModel('sso-admin'), AWSIdentityStore: readModel('identitystore') };
type Target = keyof typeof models;

/** What is wrong with an answer, by the API model; undefined where nothing is. */
function flaw(target: Target, operation: string, text: string): unknown {
  const model = models[target];
  const output = model.operations[operation]?.output?.shape;
  const raw = JSON.parse(text) as unknown;
  const { input: known, violations } = readInput(
    output === undefined ? { type: 'structure', required: {}, optional: {} } : shapeOf(model, output),
    raw,
  );
  // The model forbids the empty text with which the service says that a set has no inline policy.
  const broken = violations.filter(({ path, value }) => path !== 'inlinePolicy' || value !== '');
  if (broken.length > 0) return { operation, broken };
  return JSON.stringify(sorted(known)) === JSON.stringify(sorted(raw)) ? undefined : { operation, raw, known };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]): [string, unknown] => [name, sorted(member)])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** The reads that a plan and an apply have no use for. */
function otherReads({ emulator }: LiveSetup): [Target, string, object][] {
  const { instance, users, groups, memberships, permissionSets, applications, accounts } = emulator.world;
  const { InstanceArn, IdentityStoreId } = instance;
  const [user, group, membership] = [users.rows()[0], groups.rows()[0], memberships.rows()[0]];
  const MemberId = { UserId: membership?.UserId };
  const [set, application, account] = [permissionSets.rows()[0], applications.rows()[0], accounts.rows()[0]];
  const ofSet = { InstanceArn, PermissionSetArn: set?.PermissionSetArn };
  const named = (AttributePath: string, AttributeValue: unknown) => ({
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });
  const ofStore: [string, object][] = [
    ['DescribeUser', { UserId: user?.UserId, Extensions: ['aws:identitystore:enterprise'] }],
    ['DescribeGroup', { GroupId: group?.GroupId }],
    ['DescribeGroupMembership', { MembershipId: membership?.MembershipId }],
    ['GetUserId', named('userName', user?.UserName)],
    ['GetGroupId', named('displayName', group?.DisplayName)],
    ['GetGroupMembershipId', { GroupId: membership?.GroupId, MemberId }],
    ['ListUsers', {}],
    ['ListGroups', { MaxResults: 1 }],
    ['ListGroupMemberships', { GroupId: membership?.GroupId }],
    ['ListGroupMembershipsForMember', { MemberId }],
    ['IsMemberInGroups', { MemberId, GroupIds: [membership?.GroupId] }],
  ];
  const ofAdmin: [string, object][] = [
    ['DescribeInstance', { InstanceArn }],
    ['ListRegions', { InstanceArn }],
    ['DescribePermissionSet', ofSet],
    ['GetInlinePolicyForPermissionSet', ofSet],
    ['ListManagedPoliciesInPermissionSet', ofSet],
    ['ListCustomerManagedPolicyReferencesInPermissionSet', ofSet],
    ['ListTagsForResource', { InstanceArn, ResourceArn: set?.PermissionSetArn }],
    ['ListAccountsForProvisionedPermissionSet', ofSet],
    ['ListPermissionSetsProvisionedToAccount', { InstanceArn, AccountId: account?.Id }],
    ['ListAccountAssignments', { ...ofSet, AccountId: account?.Id }],
    ['ListAccountAssignmentCreationStatus', { InstanceArn }],
    ['ListAccountAssignmentDeletionStatus', { InstanceArn }],
    ['ListPermissionSetProvisioningStatus', { InstanceArn }],
    ['ListAccountAssignmentsForPrincipal', { InstanceArn, PrincipalId: user?.UserId, PrincipalType: 'USER' }],
    ['ListApplicationAssignmentsForPrincipal', { InstanceArn, PrincipalId: user?.UserId, PrincipalType: 'USER' }],
    ['ListApplications', { InstanceArn }],
    ['ListApplicationProviders', {}],
    ['DescribeApplication', { ApplicationArn: application?.ApplicationArn }],
    ['ListApplicationAssignments', { ApplicationArn: application?.ApplicationArn }],
    ['GetApplicationAssignmentConfiguration', { ApplicationArn: application?.ApplicationArn }],
    ['ListApplicationAccessScopes', { ApplicationArn: application?.ApplicationArn }],
    ['DescribeInstanceAccessControlAttributeConfiguration', { InstanceArn }],
    ['ListTrustedTokenIssuers', { InstanceArn }],
  ];
  return [
    ...ofStore.map(([operation, input]): [Target, string, object] => [
      'AWSIdentityStore',
      operation,
      { IdentityStoreId, ...input },
    ]),
    ...ofAdmin.map(([operation, input]): [Target, string, object] => ['SWBExternalService', operation, input]),
  ];
}

test('answers have the members and the values of the API models, in all that a plan and an apply call and in other reads', async () => {
  const live = await startLive();
  onTestFinished(() => live.emulator.close());
  const targets = new Map(
    registry.services.flatMap((service) =>
      service.target in models
        ? Object.keys(registry.operations(service)).map((operation) => [operation, service.target as Target] as const)
        : [],
    ),
  );
  const seen = new Set<string>();
  const flaws: unknown[] = [];
  const judge = (target: Target, operation: string, text: string): void => {
    seen.add(operation);
    const found = flaw(target, operation, text);
    if (found !== undefined) flaws.push(found);
  };
  const proxy = await startProxy(live.emulator.url, async (operation, forward) => {
    const answer = await forward();
    const target = targets.get(operation);
    if (target !== undefined && answer.status === 200) judge(target, operation, answer.body);
    return answer;
  });
  onTestFinished(() => proxy.close());
  live.aws = await connect({
    clock: testClock,
    region: 'us-east-1',
    local: { endpoint: proxy.url },
    askCaller: false,
  });
  for (const document of [everything, changed, everything]) expect(await live.apply(document)).toEqual([]);
  for (const [target, operation, input] of otherReads(live)) {
    const { status, text } = await send(live.emulator.url, `${target}.${operation}`, input);
    expect([status, operation, status === 200 ? '' : text]).toEqual([200, operation, '']);
    judge(target, operation, text);
  }
  expect(flaws).toEqual([]);
  expect(seen.size).toBeGreaterThan(60);
});
