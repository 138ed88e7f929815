import { Identitystore } from '@aws-sdk/client-identitystore';
import { Organizations } from '@aws-sdk/client-organizations';
import {
  type AccountAssignmentOperationStatus,
  type CreateAccountAssignmentRequest,
  SSOAdmin,
} from '@aws-sdk/client-sso-admin';
import { onTestFinished } from 'vitest';
import { type ChangeRecord, type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';

export const production = '333333333333';
export const staging = '444444444444';
export const management = '111111111111';
export const suspended = '555555555555';

/** Lets a test decide what time it is. */
export interface Clock {
  now: () => number;
  pass: (ms: number) => void;
}

export function manualClock(): Clock {
  let time = Date.parse('2026-01-31T12:00:00Z');
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
}

export interface Fixture {
  emulator: Emulator;
  clock: Clock;
  changes: ChangeRecord[];
  sso: SSOAdmin;
  store: Identitystore;
  organizations: Organizations;
  InstanceArn: string;
  IdentityStoreId: string;
  /** Clients that sign for another Region. */
  clientsIn: (region: string) => { sso: SSOAdmin; store: Identitystore; organizations: Organizations };
  user: (name: string) => Promise<string>;
  group: (name: string) => Promise<string>;
  permissionSet: (name: string) => Promise<string>;
  /** Assigns and lets the time pass that it takes; answers the final status. */
  assign: (input: Partial<CreateAccountAssignmentRequest>) => Promise<AccountAssignmentOperationStatus>;
}

/** An emulator with a clock that stands still, and real SDK clients for it. Closed when the test is over. */
export async function start(options: EmulatorOptions = {}): Promise<Fixture> {
  const clock = manualClock();
  const changes: ChangeRecord[] = [];
  const emulator = await startEmulator({
    onChange: (change) => changes.push(change),
    ...options,
    behaviour: { now: clock.now, ...options.behaviour },
  });
  const { InstanceArn, IdentityStoreId, Region } = emulator.world.instance;
  const made: { destroy(): void }[] = [];
  const clientsIn: Fixture['clientsIn'] = (region) => {
    const config = {
      endpoint: emulator.url,
      region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    };
    const clients = {
      sso: new SSOAdmin(config),
      store: new Identitystore(config),
      organizations: new Organizations(config),
    };
    made.push(...Object.values(clients));
    return clients;
  };
  const clients = clientsIn(Region);
  onTestFinished(async () => {
    for (const client of made) client.destroy();
    await emulator.close();
  });
  const { sso, store } = clients;
  return {
    emulator,
    clock,
    changes,
    ...clients,
    InstanceArn,
    IdentityStoreId,
    clientsIn,
    async user(UserName) {
      const { UserId } = await store.createUser({
        IdentityStoreId,
        UserName,
        DisplayName: UserName,
        Name: { GivenName: UserName, FamilyName: 'Tester' },
      });
      return UserId ?? '';
    },
    async group(DisplayName) {
      const { GroupId } = await store.createGroup({ IdentityStoreId, DisplayName });
      return GroupId ?? '';
    },
    async permissionSet(Name) {
      const { PermissionSet } = await sso.createPermissionSet({ InstanceArn, Name });
      return PermissionSet?.PermissionSetArn ?? '';
    },
    async assign(input) {
      const { AccountAssignmentCreationStatus: status } = await sso.createAccountAssignment({
        InstanceArn,
        TargetId: production,
        TargetType: 'AWS_ACCOUNT',
        PrincipalType: 'USER',
        PermissionSetArn: undefined,
        PrincipalId: undefined,
        ...input,
      });
      clock.pass(50);
      const { AccountAssignmentCreationStatus } = await sso.describeAccountAssignmentCreationStatus({
        InstanceArn,
        AccountAssignmentCreationRequestId: status?.RequestId,
      });
      return AccountAssignmentCreationStatus ?? {};
    },
  };
}
