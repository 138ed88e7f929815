import * as z from 'zod/mini';
import { subjectKey } from '../../src/core/address.ts';
import type { AnyKind, Declared, Kind } from '../../src/core/kind.ts';
import { specIn } from '../../src/core/of-kind.ts';
import type { Section } from '../../src/core/section.ts';

/** Two kinds without AWS: groups with a text and a set, and grants between a group and an account. */
export interface Toy {
  groups?: Record<string, { text?: string; tags?: string[]; previously?: string | null }>;
  grants?: { group: string; account: string }[];
}

/** Live things by kind, the ids of those that exist, and the writes in order. */
export interface ToyClient {
  groups: { id: string; name: string; text?: string; tags?: string[] }[];
  grants: { group: string; account: string }[];
  writes: string[];
  failOn?: string;
}

interface GroupSpec {
  name: string;
  text?: string | undefined;
  tags: string[];
}

const write = (client: ToyClient, what: string): void => {
  if (client.failOn === what) throw new Error(`${what} fails`);
  client.writes.push(what);
};

/** What a section says, unchecked. */
const unchecked = <Name extends keyof Toy>(name: Name): Section<Toy[Name]> => ({
  name,
  noun: [name.slice(0, -1), name],
  schema: z.custom<Toy[Name]>(),
});

const group: Kind<GroupSpec, Toy['groups'], ToyClient> = {
  name: 'group',
  noun: ['group', 'groups'],
  section: unchecked('groups'),
  spec: z.object({ name: z.string(), text: z.optional(z.string()), tags: z.array(z.string()) }),
  rename: 'in-place',
  sameness: {
    what: 'the same text',
    isCertain: true,
    effect: 'loses the id',
    signsOf: (steps) =>
      new Map(
        steps.flatMap((step) => {
          const { text } = specIn(step);
          return text === undefined ? [] : [[step.id, text]];
        }),
      ),
  },
  desired: (groups) =>
    Object.entries(groups).map(([name, { text, tags = [], previously }]): Declared<GroupSpec> => ({
      spec: { name, tags, ...(text !== undefined && { text }) },
      at: [['groups', name]],
      ...(previously !== undefined && { previously }),
    })),
  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name }) => ({ group: name }),
  rights: { read: [], write: [] },
  fields: { name: { type: 'value' }, text: { type: 'value' }, tags: { type: 'set' } },
  read: async ({ groups }) => groups.map(({ id, tags = [], ...rest }) => ({ id, spec: { tags, ...rest } })),
  async create(client, { name }) {
    write(client, `create group ${name}`);
    return `id-${name}`;
  },
  async update(client, id, _before, { name }) {
    write(client, `update group ${id} ${name}`);
  },
  async delete(client, id) {
    write(client, `delete group ${id}`);
  },
};

interface GrantSpec {
  group: string;
  account: string;
}

const grant: Kind<GrantSpec, Toy['grants'], ToyClient> = {
  name: 'grant',
  noun: ['grant', 'grants'],
  section: unchecked('grants'),
  spec: z.object({ group: z.string(), account: z.string() }),
  desired: (grants) => grants.map((spec, index) => ({ spec, at: [['grants', index]] })),
  key: ({ group, account }) => [account, subjectKey('group', group)],
  label: ({ group, account }) => `${group} in ${account}`,
  subjects: ({ group, account }) => ({ group, account }),
  rights: { read: [], write: [] },
  fields: {},
  read: async (client) => client.grants.map((spec) => ({ spec })),
  named: ({ group, account }, { of }) => ({ group: of('group', group) ?? group, account }),
  async create(client, { group, account }, ids) {
    write(client, `create grant ${ids.of('group', group)} ${account}`);
    return undefined;
  },
  async delete(client, _id, { group, account }, ids) {
    write(client, `delete grant ${ids.of('group', group)} ${account}`);
  },
};

export const toyKinds: readonly AnyKind<ToyClient>[] = [group, grant];

export const names = { account: (id: string) => `account-${id}` };

export const emptyClient = (): ToyClient => ({ groups: [], grants: [], writes: [] });
