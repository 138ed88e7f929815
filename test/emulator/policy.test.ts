import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/emulator/index.ts';
import { management, production, start, type Fixture } from './clients.ts';

const allow = (Action: unknown, Resource: unknown = '*'): object => ({ Effect: 'Allow', Action, Resource });
const policyOf = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });

/** An emulator where everything stands that a request can be about; its policy comes after that. */
async function furnished(options: Parameters<typeof start>[0] = {}) {
  const fixture = await start(options);
  const { sso, store, InstanceArn, IdentityStoreId } = fixture;
  const PermissionSetArn = await fixture.permissionSet('Read');
  const UserId = await fixture.user('ann');
  const GroupId = await fixture.group('ops');
  const { MembershipId = '' } = await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  const issuer = {
    InstanceArn,
    Name: 'entra',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: {
      OidcJwtConfiguration: {
        IssuerUrl: 'https://login.example.com',
        ClaimAttributePath: 'email',
        IdentityStoreAttributePath: 'emails.value',
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
      },
    },
  } as const;
  const { TrustedTokenIssuerArn = '' } = await sso.createTrustedTokenIssuer(issuer);
  const set = { InstanceArn, PermissionSetArn };
  const permissionSets = InstanceArn.replace(':instance/', ':permissionSet/');
  const identityStore = `arn:aws:identitystore::${management}:identitystore/${IdentityStoreId}`;
  const assignment = {
    ...set,
    TargetId: production,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: UserId,
  } as const;
  return {
    ...fixture,
    sso,
    set,
    PermissionSetArn,
    issuer,
    TrustedTokenIssuerArn,
    permissionSets,
    identityStore,
    assignment,
    UserId,
    GroupId,
    MembershipId,
  };
}

type Furnished = Awaited<ReturnType<typeof furnished>>;
const denied = {
  name: 'AccessDeniedException',
  $metadata: expect.objectContaining({ httpStatusCode: 400 }) as unknown,
};

