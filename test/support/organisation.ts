import { Identitystore, type CreateUserRequest } from '@aws-sdk/client-identitystore';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import type { World } from '../../src/emulator/index.ts';
import type { TimedEmulator } from './emulator.ts';

/** An organisation as a person would note it down; what scenarios begin and end with. */
export interface Organisation {
  users?: Record<string, Partial<CreateUserRequest>>;
  groups?: Record<string, { description?: string; members?: string[] }>;
  permissionSets?: Record<string, SetNote>;
  /** `GROUP platform AdministratorAccess 111122223333`. */
  assignments?: string[];
  /** Assignments as above whose principal is deleted afterwards: AWS leaves them behind. */
  orphans?: string[];
  /** `GROUP sales Salesforce`; applications come from the seed. */
  applicationAssignments?: string[];
  applicationOrphans?: string[];
  accessControlAttributes?: Record<string, string>;
  /** `https://login.example.com email emails.value`: the URL, the claim and the attribute. */
  trustedTokenIssuers?: Record<string, string>;
  /** Sets edited after they were provisioned: the roles keep the old content. */
  stale?: Record<string, SetNote>;
}

interface SetNote {
  description?: string;
  sessionDuration?: string;
  relayState?: string;
  managedPolicies?: string[];
  customerManagedPolicies?: string[];
  permissionsBoundary?: string;
  inlinePolicy?: unknown;
  tags?: Record<string, string>;
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Makes an organisation through the API alone, as the console or another tool would. */
export async function plant(emulator: TimedEmulator, organisation: Organisation): Promise<void> {
  const { users = {}, groups = {}, permissionSets = {}, assignments = [], orphans = [], stale = {} } = organisation;
  const { applicationAssignments = [], applicationOrphans = [], accessControlAttributes } = organisation;
  const options = { endpoint: emulator.url, region: emulator.world.instance.Region, credentials };
  const sso = new SSOAdmin(options);
  const store = new Identitystore(options);
  const { InstanceArn, IdentityStoreId } = emulator.world.instance;
  const ids = new Map<string, string>();
  for (const [name, attributes] of Object.entries(users)) {
    const { UserId = '' } = await store.createUser({ IdentityStoreId, UserName: name, ...attributes });
    ids.set(`USER ${name}`, UserId);
  }
  for (const [name, { description, members = [] }] of Object.entries(groups)) {
    const { GroupId = '' } = await store.createGroup({ IdentityStoreId, DisplayName: name, Description: description });
    ids.set(`GROUP ${name}`, GroupId);
    for (const member of members) {
      await store.createGroupMembership({
        IdentityStoreId,
        GroupId,
        MemberId: { UserId: ids.get(`USER ${member}`) ?? '' },
      });
    }
  }
  for (const [name, note] of Object.entries(permissionSets)) {
    const { PermissionSet } = await sso.createPermissionSet({
      InstanceArn,
      Name: name,
      Description: note.description,
      SessionDuration: note.sessionDuration,
      RelayState: note.relayState,
      Tags: Object.entries(note.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    });
    ids.set(name, PermissionSet?.PermissionSetArn ?? '');
    await furnish(sso, { InstanceArn, PermissionSetArn: ids.get(name) ?? '' }, note);
  }
  for (const text of [...assignments, ...orphans]) {
    const [type = '', principal = '', set = '', TargetId = ''] = text.split(' ');
    const { AccountAssignmentCreationStatus: status } = await sso.createAccountAssignment({
      InstanceArn,
      TargetId,
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn: ids.get(set) ?? '',
      PrincipalType: type as 'USER' | 'GROUP',
      PrincipalId: ids.get(`${type} ${principal}`) ?? '',
    });
    const AccountAssignmentCreationRequestId = status?.RequestId ?? '';
    for (let state = status?.Status; state === 'IN_PROGRESS';) {
      await emulator.clock.sleep(5);
      const answer = await sso.describeAccountAssignmentCreationStatus({
        InstanceArn,
        AccountAssignmentCreationRequestId,
      });
      state = answer.AccountAssignmentCreationStatus?.Status;
      if (state === 'FAILED') throw new Error(answer.AccountAssignmentCreationStatus?.FailureReason);
    }
  }
  const applications = new Map(emulator.world.applications.rows().map((row) => [row.Name, row.ApplicationArn]));
  for (const text of [...applicationAssignments, ...applicationOrphans]) {
    const [type = '', principal = '', application = ''] = text.split(' ');
    await sso.createApplicationAssignment({
      ApplicationArn: applications.get(application) ?? '',
      PrincipalType: type as 'USER' | 'GROUP',
      PrincipalId: ids.get(`${type} ${principal}`) ?? '',
    });
  }
  for (const [Name, text] of Object.entries(organisation.trustedTokenIssuers ?? {})) {
    const [IssuerUrl = '', ClaimAttributePath = '', IdentityStoreAttributePath = ''] = text.split(' ');
    const jwt = { IssuerUrl, ClaimAttributePath, IdentityStoreAttributePath };
    await sso.createTrustedTokenIssuer({
      InstanceArn,
      Name,
      TrustedTokenIssuerType: 'OIDC_JWT',
      TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ...jwt, JwksRetrievalOption: 'OPEN_ID_DISCOVERY' } },
    });
  }
  if (accessControlAttributes) {
    const AccessControlAttributes = Object.entries(accessControlAttributes).map(([Key, source]) => ({
      Key,
      Value: { Source: [source] },
    }));
    const InstanceAccessControlAttributeConfiguration = { AccessControlAttributes };
    const input = { InstanceArn, InstanceAccessControlAttributeConfiguration };
    await sso.createInstanceAccessControlAttributeConfiguration(input);
    // It can be changed once it is enabled.
    await emulator.clock.sleep(5);
  }
  for (const text of [...orphans, ...applicationOrphans]) {
    const [type, principal] = text.split(' ');
    const id = ids.get(`${type} ${principal}`) ?? '';
    if (type === 'USER') await store.deleteUser({ IdentityStoreId, UserId: id });
    else await store.deleteGroup({ IdentityStoreId, GroupId: id });
  }
  for (const [name, note] of Object.entries(stale)) {
    await furnish(sso, { InstanceArn, PermissionSetArn: ids.get(name) ?? '' }, note);
  }
}

