import { describe, expect, it, onTestFinished } from 'vitest';
import { type Behaviour, everyFault } from '../../../src/emulator/index.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { applySteps, type ApplyEvent } from '../../../src/reconcile/apply.ts';
import { person, startLive, type LiveSetup } from '../../support/live.ts';
import { teachRevisions } from '../../support/newer-client.ts';
import { observe } from '../../support/organisation.ts';
import { changed, everything, nothing } from '../../support/whole-story.ts';

teachRevisions();

const before = {
  users: { ann: { ...person('ann'), title: 'Lead' }, bob: person('bob') },
  groups: { ops: { description: 'Runs it' }, dev: {} },
};
const after = { users: { ann: { ...person('ann'), title: 'Head' } }, groups: { ops: { description: 'Runs all' } } };

async function started(behaviour: Partial<Behaviour> = {}): Promise<LiveSetup> {
  const live = await startLive({ behaviour });
  onTestFinished(() => live.emulator.close());
  expect(await live.apply(before)).toEqual([]);
  await live.reconnect();
  return live;
}

/** Plans; then another does something; then the plan is applied. What failed, by step. */
async function late(live: LiveSetup, document: object, meanwhile: () => unknown): Promise<Record<string, string>> {
  const { plan, live: state } = await live.plan(document);
  await meanwhile();
  live.emulator.calls.length = 0;
  const failures: Record<string, string> = {};
  await applySteps(kinds, live.aws, plan.steps, state, (event: ApplyEvent) => {
    if (event.type === 'failed') failures[event.step.id] = (event.error as Error).message;
  });
  return failures;
}

/** The calls that change something, with the revision that each names. */
const sent = ({ emulator }: LiveSetup) =>
  emulator.calls
    .filter(({ operation }) => /^(Update|Delete)(User|Group)$/.test(operation))
    .map(({ operation, input }) => [operation, (input as { Revision?: string }).Revision])
    .sort(([one = ''], [other = '']) => one.localeCompare(other));

const reads = ({ emulator }: LiveSetup) =>
  emulator.calls.filter(({ operation }) => operation.startsWith('Describe')).length;

function user({ emulator }: LiveSetup, name: string) {
  const [found] = emulator.world.users.by('name', name);
  if (!found) throw new Error(`there is no user ${name}`);
  return found;
}

/** What another does to a user: the revision moves too. */
function edit(live: LiveSetup, name: string, attributes: object): void {
  const found = user(live, name);
  live.emulator.world.users.put({ ...found, ...attributes, Revision: '77' });
}