/** What each request of a kind is judged on. Names the call, so that a failure tells which. */
const requests: Record<string, { call: (at: Furnished) => Promise<unknown>; resources: (at: Furnished) => string[] }> =
  {
    'sso:ListInstances': { call: ({ sso }) => sso.listInstances({}), resources: () => ['*'] },
    'sso:ListPermissionSets': {
      call: ({ sso, InstanceArn }) => sso.listPermissionSets({ InstanceArn }),
      resources: ({ InstanceArn }) => [InstanceArn],
    },
    'sso:CreatePermissionSet': {
      call: ({ sso, InstanceArn }) => sso.createPermissionSet({ InstanceArn, Name: 'New' }),
      resources: ({ InstanceArn, permissionSets }) => [`${permissionSets}/*`, InstanceArn],
    },
    'sso:DescribePermissionSet': {
      call: ({ sso, set }) => sso.describePermissionSet(set),
      resources: ({ set }) => [set.PermissionSetArn, set.InstanceArn],
    },
    'sso:TagResource': {
      call: ({ sso, set }) => sso.tagResource({ ResourceArn: set.PermissionSetArn, Tags: [{ Key: 'a', Value: 'b' }] }),
      resources: ({ set }) => [set.PermissionSetArn],
    },
    'sso:CreateAccountAssignment': {
      call: ({ sso, assignment }) => sso.createAccountAssignment(assignment),
      resources: ({ set }) => [set.PermissionSetArn, set.InstanceArn, `arn:aws:sso:::account/${production}`],
    },
    'sso:ListPermissionSetsProvisionedToAccount': {
      call: ({ sso, InstanceArn }) =>
        sso.listPermissionSetsProvisionedToAccount({ InstanceArn, AccountId: production }),
      resources: ({ InstanceArn }) => [InstanceArn, `arn:aws:sso:::account/${production}`],
    },
    'sso:ProvisionPermissionSet': {
      call: ({ sso, set }) => sso.provisionPermissionSet({ ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }),
      resources: ({ set }) => [set.PermissionSetArn, set.InstanceArn, 'arn:aws:sso:::account/*'],
    },
    'sso:CreateApplication': {
      call: ({ sso, InstanceArn }) =>
        sso.createApplication({
          InstanceArn,
          ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
          Name: 'Wiki',
        }),
      resources: ({ InstanceArn, permissionSets }) => [
        `${permissionSets.replace(':::permissionSet/', `::${management}:application/`)}/*`,
        InstanceArn,
        'arn:aws:sso::aws:applicationProvider/custom',
      ],
    },
    'sso:ListApplicationProviders': {
      call: ({ sso }) => sso.listApplicationProviders({}),
      resources: () => ['arn:aws:sso::aws:applicationProvider/*'],
    },
    'sso:CreateTrustedTokenIssuer': {
      call: ({ sso, issuer }) => sso.createTrustedTokenIssuer({ ...issuer, Name: 'okta' }),
      resources: ({ InstanceArn, permissionSets }) => [
        `${permissionSets.replace(':::permissionSet/', `::${management}:trustedTokenIssuer/`)}/*`,
        InstanceArn,
      ],
    },
    'sso:ListTrustedTokenIssuers': {
      call: ({ sso, InstanceArn }) => sso.listTrustedTokenIssuers({ InstanceArn }),
      resources: ({ InstanceArn }) => [InstanceArn],
    },
    'sso:DescribeTrustedTokenIssuer': {
      call: ({ sso, TrustedTokenIssuerArn }) => sso.describeTrustedTokenIssuer({ TrustedTokenIssuerArn }),
      resources: ({ TrustedTokenIssuerArn }) => [TrustedTokenIssuerArn],
    },
    'sso:UpdateTrustedTokenIssuer': {
      call: ({ sso, TrustedTokenIssuerArn }) => sso.updateTrustedTokenIssuer({ TrustedTokenIssuerArn, Name: 'x' }),
      resources: ({ TrustedTokenIssuerArn }) => [TrustedTokenIssuerArn],
    },
    'sso:DeleteTrustedTokenIssuer': {
      call: ({ sso, TrustedTokenIssuerArn }) => sso.deleteTrustedTokenIssuer({ TrustedTokenIssuerArn }),
      resources: ({ TrustedTokenIssuerArn }) => [TrustedTokenIssuerArn],
    },
    'sso:ListAccountAssignmentsForPrincipal': {
      call: ({ sso, InstanceArn, UserId }) =>
        sso.listAccountAssignmentsForPrincipal({ InstanceArn, PrincipalType: 'USER', PrincipalId: UserId }),
      resources: ({ InstanceArn }) => [InstanceArn],
    },
    'identitystore:CreateGroup': {
      call: ({ store, IdentityStoreId }) => store.createGroup({ IdentityStoreId, DisplayName: 'dev' }),
      resources: ({ identityStore }) => [identityStore],
    },
    'identitystore:ListUsers': {
      call: ({ store, IdentityStoreId }) => store.listUsers({ IdentityStoreId }),
      resources: ({ identityStore }) => ['arn:aws:identitystore:::user/*', identityStore],
    },
    'identitystore:DescribeUser': {
      call: ({ store, IdentityStoreId, UserId }) => store.describeUser({ IdentityStoreId, UserId }),
      resources: ({ identityStore, UserId }) => [`arn:aws:identitystore:::user/${UserId}`, identityStore],
    },
    'identitystore:GetGroupId': {
      call: ({ store, IdentityStoreId }) =>
        store.getGroupId({
          IdentityStoreId,
          AlternateIdentifier: { UniqueAttribute: { AttributePath: 'displayName', AttributeValue: 'ops' } },
        }),
      resources: ({ identityStore }) => ['arn:aws:identitystore:::group/*', identityStore],
    },
    'identitystore:ListGroupMemberships': {
      call: ({ store, IdentityStoreId, GroupId }) => store.listGroupMemberships({ IdentityStoreId, GroupId }),
      resources: ({ identityStore, GroupId }) => [
        `arn:aws:identitystore:::group/${GroupId}`,
        'arn:aws:identitystore:::membership/*',
        identityStore,
      ],
    },
    'identitystore:IsMemberInGroups': {
      call: ({ store, IdentityStoreId, GroupId, UserId }) =>
        store.isMemberInGroups({ IdentityStoreId, GroupIds: [GroupId], MemberId: { UserId } }),
      resources: ({ identityStore, GroupId, UserId }) => [
        `arn:aws:identitystore:::user/${UserId}`,
        `arn:aws:identitystore:::group/${GroupId}`,
        'arn:aws:identitystore:::membership/*',
        identityStore,
      ],
    },
    'identitystore:DeleteGroupMembership': {
      call: ({ store, IdentityStoreId, MembershipId }) =>
        store.deleteGroupMembership({ IdentityStoreId, MembershipId }),
      resources: ({ identityStore, GroupId, UserId, MembershipId }) => [
        `arn:aws:identitystore:::user/${UserId}`,
        `arn:aws:identitystore:::group/${GroupId}`,
        `arn:aws:identitystore:::membership/${MembershipId}`,
        identityStore,
      ],
    },
    'organizations:ListAccounts': {
      call: ({ organizations }) => organizations.listAccounts({}),
      resources: () => ['*'],
    },
    'organizations:DescribeAccount': {
      call: ({ organizations }) => organizations.describeAccount({ AccountId: production }),
      resources: ({ emulator }) => [
        `arn:aws:organizations::${management}:account/${emulator.world.organization.Id}/${production}`,
      ],
    },
    'organizations:MoveAccount': {
      call: ({ organizations, emulator: { world } }) =>
        organizations.moveAccount({
          AccountId: production,
          SourceParentId: world.accounts.get(production)?.ParentId,
          DestinationParentId: world.organization.RootId,
        }),
      resources: ({ emulator: { world } }) => [
        `arn:aws:organizations::${management}:account/${world.organization.Id}/${production}`,
        `arn:aws:organizations::${management}:ou/${world.organization.Id}/${world.accounts.get(production)?.ParentId}`,
        `arn:aws:organizations::${management}:root/${world.organization.Id}/${world.organization.RootId}`,
      ],
    },
  };

