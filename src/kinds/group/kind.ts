import type { AttributeOperation, Group } from '@aws-sdk/client-identitystore';
import * as z from '../../core/zod.ts';
import type { Aws } from '../../aws/connect.ts';
import { subjectKey } from '../../core/address.ts';
import type { Declared } from '../../core/kind.ts';
import { specIn, type StepOf } from '../../core/of-kind.ts';
import type { Step } from '../../core/plan.ts';
import { stableJson } from '../../core/stable-json.ts';
import { isAwsError, promised } from '../../core/errors.ts';
import { differingFields, type Fields } from '../../core/fields.ts';
import { defineKind } from '../define.ts';
import { inventoryGroups } from './inventory.ts';
import { ignoreNotFound } from '../shared/ignore-not-found.ts';
import { groups } from './schema.ts';
import { rights } from './rights.ts';
import { store } from '../shared/identity-store.ts';
import { keepFirst, keepNewest, writeReviewed } from '../shared/revisions.ts';

const spec = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  /** Live only: an identity provider put the group there. */
  external: z.optional(z.boolean()),
});

export type GroupSpec = z.infer<typeof spec>;

const fields: Fields<GroupSpec> = { name: { type: 'value' }, description: { type: 'value' } };

export const group = defineKind({
  name: 'group',
  noun: groups.noun,
  section: groups,
  spec,
  rename: 'in-place',
  sameness: { what: 'the same members', isCertain: false, effect: 'loses the id', signsOf: membersOf },

  desired: (entries) =>
    Object.entries(entries).map(([name, { description, previously }]): Declared<GroupSpec> => ({
      spec: { name, ...(description !== undefined && { description }) },
      at: [['groups', name]],
      ...(previously !== undefined && { previously }),
    })),

  key: ({ name }) => [name],
  label: ({ name }) => name,
  subjects: ({ name }) => ({ group: name }),
  fields,

  rights,

  async read(aws) {
    const groups = await aws.pages(
      (NextToken) => aws.identityStore.listGroups({ ...store(aws), MaxResults: 100, NextToken }),
      (page) => promised(page.Groups, 'a list of groups'),
    );
    return groups.map((live) => {
      keepFirst(aws, live.GroupId, live);
      return { id: live.GroupId ?? '', spec: specOf(live) };
    });
  },

  async create(aws, after) {
    try {
      const created = await aws.identityStore.createGroup({
        ...store(aws),
        DisplayName: after.name,
        Description: after.description,
      });
      keepNewest(aws, created.GroupId, created);
      return created.GroupId;
    } catch (error) {
      if (!isAwsError(error, 'ConflictException')) throw error;
      const { GroupId: id = '' } = await aws.identityStore.getGroupId({
        ...store(aws),
        AlternateIdentifier: { UniqueAttribute: { AttributePath: 'displayName', AttributeValue: after.name } },
      });
      const found = await describe(aws, id);
      keepNewest(aws, id, found);
      await update(aws, id, specOf(found), after);
      return id;
    }
  },

  update,

  isExternal: ({ external }) => external === true,

  async delete(aws, id, before) {
    const deletion = writeReviewed<Group>(aws, {
      ...reviewed(aws, id, before),
      isDone: () => false,
      send: (revision) => aws.identityStore.deleteGroup({ ...store(aws), GroupId: id, ...revision }),
    });
    await ignoreNotFound(deletion);
  },

  inventory: inventoryGroups,
});

async function update(aws: Aws, id: string, before: GroupSpec, after: GroupSpec): Promise<void> {
  const operations: AttributeOperation[] = [];
  if (before.name !== after.name) operations.push({ AttributePath: 'displayName', AttributeValue: after.name });
  if (before.description !== after.description) {
    operations.push({ AttributePath: 'description', AttributeValue: after.description });
  }
  if (operations.length === 0) return;
  await writeReviewed<Group>(aws, {
    ...reviewed(aws, id, before),
    isDone: (found) => differingFields(fields, specOf(found), after).length === 0,
    send: (revision) =>
      aws.identityStore.updateGroup({ ...store(aws), GroupId: id, Operations: operations, ...revision }),
  });
}

/** What every change of a group has. */
const reviewed = (aws: Aws, id: string, before: GroupSpec) => ({
  id,
  what: `the group ${before.name}`,
  describe: () => describe(aws, id),
  changed: (found: Group) => differingFields(fields, before, specOf(found)),
});

const describe = (aws: Aws, id: string): Promise<Group> =>
  aws.identityStore.describeGroup({ ...store(aws), GroupId: id });

function specOf(live: Group): GroupSpec {
  return {
    name: promised(live.DisplayName, 'the name of a group'),
    ...(live.Description && { description: live.Description }),
    ...((live.ExternalIds?.length ?? 0) > 0 && { external: true }),
  };
}

/** The people whom the same plan puts into a group or takes out of it; groups without any are left out. */
function membersOf(steps: readonly StepOf<GroupSpec>[], all: readonly Step[]): Map<string, string> {
  const members = new Map<string, string[]>(steps.map((step) => [specIn(step).name, []]));
  for (const { subjects } of all) {
    const { group: name, user } = subjects;
    if (name !== undefined && user !== undefined) members.get(name)?.push(subjectKey('user', user));
  }
  return new Map(
    steps.flatMap((step) => {
      const people = members.get(specIn(step).name) ?? [];
      return people.length === 0 ? [] : [[step.id, stableJson(people.sort())]];
    }),
  );
}
