import { describe, expect, it } from 'vitest';
import { applySteps, type ApplyEvent } from '../../src/reconcile/apply.ts';
import { diffStates } from '../../src/reconcile/diff.ts';
import type { Constraint } from '../../src/core/kind.ts';
import { orderSteps } from '../../src/reconcile/order.ts';
import { findUnresolved } from '../../src/reconcile/references.ts';
import type { IgnoreRule } from '../../src/core/section.ts';
import { createScope } from '../../src/reconcile/scope.ts';
import { everything, readLive } from '../../src/reconcile/read.ts';
import { collectDesired, nameLive } from '../../src/reconcile/state.ts';
import { findTakenNames } from '../../src/reconcile/taken-names.ts';
import { findForgottenRenames } from '../../src/reconcile/forgotten-renames.ts';
import { emptyClient, names, toyKinds, type Toy, type ToyClient } from './toy.ts';

const context = { partition: 'aws', accountIds: () => [] };

async function planToy(
  document: Toy,
  client: ToyClient,
  ignored: Omit<IgnoreRule, 'at'>[] = [],
  renames = new Map<string, string>(),
) {
  const { desired } = collectDesired(toyKinds, document, context, new Date(0));
  const managed = new Set(toyKinds.filter(({ section }) => section.name in document).map(({ name }) => name));
  const rules = ignored.map((rule) => ({ ...rule, at: ['ignore'] }));
  const scope = createScope(toyKinds, managed, desired, rules, (id) => [names.account(id)]);
  const live = nameLive(
    toyKinds,
    (await readLive(toyKinds, client, { ...everything, desired, needsOrphans: false })).reading,
    renames,
  );
  const difference = diffStates(toyKinds, desired, live, { names, manages: scope.manages, removeOrphans: false });
  return { ...difference, desired, live, steps: orderSteps(toyKinds, difference.steps, []).steps };
}

const summary = (steps: { id: string; action: string }[]): string[] =>
  steps.map(({ id, action }) => `${action} ${id}`).sort();

const live = (): ToyClient => ({
  ...emptyClient(),
  groups: [
    { id: 'g1', name: 'one', text: 'first', tags: ['a', 'b'] },
    { id: 'g2', name: 'two' },
  ],
  grants: [
    { group: 'g1', account: '1' },
    { group: 'g2', account: '1' },
    { group: 'gone', account: '1' },
  ],
});

describe('diff', () => {
  it('creates, updates with nested changes, and deletes', async () => {
    const { steps, orphans } = await planToy(
      { groups: { one: { text: 'new', tags: ['b', 'c'] }, three: {} }, grants: [{ group: 'three', account: '2' }] },
      live(),
    );
    expect(summary(steps)).toEqual([
      'create grant/2/three',
      'create group/three',
      'delete grant/1/one',
      'delete grant/1/two',
      'delete group/two',
      'update group/one',
    ]);
    expect(steps.find(({ id }) => id === 'group/one')?.changes).toEqual([
      { field: 'text', type: 'value', before: 'first', after: 'new' },
      { field: 'tags', type: 'set', added: ['c'], removed: ['a'] },
    ]);
    expect(orphans.map(({ address }) => address)).toEqual(['grant/1/gone']);
  });

  it('shows of what is new every field but the name, which the label says, also one that reads the same', async () => {
    const { steps } = await planToy({ groups: { three: { text: 'three' } } }, live());
    expect(steps.find(({ id }) => id === 'group/three')?.changes).toEqual([
      { field: 'text', type: 'value', before: null, after: 'three' },
    ]);
  });

  it('finds nothing where both sides mean the same', async () => {
    const { steps } = await planToy(
      {
        groups: { one: { text: 'first', tags: ['b', 'a'] }, two: {} },
        grants: ['one', 'two'].map((group) => ({ group, account: '1' })),
      },
      live(),
    );
    expect(steps).toEqual([]);
  });

  it('leaves alone what has no section', async () => {
    const { steps, ignored } = await planToy({ groups: { one: { text: 'first', tags: ['a', 'b'] }, two: {} } }, live());
    expect(steps).toEqual([]);
    expect(ignored).toEqual({ grant: 2 });
  });

  it('merges duplicate declarations and keeps all their places', async () => {
    const grants = [1, 2].map(() => ({ group: 'one', account: '9' }));
    const { desired } = await planToy({ groups: { one: {} }, grants }, emptyClient());
    expect(desired.get('grant/9/one')?.at).toEqual([
      ['grants', 0],
      ['grants', 1],
    ]);
  });
});