describe('a request is judged on each of its resources', () => {
  it.each(Object.entries(requests))('%s', async (action, { call, resources }) => {
    const at = await furnished();
    const needed = resources(at);
    for (const missing of needed) {
      const others = needed.filter((one) => one !== missing);
      at.emulator.setPolicy(policyOf(allow(action, ['arn:aws:sso:::account/000000000000', ...others])));
      await expect(call(at)).rejects.toMatchObject({
        ...denied,
        message: `User: arn:aws:iam::${management}:user/emulator is not authorized to perform: ${action} on resource: ${missing}`,
      });
    }
    at.emulator.setPolicy(policyOf(allow(action, needed)));
    await expect(call(at)).resolves.toBeDefined();
  });
});

it('who the caller is can always be asked', async () => {
  const { emulator } = await start({ policy: policyOf({ Effect: 'Deny', Action: '*', Resource: '*' }) });
  const answer = await fetch(emulator.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  expect(answer.status).toBe(200);
});

it('the seed says whom the message names', async () => {
  const arn = `arn:aws:sts::${management}:assumed-role/plan/run-1`;
  const { sso } = await start({ seed: { caller: { arn } }, policy: policyOf(allow('iam:*')) });
  await expect(sso.listInstances({})).rejects.toMatchObject({
    message: `User: ${arn} is not authorized to perform: sso:ListInstances on resource: *`,
  });
});

describe('actions and resources', () => {
  const instance = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
  const outcome = async (...statements: object[]): Promise<string> => {
    const { sso } = await start({ seed: { instanceArn: instance }, policy: policyOf(...statements) });
    return sso.listPermissionSets({ InstanceArn: instance }).then(
      () => 'allowed',
      (error: Error) => error.name,
    );
  };
  const no = 'AccessDeniedException';

  it.each<[string, object[], string]>([
    ['an action in another case', [allow('SSO:listpermissionsets')], 'allowed'],
    ['* and ? in an action', [allow('sso:List*Set?')], 'allowed'],
    ['? is exactly one', [allow('sso:ListPermissionSets?')], no],
    ['any action of any service', [allow('*')], 'allowed'],
    ['every action but one', [{ Effect: 'Allow', NotAction: 'sso:ListPermissionSets', Resource: '*' }], no],
    ['every action but another', [{ Effect: 'Allow', NotAction: ['sso:ListInstances'], Resource: '*' }], 'allowed'],
    ['* in a resource', [allow('sso:*', 'arn:aws:sso:::instance/*')], 'allowed'],
    ['? in a resource', [allow('sso:*', 'arn:aws:sso:::instance/ssoins-0123456789abcde?')], 'allowed'],
    ['a resource in another case', [allow('sso:*', 'arn:aws:sso:::Instance/*')], no],
    ['a wildcard that would have to cross a colon', [allow('sso:*', 'arn:*/ssoins-0123456789abcdef:::')], no],
    ['an ARN whose end is missing', [allow('sso:*', 'arn:aws:sso')], 'allowed'],
    ['another partition', [allow('sso:*', 'arn:aws-cn:sso:::instance/*')], no],
    ['every resource but this one', [{ Effect: 'Allow', Action: 'sso:*', NotResource: instance }], no],
    ['a Deny wins, wherever it stands', [{ Effect: 'Deny', Action: 'sso:ListP*', Resource: '*' }, allow('*')], no],
    ['a Deny of something else', [allow('*'), { Effect: 'Deny', Action: 'sso:Delete*', Resource: '*' }], 'allowed'],
  ])('%s', async (_what, statements, expected) => {
    expect(await outcome(...statements)).toBe(expected);
  });

  it('one statement alone needs no list', async () => {
    const { sso } = await start({ policy: { Version: '2012-10-17', Statement: allow('sso:ListInstances') } });
    expect((await sso.listInstances({})).Instances).toHaveLength(1);
  });
});

describe('what it can not judge is refused when it starts', () => {
  it.each([
    ['{', 'The policy is not JSON'],
    ['[]', 'The policy must be an object.'],
    ['{}', 'Policy member Statement is required.'],
    ['{ "Version": "2024", "Statement": [] }', 'Policy member Version must be'],
    ['{ "Statements": [] }', 'Policy member Statements is unknown.'],
    ['{ "Statement": { "Effect": "allow" } }', 'Policy member Statement.Effect must be Allow or Deny.'],
    [
      '{ "Statement": [{ "Effect": "Allow", "Resource": "*" }] }',
      'Policy member Statement[0] needs Action or NotAction.',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": "*" }] }',
      'Policy member Statement[0] needs Resource or NotResource.',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*" }] }',
      'Policy member Statement[0] has both Action and NotAction.',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": "ListUsers", "Resource": "*" }] }',
      'Policy member Statement[0].Action holds ListUsers, which is not an action.',
    ],
    ['{ "Statement": [{ "Effect": "Allow", "Action": [1], "Resource": "*" }] }', 'must be a text or a list of texts.'],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "account/*" }] }',
      'which is neither * nor an ARN.',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:sso:::account/${aws:PrincipalAccount}" }] }',
      'holds a variable: not supported.',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" }] }',
      'Policy member Statement[0].Principal is unknown in an identity policy.',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "Action": ["kms:Decrypt", "sso:ListUsers"], "Resource": "*", "Condition": {} }] }',
      'Policy member Statement[0].Condition is not supported',
    ],
    [
      '{ "Statement": [{ "Effect": "Allow", "NotAction": "kms:*", "Resource": "*", "Condition": {} }] }',
      'Policy member Statement[0].Condition is not supported',
    ],
  ])('%s', (text, message) => {
    expect(() => parsePolicy(text)).toThrow(message);
  });

  it('but a condition on a service that nothing here is asked about says nothing here', () => {
    const statement = {
      ...allow('kms:Decrypt'),
      Condition: { StringEquals: { 'kms:ViaService': 'sso.us-east-1.amazonaws.com' } },
    };
    expect(() => parsePolicy(JSON.stringify(policyOf(statement)))).not.toThrow();
  });
});

