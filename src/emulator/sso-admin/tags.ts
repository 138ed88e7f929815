import type { Context, Handlers } from '../context.ts';
import { notFound, quotaExceeded, validationError } from '../errors.ts';
import { sorted, takePage } from '../paging.ts';
import type { Tag } from '../rows.ts';
import { requireInstance } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';

export const tags = {
  ListTagsForResource(context, input) {
    const { tags } = requireTaggable(context, input);
    const page = takePage(context, input, sorted(tags, keyOf), keyOf);
    return { Tags: page.items, ...page.next };
  },

  TagResource(context, input) {
    const { tags, store } = requireTaggable(context, input);
    store(mergeTags(context, tags, input.Tags));
    return {};
  },

  UntagResource(context, input) {
    const { tags, store } = requireTaggable(context, input);
    store(tags.filter(({ Key }) => !input.TagKeys.includes(Key)));
    return {};
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

const keyOf = (tag: Tag): string => tag.Key;

/** Tags, with others added or their values replaced. */
export function mergeTags({ behaviour }: Context, before: readonly Tag[], added: readonly Tag[]): Tag[] {
  const merged = new Map([...before, ...added].map((tag) => [tag.Key, tag]));
  if (added.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) {
    throw validationError('aws: prefixed tag key names are not allowed for external use.');
  }
  if (merged.size > behaviour.quotas.tagsPerResource) {
    throw quotaExceeded(
      `You have exceeded AWS SSO limits. Cannot have more than ${behaviour.quotas.tagsPerResource} tags.`,
    );
  }
  return [...merged.values()];
}

interface Taggable {
  tags: readonly Tag[];
  store: (tags: readonly Tag[]) => void;
}

/** Of the taggable resources the emulator has the instance, permission sets and applications. */
function requireTaggable(context: Context, input: { InstanceArn?: string; ResourceArn: string }): Taggable {
  const { world, report } = context;
  const { ResourceArn } = input;
  const instance = requireInstance(context, input.InstanceArn ?? world.instance.InstanceArn);
  if (ResourceArn === instance.InstanceArn) {
    return {
      tags: instance.Tags,
      store(tags) {
        world.instance = { ...instance, Tags: tags };
        world.writes++;
        report({ type: 'instance-updated', instanceArn: ResourceArn });
      },
    };
  }
  const application = world.applications.get(ResourceArn);
  if (application) {
    return {
      tags: application.Tags,
      store(tags) {
        world.applications.put({ ...application, Tags: tags });
        report({ type: 'application-updated', applicationArn: ResourceArn });
      },
    };
  }
  const permissionSet = world.permissionSets.get(ResourceArn);
  if (!permissionSet) throw notFound(`Could not find resource with arn ${ResourceArn}`);
  return {
    tags: permissionSet.Tags,
    // API model: tags belong to the permission set and not to its roles, so no copy becomes stale.
    store(tags) {
      world.permissionSets.put({ ...permissionSet, Tags: tags });
      report({ type: 'permission-set-updated', permissionSetArn: ResourceArn });
    },
  };
}
