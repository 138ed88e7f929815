import { describe, expect, it } from 'vitest';
import type { AnyKind, Kind } from '../../src/core/kind.ts';
import { specIn } from '../../src/core/of-kind.ts';
import type { Section } from '../../src/core/section.ts';
import * as z from '../../src/core/zod.ts';
import { applySteps } from '../../src/reconcile/apply.ts';
import { diffStates } from '../../src/reconcile/diff.ts';
import { orderSteps } from '../../src/reconcile/order.ts';
import { readLive, type ReadOptions } from '../../src/reconcile/read.ts';
import { findUnresolved } from '../../src/reconcile/references.ts';
import { createScope } from '../../src/reconcile/scope.ts';
import { findUnread, readSnapshot } from '../../src/reconcile/snapshot.ts';
import { collectDesired, nameLive, type Reading } from '../../src/reconcile/state.ts';
import { names } from './toy.ts';

// The engine knows no kind: one that has nothing it may leave out is reconciled, and one that has everything.

type Client = { tags: string[]; robots: { id: string; name: string; tag: string; text: string }[]; writes: string[] };

/** A text, and no more: it can't be changed, named, or looked at in another way. */
const none: Kind<{ text: string }, string[] | undefined, Client> = {
  name: 'tag',
  noun: ['tag', 'tags'],
  section: { name: 'tags', noun: ['tag', 'tags'], schema: z.optional(z.array(z.string())) },
  spec: z.object({ text: z.string() }),
  desired: (entry) => entry.map((text, index) => ({ spec: { text }, at: [['tags', index]] })),
  key: ({ text }) => [text],
  label: ({ text }) => text,
  subjects: () => ({}),
  fields: {},
  rights: { read: [], write: [] },
  read: async ({ tags }) => tags.map((text) => ({ spec: { text } })),
  create: async ({ writes }, { text }) => {
    writes.push(`create tag ${text}`);
    return undefined;
  },
  delete: async ({ writes }, _id, { text }) => {
    writes.push(`delete tag ${text}`);
  },
};

interface Robot {
  name: string;
  part: string;
  text: string;
}

const robots: Section<Record<string, { part: string; text: string; previously?: string }> | undefined> = {
  name: 'robots',
  noun: ['robot', 'robots'],
  schema: z.custom(),
  external: z.unknown(),
  declares: 'robot',
  isId: () => false,
  references: [{ at: ['*', 'part'], to: 'part' }],
  targetsAccounts: true,
  mergeable: { scope: { schema: z.unknown(), limitsReferences: true } },
  documents: [],
  unique: [],
  checks: [],
  ignore: [],
  snippet: { label: 'robot', description: 'A robot', body: {} },
};

const all: Required<Kind<Robot, (typeof robots.schema)['_zod']['output'], Client>> = {
  name: 'robot',
  noun: ['robot', 'robots'],
  section: robots,
  spec: z.object({ name: z.string(), part: z.string(), text: z.string() }),
  rename: 'replace',
  sameness: {
    what: 'the same text',
    isCertain: false,
    effect: 'loses its memory',
    signsOf: (steps) => new Map(steps.map((step) => [step.id, specIn(step).text])),
  },
  families: { of: ({ part }) => part, inSection: () => [] },
  sizes: () => [],
  desired: (entries, { find = (_subject, text) => ({ arn: text, name: text }) }) =>
    Object.entries(entries).map(([name, { part, text, previously }]) => ({
      spec: { name, part: find('part', part)?.name ?? '', text },
      at: [['robots', name]],
      ...(previously !== undefined && { previously }),
    })),
  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name, part }) => ({ robot: name, part }),
  fields: { name: { type: 'value' }, text: { type: 'value', show: (text) => `<${text}>` } },
  addedFields: ['text'],
  lookUp: {
    subject: 'part',
    noun: ['part', 'parts'],
    description: 'Parts.',
    list: async () => [{ arn: 'a', name: 'arm' }],
  },
  rights: { read: [], write: [], optional: {}, probes: {}, tells: () => true },
  findOne: async ({ robots: [first] }) => first?.id,
  read: async (client, live) => {
    await live.of('tag');
    return client.robots.map(({ id, name, tag, text }) => ({ id, spec: { name, part: tag, text } }));
  },
  isExternal: ({ text }) => text === 'theirs',
  fromSnapshot: (things, { wantsDetails, of }) =>
    things.map((thing) =>
      wantsDetails('robot', thing.spec.name) || of('tag').length === 0
        ? thing
        : { ...thing, spec: { ...thing.spec, text: '' } },
    ),
  named: (spec, { of }) => ({ ...spec, part: of('robot', spec.part) ?? spec.part }),
  create: async ({ writes }, { name }) => {
    writes.push(`create robot ${name}`);
    return `id-${name}`;
  },
  update: async ({ writes }, id, _before, { text }) => {
    writes.push(`update robot ${id} ${text}`);
  },
  delete: async ({ writes }, id) => {
    writes.push(`delete robot ${id}`);
  },
  constraints: () => [],
  risks: () => [],
  cost: () => ({ calls: 1 }),
  outlivesReferences: true,
  inventory: () => ({ entries: [] }),
};