describe('in the management account the work is done with the rights of the caller', () => {
  const everything = allow(['sso:*', 'identitystore:*']);
  const assign = (at: Fixture, PermissionSetArn: string, PrincipalId: string) =>
    at.assign({ TargetId: management, PermissionSetArn, PrincipalId });

  it('an assignment there fails without them, and names what is missing', async () => {
    const at = await furnished();
    at.emulator.setPolicy(policyOf(everything, allow(['iam:Get*', 'iam:List*', 'iam:*SAMLProvider'])));
    const { Status, FailureReason } = await assign(at, at.PermissionSetArn, at.UserId);
    expect(Status).toBe('FAILED');
    expect(FailureReason).toMatch(
      new RegExp(
        `^Received a 403 status error: Access denied by IAM.* is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${management}:role/aws-reserved/sso\\.amazonaws\\.com/AWSReservedSSO_Read_[0-9a-f]{16} because`,
      ),
    );
    expect(at.emulator.world.provisioned.size).toBe(0);
  });

  it('elsewhere none are needed', async () => {
    const at = await furnished();
    at.emulator.setPolicy(policyOf(everything));
    expect(await at.assign({ PermissionSetArn: at.PermissionSetArn, PrincipalId: at.UserId })).toMatchObject({
      Status: 'SUCCEEDED',
    });
  });

  it('after a rollover of the certificate an assignment updates the SAML provider, though the role is there', async () => {
    const withoutUpdate = policyOf(everything, allow(['iam:GetSAMLProvider']));
    const secondAssignment = async (samlCertificate: 'rolled-over' | 'current') => {
      const at = await furnished({ behaviour: { samlCertificate } });
      await assign(at, at.PermissionSetArn, at.UserId);
      at.emulator.setPolicy(withoutUpdate);
      return assign(at, at.PermissionSetArn, await at.user('second'));
    };
    expect(await secondAssignment('rolled-over')).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringMatching(
        /iam:UpdateSAMLProvider on resource: arn:aws:iam::\d+:saml-provider\/AWSSSO_[0-9a-f]{16}_DO_NOT_DELETE because/,
      ),
    });
    expect(await secondAssignment('current')).toMatchObject({ Status: 'SUCCEEDED' });
  });

  it('the path of a role has the Region, and a role that is not there yet has none', async () => {
    const at = await furnished({ seed: { region: 'eu-west-1' } });
    at.emulator.setPolicy(policyOf(everything, allow(['iam:*SAMLProvider'])));
    const unborn = await assign(at, at.PermissionSetArn, at.UserId);
    expect(unborn.FailureReason).toMatch(/iam:GetRole on resource: arn:aws:iam::\d+:role\/AWSReservedSSO_Read_/);
    at.emulator.setPolicy(policyOf(everything, allow(['iam:*SAMLProvider', 'iam:GetRole'])));
    const born = await assign(at, at.PermissionSetArn, at.UserId);
    expect(born.FailureReason).toContain(':role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Read_');
  });

  it('each part of a permission set needs its own', async () => {
    const at = await furnished();
    const { sso, set } = at;
    const boundary = { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' };
    const ManagedPolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const fill = async () => {
      await sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn });
      await sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: JSON.stringify(policyOf(allow('s3:*'))) });
      await sso.putPermissionsBoundaryToPermissionSet({ ...set, PermissionsBoundary: boundary });
    };
    const empty = async () => {
      await sso.detachManagedPolicyFromPermissionSet({ ...set, ManagedPolicyArn });
      await sso.deleteInlinePolicyFromPermissionSet(set);
      await sso.deletePermissionsBoundaryFromPermissionSet(set);
    };
    const provision = async (): Promise<string> => {
      const { PermissionSetProvisioningStatus: status } = await sso.provisionPermissionSet({
        ...set,
        TargetType: 'AWS_ACCOUNT',
        TargetId: management,
      });
      at.clock.pass(50);
      const ProvisionPermissionSetRequestId = status?.RequestId;
      const end = await sso.describePermissionSetProvisioningStatus({ ...set, ProvisionPermissionSetRequestId });
      return end.PermissionSetProvisioningStatus?.FailureReason ?? 'done';
    };
    const remove = async (): Promise<string> => {
      const { AccountAssignmentDeletionStatus: status } = await sso.deleteAccountAssignment({
        ...at.assignment,
        TargetId: management,
      });
      at.clock.pass(50);
      const AccountAssignmentDeletionRequestId = status?.RequestId;
      const end = await sso.describeAccountAssignmentDeletionStatus({ ...set, AccountAssignmentDeletionRequestId });
      return end.AccountAssignmentDeletionStatus?.FailureReason ?? 'done';
    };
    const needed = async (work: () => Promise<string>): Promise<string[]> => {
      const found: string[] = [];
      for (;;) {
        at.emulator.setPolicy(policyOf(everything, allow(['iam:Nothing', ...found])));
        const reason = await work();
        if (reason === 'done') return found.sort();
        found.push(/perform: (iam:\w+)/.exec(reason)?.[1] ?? reason);
      }
    };
    const looks = ['iam:GetRole', 'iam:GetSAMLProvider', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'];
    const put = ['iam:AttachRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'];

    await fill();
    const granted = () =>
      assign(at, at.PermissionSetArn, at.UserId).then(({ FailureReason }) => FailureReason ?? 'done');
    expect(await needed(granted)).toEqual([...looks, ...put, 'iam:CreateRole', 'iam:CreateSAMLProvider'].sort());
    await empty();
    expect(await needed(provision)).toEqual(
      [
        ...looks,
        'iam:DeleteRolePermissionsBoundary',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateSAMLProvider',
      ].sort(),
    );
    await fill();
    expect(await needed(provision)).toEqual([...looks, ...put, 'iam:UpdateRole', 'iam:UpdateSAMLProvider'].sort());
    expect(await needed(remove)).toEqual(
      [
        'iam:DeleteRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
      ].sort(),
    );
    expect(at.emulator.world.provisioned.size).toBe(0);
  });
});
