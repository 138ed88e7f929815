import type { Context, Handlers } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { sorted, takePage } from '../paging.ts';
import type { Tag } from '../rows.ts';
import type { organizationsShapes } from './shapes.ts';

export const tags = {
  ListTagsForResource(context, input) {
    const keyOf = (tag: Tag): string => tag.Key;
    const page = takePage(context, input, sorted(requireTaggable(context, input.ResourceId).tags, keyOf), keyOf);
    return { Tags: page.items, ...page.next };
  },

  TagResource(context, input) {
    const { tags, store } = requireTaggable(context, input.ResourceId);
    store(mergeTags(tags, input.Tags));
    return {};
  },

  UntagResource(context, input) {
    const { tags, store } = requireTaggable(context, input.ResourceId);
    store(tags.filter(({ Key }) => !input.TagKeys.includes(Key)));
    return {};
  },
} satisfies Partial<Handlers<typeof organizationsShapes>>;

/** Tags, with others added or their values replaced. */
export function mergeTags(before: readonly Tag[], added: readonly Tag[]): Tag[] {
  if (new Set(added.map(({ Key }) => Key.toLowerCase())).size < added.length) {
    throw new ServiceError('InvalidInputException', 'Tag keys must be unique.', { Reason: 'DUPLICATE_TAG_KEY' });
  }
  if (added.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) {
    throw new ServiceError('InvalidInputException', "You can't add, edit, or delete system tag keys.", {
      Reason: 'INVALID_SYSTEM_TAGS_PARAMETER',
    });
  }
  const merged = new Map([...before, ...added].map((tag) => [tag.Key, tag]));
  // AWS: 50 tags on a resource, in every service that doesn't say otherwise.
  if (merged.size > 50) {
    throw new ServiceError('ConstraintViolationException', 'You have exceeded the number of tags allowed.', {
      Reason: 'MAX_TAG_LIMIT_EXCEEDED',
    });
  }
  return [...merged.values()];
}

interface Taggable {
  tags: readonly Tag[];
  store: (tags: readonly Tag[]) => void;
}

/** Accounts, OUs and the root; the emulated organization has no policies. */
function requireTaggable({ world, report }: Context, id: string): Taggable {
  const account = world.accounts.get(id);
  if (account) {
    return {
      tags: account.Tags,
      store(Tags) {
        world.accounts.put({ ...account, Tags });
        report({ type: 'account-updated', accountId: id });
      },
    };
  }
  const unit = world.organizationalUnits.get(id);
  if (unit) {
    return {
      tags: unit.Tags,
      store(Tags) {
        world.organizationalUnits.put({ ...unit, Tags });
        report({ type: 'organizational-unit-updated', organizationalUnitId: id });
      },
    };
  }
  if (id === world.organization.RootId) {
    return {
      tags: world.organization.RootTags,
      store(RootTags) {
        world.organization = { ...world.organization, RootTags };
        world.writes++;
        report({ type: 'organizational-unit-updated', organizationalUnitId: id });
      },
    };
  }
  throw new ServiceError('TargetNotFoundException', "You specified a target that doesn't exist.");
}