async function furnish(
  sso: SSOAdmin,
  set: { InstanceArn: string; PermissionSetArn: string },
  note: SetNote,
): Promise<void> {
  for (const ManagedPolicyArn of note.managedPolicies ?? [])
    await sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn });
  for (const policy of note.customerManagedPolicies ?? []) {
    const CustomerManagedPolicyReference = splitReference(policy);
    await sso.attachCustomerManagedPolicyReferenceToPermissionSet({ ...set, CustomerManagedPolicyReference });
  }
  if (note.inlinePolicy !== undefined) {
    await sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: JSON.stringify(note.inlinePolicy) });
  }
  if (note.permissionsBoundary !== undefined) {
    const PermissionsBoundary = note.permissionsBoundary.startsWith('arn:')
      ? { ManagedPolicyArn: note.permissionsBoundary }
      : { CustomerManagedPolicyReference: splitReference(note.permissionsBoundary) };
    await sso.putPermissionsBoundaryToPermissionSet({ ...set, PermissionsBoundary });
  }
}

function splitReference(text: string): { Name: string; Path: string } {
  const cut = text.lastIndexOf('/') + 1;
  return { Name: text.slice(cut), Path: text.slice(0, cut) };
}

/** What is live, in the same words, sorted. */
export function observe({
  users,
  groups,
  memberships,
  permissionSets,
  assignments,
  provisioned,
  applications,
  applicationAssignments,
  trustedTokenIssuers,
  instance,
}: World): Organisation & { provisioned: Record<string, string> } {
  const sorted = <T>(entries: [string, T][]): Record<string, T> =>
    Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  const principal = (type: string, id: string): string =>
    (type === 'USER' ? users.get(id)?.UserName : groups.get(id)?.DisplayName) ?? `gone:${id}`;
  const setName = (arn: string): string => permissionSets.get(arn)?.Name ?? arn;
  return {
    users: sorted(
      [...users.rows()].map(
        ({
          UserId: _id,
          CreatedAt: _a,
          CreatedBy: _b,
          UpdatedAt: _c,
          UpdatedBy: _d,
          Revision: _e,
          UserName,
          ...rest
        }) => [UserName, rest as unknown as Partial<CreateUserRequest>],
      ),
    ),
    groups: sorted(
      [...groups.rows()].map(({ GroupId, DisplayName, Description }) => [
        DisplayName,
        {
          ...(Description !== undefined && { description: Description }),
          members: [...memberships.rows()]
            .filter((row) => row.GroupId === GroupId)
            .map((row) => principal('USER', row.UserId))
            .sort(),
        },
      ]),
    ),
    permissionSets: sorted(
      [...permissionSets.rows()].map((set) => [
        set.Name,
        {
          ...(set.Description !== undefined && { description: set.Description }),
          sessionDuration: set.SessionDuration,
          ...(set.RelayState !== undefined && { relayState: set.RelayState }),
          managedPolicies: set.ManagedPolicyArns.toSorted(),
          customerManagedPolicies: set.CustomerManagedPolicyReferences.map(({ Name, Path }) => `${Path}${Name}`).sort(),
          ...(set.PermissionsBoundary && {
            permissionsBoundary:
              set.PermissionsBoundary.ManagedPolicyArn ??
              `${set.PermissionsBoundary.CustomerManagedPolicyReference?.Path}${set.PermissionsBoundary.CustomerManagedPolicyReference?.Name}`,
          }),
          ...(set.InlinePolicy !== undefined && { inlinePolicy: JSON.parse(set.InlinePolicy) as unknown }),
          tags: sorted(set.Tags.map(({ Key, Value }) => [Key, Value])),
        },
      ]),
    ),
    assignments: [...assignments.rows()]
      .map(
        (row) =>
          `${row.PrincipalType} ${principal(row.PrincipalType, row.PrincipalId)} ${setName(row.PermissionSetArn)} ${row.AccountId}`,
      )
      .sort(),
    ...(applications.size > 0 && {
      applicationAssignments: [...applicationAssignments.rows()]
        .map(
          ({ ApplicationArn, PrincipalType: type, PrincipalId }) =>
            `${type} ${principal(type, PrincipalId)} ${applications.get(ApplicationArn)?.Name ?? ''}`,
        )
        .sort(),
    }),
    ...(instance.AccessControl && {
      accessControlAttributes: sorted(
        instance.AccessControl.Attributes.map(({ Key, Value }) => [Key, Value.Source[0] ?? '']),
      ),
    }),
    ...(trustedTokenIssuers.size > 0 && {
      trustedTokenIssuers: sorted(
        [...trustedTokenIssuers.rows()].map(
          ({ Name, TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: jwt } }) => [
            Name,
            [jwt?.IssuerUrl, jwt?.ClaimAttributePath, jwt?.IdentityStoreAttributePath].join(' '),
          ],
        ),
      ),
    }),
    provisioned: sorted(
      [...provisioned.rows()].map((row) => [
        `${setName(row.PermissionSetArn)} ${row.AccountId}`,
        row.Content.Revision === permissionSets.get(row.PermissionSetArn)?.Revision ? 'current' : 'stale',
      ]),
    ),
  };
}