const kinds: readonly AnyKind<Client>[] = [none, all];
const context = {
  partition: 'aws',
  accountIds: () => [],
  find: (_subject: string, text: string) => ({ arn: text, name: text }),
};

function compare(of: readonly AnyKind<Client>[], document: object, reading: Reading) {
  const { desired } = collectDesired(of, document, context, new Date(0));
  const live = nameLive(of, reading, new Map(), desired);
  const managed = new Set(of.filter(({ section }) => section.name in document).map(({ name }) => name));
  const { manages } = createScope(of, managed, desired, [], () => []);
  const { steps } = diffStates(of, desired, live, { names, manages, removeOrphans: false });
  return { desired, live, steps: orderSteps(of, steps, []).steps, unresolved: findUnresolved(of, desired, live) };
}

const optionsOf = (document: object, of: readonly AnyKind<Client>[] = kinds): ReadOptions => {
  const { desired } = collectDesired(of, document, context, new Date(0));
  return {
    desired,
    needsOrphans: false,
    manages: (kind) => of.some(({ name, section }) => name === kind && section.name in document),
    removes: (kind, name) => kind in { robot: 1 } && 'robots' in document && !desired.has(`${kind}/${name}`),
    wantsDetails: (kind, name) => desired.has(`${kind}/${name}`),
    comparesAdded: () => true,
  };
};

const client = (): Client => ({
  tags: ['old', 'kept'],
  robots: [
    { id: 'r1', name: 'one', tag: 'arm', text: 'a' },
    { id: 'r2', name: 'two', tag: 'arm', text: 'b' },
  ],
  writes: [],
});

describe.each([
  ['none', [none]],
  ['all', [all, none]],
  ['none and all', kinds],
] as [string, AnyKind<Client>[]][])('kinds with %s of the capabilities', (_which, of) => {
  it('are read, compared, ordered and written', async () => {
    const document = {
      tags: ['kept', 'new'],
      ...(of.includes(all) && {
        robots: { one: { part: 'arm', text: 'z' }, three: { part: 'arm', text: 'b', previously: 'two' } },
      }),
    };
    const aws = client();
    const { reading } = await readLive(of, aws, optionsOf(document, of));
    const { steps, live, unresolved } = compare(of, document, reading);
    expect(unresolved).toEqual([]);
    await applySteps(of, aws, steps, live, () => {});
    const ofRobots = ['create robot three', 'delete robot r2', 'update robot r1 z'];
    expect(aws.writes.toSorted()).toEqual(
      ['create tag new', 'delete tag old', ...(of.includes(all) ? ofRobots : [])].toSorted(),
    );
    if (of.includes(all)) {
      expect(steps.find(({ id }) => id === 'robot/one')?.changes).toEqual([
        { field: 'text', type: 'value', before: '<a>', after: '<z>' },
      ]);
      expect(aws.writes.indexOf('create robot three')).toBeLessThan(aws.writes.indexOf('delete robot r2'));
    }
  });

  it('of which the file says nothing are left alone', async () => {
    const { reading } = await readLive(of, client(), optionsOf({}, of));
    expect(compare(of, {}, reading).steps).toEqual([]);
  });
});

describe('a snapshot', () => {
  const reading: Reading = {
    tag: [{ spec: { text: 'kept' } }],
    robot: [
      { id: 'r1', spec: { name: 'one', part: 'arm', text: 'a' } },
      { id: 'r2', spec: { name: 'two', part: 'arm', text: 'b' } },
    ],
  };

  it('is told to a kind that reads less, and whole to one that does not say', () => {
    const options = optionsOf({ robots: { one: { part: 'arm', text: 'a' } } });
    expect(readSnapshot(kinds, reading, options)).toEqual({
      tag: reading['tag'],
      robot: [reading['robot']?.[0], { id: 'r2', spec: { name: 'two', part: 'arm', text: '' } }],
    });
  });

  const part: AnyKind<Client> = { ...none, name: 'part', section: { ...none.section, name: 'parts' } };
  const use: AnyKind<Client> = {
    ...none,
    name: 'use',
    section: { ...none.section, name: 'uses', references: [{ at: ['*', 'robot'], to: 'robot' }] },
  };
  const more = [...kinds, use, part];
  const unread = (document: object): string[] =>
    findUnread(more, reading, optionsOf(document, more)).map(({ name }) => name);

  it.each([
    ['manages it', { uses: [] }, ['use']],
    ['manages nothing', {}, []],
    ['manages what can do without it', { tags: [] }, []],
    ['refers to it', { robots: { one: { part: 'arm', text: 'a' }, two: { part: 'arm', text: 'b' } } }, ['part']],
    ['removes what it may refer to', { robots: { one: { part: 'arm', text: 'a' } } }, ['use', 'part']],
  ] as [string, object, string[]][])('that lacks a kind is missed by a file that %s', (_what, document, missed) => {
    expect(unread(document)).toEqual(missed);
  });

  it('that has every kind lacks none', () => {
    expect(findUnread(kinds, reading, optionsOf({ tags: [], robots: {} }))).toEqual([]);
  });
});
