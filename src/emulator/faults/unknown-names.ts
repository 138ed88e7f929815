import type { ServiceError } from '../core/errors.ts';
import type { RequestInput, Resource } from '../core/resource.ts';
import { isObject } from '../core/validate.ts';
import type { World } from '../core/world.ts';

/** Who deletes has seen what there is to delete, and takes "not found" for "gone". */
const removes = /^(Delete|Detach|Untag)/;

/** What a host that is behind answers to a write that names what it doesn't know yet; undefined where it knows all. */
export function refuseUnknown(
  behind: World,
  resources: readonly Resource[],
  operation: string,
  input: unknown,
): ServiceError | undefined {
  if (removes.test(operation) || !isObject(input)) return undefined;
  const given: RequestInput = input;
  for (const resource of resources) {
    const refusal = resource.refuseUnknown?.(behind, given);
    if (refusal) return refusal;
  }
  return undefined;
}