describe('ignore', () => {
  it('leaves alone what matches, and all that touches it', async () => {
    const { steps, ignored } = await planToy({ groups: {}, grants: [] }, live(), [{ subjects: { group: 'o*' } }]);
    expect(summary(steps)).toEqual(['delete grant/1/two', 'delete group/two']);
    expect(ignored).toEqual({ group: 1, grant: 1 });
  });

  it('does not cover what the file declares', async () => {
    const { steps } = await planToy({ groups: { one: {} }, grants: [] }, live(), [{ subjects: { group: '*' } }]);
    expect(summary(steps)).toEqual(['delete grant/1/one', 'update group/one']);
  });

  it('matches an account by name or id, and one kind only where the rule says so', async () => {
    const byName = await planToy({ groups: {}, grants: [] }, live(), [{ subjects: { account: 'account-1' } }]);
    expect(summary(byName.steps)).toEqual(['delete group/one', 'delete group/two']);
    const ofKind = await planToy({ groups: {}, grants: [] }, live(), [
      { kind: 'grant', subjects: { group: 'two', account: '1' } },
    ]);
    expect(summary(ofKind.steps)).toEqual(['delete grant/1/one', 'delete group/one', 'delete group/two']);
  });
});

it('renames in place: the references follow, and the id stays', async () => {
  const document: Toy = {
    groups: { uno: { text: 'first', tags: ['a', 'b'], previously: 'one' }, two: {} },
    grants: ['uno', 'two'].map((group) => ({ group, account: '1' })),
  };
  const { steps } = await planToy(document, live(), [], new Map([['group/one', 'uno']]));
  expect(steps.map(({ id, action, liveId, changes }) => ({ id, action, liveId, changes }))).toEqual([
    {
      id: 'group/uno',
      action: 'update',
      liveId: 'g1',
      changes: [{ field: 'name', type: 'value', before: 'one', after: 'uno' }],
    },
  ]);
});

it('finds what would be renamed to a name that is live too, and leaves both their names', async () => {
  const renames = new Map([['group/one', 'two']]);
  const made = await planToy({ groups: { two: { previously: 'one' } } }, live(), [], renames);
  expect(findTakenNames(toyKinds, made.desired, made.live)).toEqual([
    { kind: 'group', name: 'two', old: 'one', at: [['groups', 'two']] },
  ]);
  expect(made.live.of('group').map(({ id, address }) => [id, address])).toEqual([
    ['g1', 'group/one'],
    ['g2', 'group/two'],
  ]);
});

it.each([
  [
    'the same group twice',
    [
      { id: 'g1', name: 'one' },
      { id: 'g9', name: 'one' },
    ],
    'the same thing twice: group/one',
  ],
  ['a group without an id', [{ id: '', name: 'one' }], 'a thing without an id: group/one'],
])('refuses to plan with an answer that has %s', async (_what, groups, words) => {
  await expect(planToy({ groups: {} }, { ...live(), groups })).rejects.toThrow(words);
});

it('reports each name that is neither declared nor live', async () => {
  const { desired, live: state } = await planToy(
    {
      grants: [
        { group: 'nobody', account: '1' },
        { group: 'one', account: '2' },
      ],
    },
    live(),
  );
  expect(findUnresolved(toyKinds, desired, state)).toEqual([
    { subject: 'group', name: 'nobody', at: [['grants', 0]], known: ['one', 'two'] },
  ]);
});