describe('a change of a user or a group', () => {
  it('names the revision that the plan was made of', async () => {
    const live = await started();
    edit(live, 'bob', {});
    expect(await late(live, after, () => {})).toEqual({});
    expect(sent(live)).toEqual([
      ['DeleteGroup', '1'],
      ['DeleteUser', '77'],
      ['UpdateGroup', '1'],
      ['UpdateUser', '1'],
    ]);
  });

  it('names that of the answer to the change before', async () => {
    const live = await started();
    expect(await live.apply(after)).toEqual([]);
    live.emulator.calls.length = 0;
    expect(await live.apply({ users: { ann: person('ann') }, groups: { ops: {} } })).toEqual([]);
    expect(sent(live)).toEqual([
      ['UpdateGroup', '2'],
      ['UpdateUser', '2'],
    ]);
    expect(reads(live)).toBe(0);
  });

  it.each<Partial<Behaviour>>([{ revisionConflictReason: 'given' }, { revisionConflictReason: 'absent' }])(
    'goes on where another has changed nothing that the step is about, under %j',
    async (behaviour) => {
      const live = await started(behaviour);
      const failures = await late(live, after, () => {
        edit(live, 'ann', { Website: 'https://a.example' });
        edit(live, 'bob', { Website: 'https://b.example' });
      });
      expect(failures).toEqual({});
      expect(user(live, 'ann')).toMatchObject({ Title: 'Head', Website: 'https://a.example', Revision: '78' });
      expect(live.emulator.world.users.size).toBe(1);
      expect(sent(live).filter(([operation]) => operation?.endsWith('User'))).toEqual([
        ['DeleteUser', '1'],
        ['DeleteUser', '77'],
        ['UpdateUser', '1'],
        ['UpdateUser', '77'],
      ]);
    },
  );

  it.each<Partial<Behaviour>>([{ revisionConflictReason: 'given' }, { revisionConflictReason: 'absent' }])(
    'ends, and writes nothing, where another has changed what the step is about, under %j',
    async (behaviour) => {
      const live = await started(behaviour);
      const failures = await late(live, after, () => {
        edit(live, 'ann', { Title: 'Boss' });
        edit(live, 'bob', { NickName: 'B', Title: 'New' });
      });
      expect(failures).toEqual({
        'user/ann': expect.stringContaining('changed the user ann after the plan was made (title)'),
        'user/bob': expect.stringContaining('changed the user bob after the plan was made (title, nickName)'),
      });
      expect(user(live, 'ann')).toMatchObject({ Title: 'Boss', Revision: '77' });
      expect(user(live, 'bob')).toMatchObject({ Title: 'New', Revision: '77' });
      expect(live.emulator.world.groups.rows()).toMatchObject([{ DisplayName: 'ops', Description: 'Runs all' }]);
    },
  );

  it('ends so where the directory was listed once more in the meantime', async () => {
    const live = await started();
    const failures = await late(live, after, async () => {
      edit(live, 'ann', { Title: 'Boss' });
      await live.plan(after);
    });
    expect(Object.keys(failures)).toEqual(['user/ann']);
  });

  it('writes an e-mail address with the type that another gave it in the meantime', async () => {
    const live = await started();
    const document = { ...before, users: { ...before.users, ann: { ...before.users.ann, email: 'a@example.com' } } };
    const failures = await late(live, document, () =>
      edit(live, 'ann', { Emails: [{ Value: 'ann@example.com', Type: 'home', Primary: true }] }),
    );
    expect(failures).toEqual({});
    expect(user(live, 'ann').Emails).toEqual([{ Value: 'a@example.com', Type: 'home', Primary: true }]);
  });

  it('is done where only its answer was lost, and where the other has done the same', async () => {
    const live = await started();
    live.emulator.setFaults({
      seed: 1,
      script: ['UpdateUser', 'UpdateGroup', 'DeleteUser', 'DeleteGroup'].map((operation) => ({
        at: { operation, nth: 1 },
        fault: 'cutAfter' as const,
      })),
    });
    expect(await late(live, after, () => {})).toEqual({});
    live.emulator.setFaults(undefined);
    expect(user(live, 'ann')).toMatchObject({ Title: 'Head', Revision: '2' });
    expect(await late(live, before, () => edit(live, 'ann', { Title: 'Lead' }))).toEqual({});
    expect(user(live, 'ann')).toMatchObject({ Title: 'Lead', Revision: '77' });
  });

  it('is repeated where the service is busy', async () => {
    const live = await started();
    live.emulator.setFaults({
      seed: 1,
      script: [{ at: { operation: 'UpdateUser', nth: 1 }, fault: 'busy', times: 3 }],
    });
    expect(await late(live, after, () => {})).toEqual({});
    expect(user(live, 'ann')).toMatchObject({ Title: 'Head' });
  });

  it('succeeds where another has removed what it removes', async () => {
    const live = await started();
    const { emulator } = live;
    expect(await late(live, after, () => emulator.world.users.delete(user(live, 'bob').UserId))).toEqual({});
  });

  it('names none where the service answers none', async () => {
    const live = await started({ revisions: 'absent' });
    expect(await late(live, after, () => edit(live, 'ann', { Title: 'Boss' }))).toEqual({});
    expect(new Set(sent(live).map(([, revision]) => revision))).toEqual(new Set([undefined]));
  });
});

describe('the whole story with a client that knows revisions', () => {
  it.each<Partial<Behaviour>>([
    {},
    { revisionConflictReason: 'absent' },
    { groupRevision: 'kept-by-members' },
    { revisions: 'absent' },
    { extensionUpdate: 'extension', managerForm: 'text' },
    { membershipsOfDeletedPrincipal: 'stay' },
  ])('ends well under %j', async (behaviour) => {
    const live = await startLive({ behaviour });
    onTestFinished(() => live.emulator.close());
    for (const document of [everything, changed, nothing]) {
      expect(await live.apply(document)).toEqual([]);
      expect((await live.plan(document)).plan.steps).toEqual([]);
    }
    expect(observe(live.emulator.world)).toMatchObject({ users: {}, groups: {} });
  });

  it.each([1, 2])('ends well with every fault, by the seed %i', async (seed) => {
    const live = await startLive();
    onTestFinished(() => live.emulator.close());
    live.emulator.setFaults(everyFault(seed));
    for (const document of [everything, changed, everything]) expect(await live.apply(document)).toEqual([]);
  });
});
