import type { Context } from '../../core/context.ts';
import { notFound, quotaExceeded, validationError } from '../../core/errors.ts';
import { sorted, takePage } from '../../core/paging.ts';
import { operation, type Tagged } from '../../core/resource.ts';
import { list, string, structure } from '../../core/shape.ts';
import type { Tag } from '../../core/world.ts';
import { requireInstance } from './instance.ts';
import { InstanceArn, NextToken, TagKey, Tags } from './shapes.ts';

const ResourceArn = string({
  min: 10,
  max: 2048,
  pattern:
    'arn:aws(-[a-z]{1,5}){0,3}:sso::((:instance/(sso)?ins-[a-zA-Z0-9-.]{16})|(:permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16})|(\\d{12}:application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16})|(\\d{12}:trustedTokenIssuer/(sso)?ins-[a-zA-Z0-9-.]{16}/tti-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}))',
});
const TagKeys = list(TagKey, { min: 1, max: 75 });

export const tagOperations = {
  ListTagsForResource: operation(
    structure({ ResourceArn }, { InstanceArn, NextToken }),
    onResource,
    (context, input) => {
      const { tags } = requireTagged(context, input);
      const page = takePage(context, input, sorted(tags, keyOf), keyOf);
      return { Tags: page.items, ...page.next };
    },
  ),

  TagResource: operation(structure({ ResourceArn, Tags }, { InstanceArn }), onResource, (context, input) => {
    const { tags, store } = requireTagged(context, input);
    store(mergeTags(context, tags, input.Tags));
    return {};
  }),

  UntagResource: operation(structure({ ResourceArn, TagKeys }, { InstanceArn }), onResource, (context, input) => {
    const { tags, store } = requireTagged(context, input);
    store(tags.filter(({ Key }) => !input.TagKeys.includes(Key)));
    return {};
  }),
};

interface TagInput {
  readonly ResourceArn: string;
  readonly InstanceArn?: string;
}

function onResource({ ResourceArn, InstanceArn }: TagInput): string[] {
  return InstanceArn === undefined ? [ResourceArn] : [ResourceArn, InstanceArn];
}

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

function requireTagged(context: Context, { ResourceArn, InstanceArn }: TagInput): Tagged {
  requireInstance(context, { InstanceArn: InstanceArn ?? context.world.instance.InstanceArn });
  const found = context.registry.tagged('sso-admin', context, ResourceArn);
  if (found) return found;
  throw notFound(`Could not find resource with arn ${ResourceArn}`);
}