describe('order', () => {
  const step = (id: string, action: 'create' | 'update' | 'delete') => ({
    id,
    action,
    kind: 'toy',
    key: id,
    label: id,
    changes: [],
    dependsOn: [],
    subjects: {},
    normalised: {},
  });
  const constraint = (purpose: Constraint['purpose'], id: string, waitsFor: string): Constraint => ({
    step: id,
    waitsFor,
    purpose,
    about: `${id} after ${waitsFor}`,
  });

  it('lets keeping win over excluding', () => {
    const { steps, givenUp } = orderSteps(
      toyKinds,
      [step('new', 'create'), step('old', 'delete')],
      [constraint('exclude', 'new', 'old'), constraint('keep', 'old', 'new')],
    );
    expect(steps.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['new', []],
      ['old', ['new']],
    ]);
    expect(givenUp).toEqual([constraint('exclude', 'new', 'old')]);
  });

  it('gives up only what closes a circle', () => {
    const { steps, givenUp } = orderSteps(
      toyKinds,
      [step('a', 'create'), step('b', 'delete'), step('c', 'create')],
      [constraint('keep', 'b', 'a'), constraint('exclude', 'a', 'b'), constraint('exclude', 'c', 'b')],
    );
    expect(steps.find(({ id }) => id === 'c')?.dependsOn).toEqual(['b']);
    expect(givenUp).toHaveLength(1);
  });
});

describe('apply', () => {
  const run = async (document: Toy, client: ToyClient, signal?: AbortSignal): Promise<ApplyEvent[]> => {
    const { steps, live: state } = await planToy(document, client);
    const events: ApplyEvent[] = [];
    await applySteps(toyKinds, client, steps, state, (event) => events.push(event), signal && { signal });
    return events;
  };

  it('creates what is referred to first and removes it last, with the ids that AWS gave', async () => {
    const client = live();
    await run({ groups: { three: {} }, grants: [{ group: 'three', account: '2' }] }, client);
    const at = (write: string): number => client.writes.indexOf(write);
    expect(at('create group three')).toBeLessThan(at('create grant id-three 2'));
    expect(at('delete grant g1 1')).toBeLessThan(at('delete group g1'));
    expect(client.writes).toHaveLength(6);
  });

  it('skips what waits for a failed step, and does the rest', async () => {
    const client = { ...live(), failOn: 'delete grant g1 1' };
    const events = await run({ groups: {}, grants: [] }, client);
    const ended = (type: string) =>
      events
        .filter((event) => event.type === type)
        .map(({ step }) => step.id)
        .sort();
    expect(ended('failed')).toEqual(['grant/1/one']);
    expect(ended('skipped')).toEqual(['group/one']);
    expect(ended('succeeded')).toEqual(['grant/1/two', 'group/two']);
  });

  it('begins nothing more once it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    const events = await run({ groups: { three: {} } }, emptyClient(), stop.signal);
    expect(events).toMatchObject([{ type: 'skipped', because: 'interrupted' }]);
  });
});

describe('a forgotten rename', () => {
  const forgotten = async (groups: NonNullable<Toy['groups']>, renames = new Map<string, string>()) => {
    const { steps, desired } = await planToy({ groups: { two: {}, ...groups } }, live(), [], renames);
    return findForgottenRenames(toyKinds, steps, desired).map(({ noun, removed, made }) => [noun, removed.id, made.id]);
  };

  it('is found where one goes and another comes with the same sign', async () => {
    expect(await forgotten({ uno: { text: 'first' } })).toEqual([['group', 'group/one', 'group/uno']]);
  });

  it.each<[string, NonNullable<Toy['groups']>, Map<string, string>?]>([
    ['the sign is another', { uno: { text: 'second' } }],
    ['there is no sign', { uno: {} }],
    ['the file says that they are two', { uno: { text: 'first', previously: null } }],
    ['the file says the rename', { uno: { text: 'first', previously: 'one' } }, new Map([['group/one', 'uno']])],
    ['nothing goes', { one: { text: 'first' }, uno: { text: 'first' } }],
  ])('is not where %s', async (_where, groups, renames) => {
    expect(await forgotten(groups, renames)).toEqual([]);
  });
});
