import type { Context } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { sorted, takePage } from '../../core/paging.ts';
import { operation, type Tagged } from '../../core/resource.ts';
import { list, string, structure } from '../../core/shape.ts';
import type { Tag } from '../../core/world.ts';
import { arnOf } from './arns.ts';
import { NextToken, TagKey, Tags } from './shapes.ts';

const ResourceId = string({
  max: 130,
  pattern:
    '^(r-[0-9a-z]{4,32})|(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})|(^p-[0-9a-zA-Z_]{8,128})|(^rp-[0-9a-zA-Z_]{4,128})|(^rt-[0-9a-zA-Z_]{8,32})$',
});

export const tagOperations = {
  ListTagsForResource: operation(structure({ ResourceId }, { NextToken }), onResource, (context, input) => {
    const keyOf = (tag: Tag): string => tag.Key;
    const page = takePage(context, input, sorted(requireTagged(context, input).tags, keyOf), keyOf);
    return { Tags: page.items, ...page.next };
  }),

  TagResource: operation(structure({ ResourceId, Tags }), onResource, (context, input) => {
    const { tags, store } = requireTagged(context, input);
    store(mergeTags(tags, input.Tags));
    return {};
  }),

  UntagResource: operation(structure({ ResourceId, TagKeys: list(TagKey) }), onResource, (context, input) => {
    const { tags, store } = requireTagged(context, input);
    store(tags.filter(({ Key }) => !input.TagKeys.includes(Key)));
    return {};
  }),
};

interface TagInput {
  readonly ResourceId: string;
}

function onResource({ ResourceId }: TagInput, { world }: Context): string[] {
  return [arnOf(world, ResourceId)];
}

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

function requireTagged(context: Context, { ResourceId }: TagInput): Tagged {
  const found = context.registry.tagged('organizations', context, ResourceId);
  if (found) return found;
  throw new ServiceError('TargetNotFoundException', "You specified a target that doesn't exist.");
}
