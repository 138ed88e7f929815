import { afterEach, describe, expect, it } from 'vitest';
import { applySteps, type ApplyEvent } from '../../../src/reconcile/apply.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { person, startLive, type LiveSetup } from '../../support/live.ts';

const extension = 'aws:identitystore:enterprise';
let live: LiveSetup;
afterEach(() => live.emulator.close());

const ann = person('ann');
const users = (enterprise: object): object => ({ users: { ann: { ...ann, ...enterprise } } });

/** What the directory has of it. */
const stored = (): unknown => live.emulator.world.users.rows().map(({ Extensions }) => Extensions?.[extension]);
const changes = async (document: object): Promise<unknown> =>
  (await live.plan(document)).plan.steps.map(({ changes }) => changes.map(({ field }) => field));
/** The calls since the last look, with all that they ask. */
function callsSince(): () => { operation: string; input: unknown }[] {
  let seen = live.emulator.calls.length;
  return () => {
    const calls = live.emulator.calls.slice(seen).map(({ operation, input }) => ({ operation, input }));
    seen = live.emulator.calls.length;
    return calls;
  };
}

describe('a file in which no user has an enterprise attribute', () => {
  it('asks AWS for none, compares none and leaves them as they are', async () => {
    live = await startLive();
    await live.apply(users({ department: 'Platform', manager: 'bob' }));
    const calls = callsSince();
    expect(await changes(users({}))).toEqual([]);
    const asked = calls();
    expect(JSON.stringify(asked)).not.toContain('Extensions');
    await live.apply(users({ title: 'Lead' }));
    expect(stored()).toEqual([{ department: 'Platform', manager: { value: 'bob' } }]);
  });

  it('takes as many calls as one in which they have', async () => {
    live = await startLive();
    await live.apply(users({ department: 'Platform' }));
    const calls = callsSince();
    await live.plan(users({}));
    const without = calls().map(({ operation }) => operation);
    await live.plan(users({ department: 'Platform' }));
    expect(calls().map(({ operation }) => operation)).toEqual(without);
  });
});

describe('where one user has an enterprise attribute', () => {
  const two = (one: object, other: object): object => ({
    users: { ann: { ...ann, ...one }, bob: { ...person('bob'), ...other } },
  });

  it('those of all are compared, and what is left out is removed', async () => {
    live = await startLive();
    await live.apply(two({ department: 'Platform' }, { department: 'Data', costCenter: 'CC-1' }));
    expect(await changes(two({ department: 'Platform' }, {}))).toEqual([['department', 'costCenter']]);
    await live.apply(two({ department: 'Platform' }, {}));
    expect(stored()).toEqual([{ department: 'Platform' }, undefined]);
  });

  it('null says so too: it removes what is live, and changes nothing where there is none', async () => {
    live = await startLive();
    await live.apply(two({ department: 'Platform' }, { department: 'Data' }));
    const none = two({ department: null }, {});
    expect(await changes(none)).toEqual([['department'], ['department']]);
    await live.apply(none);
    expect(stored()).toEqual([undefined, undefined]);
    expect(await changes(none)).toEqual([]);
  });

  it('they are those of a user whom another made in the meantime, too', async () => {
    live = await startLive();
    const { plan, live: state } = await live.plan(users({ division: 'East' }));
    const { identityStore: store, instance } = live.aws;
    await store.createUser({
      IdentityStoreId: instance.identityStoreId,
      UserName: 'ann',
      DisplayName: 'Ann',
      Name: { GivenName: 'Ann', FamilyName: 'A' },
      Extensions: { [extension]: { department: 'Data' } },
    });
    const failures: ApplyEvent[] = [];
    await applySteps(kinds, live.aws, plan.steps, state, (event) => {
      if (event.type === 'failed') failures.push(event);
    });
    expect(failures).toEqual([]);
    expect(stored()).toEqual([{ division: 'East' }]);
  });
});

describe.each([
  ['attribute', 'object'],
  ['attribute', 'text'],
  ['extension', 'object'],
  ['extension', 'text'],
] as const)('where the service takes the path of the %s, and the manager as %s', (extensionUpdate, managerForm) => {
  it('finds that out with the first user, and asks no other twice', async () => {
    live = await startLive({ behaviour: { extensionUpdate, managerForm } });
    const names = ['ann', 'bob', 'cy', 'dee'];
    const all = (enterprise: object): object => ({
      users: Object.fromEntries(names.map((name) => [name, { ...person(name), ...enterprise }])),
    });
    await live.apply(users({ department: 'Platform', manager: 'eve' }));
    await live.apply(all({ department: 'Platform', manager: 'eve' }));
    await live.apply(users({ department: 'Data', manager: 'fay' }));
    await live.apply(all({ department: 'Data', manager: 'fay' }));
    const manager = managerForm === 'object' ? { value: 'fay' } : 'fay';
    expect(stored()).toEqual(names.map(() => ({ department: 'Data', manager })));
    const calls = callsSince();
    await live.apply(all({ department: 'Sales', manager: 'gus' }));
    expect(calls().filter(({ operation }) => operation === 'UpdateUser').length).toBe(names.length);
  });
});
