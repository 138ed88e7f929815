import type { Behaviour } from '../core/behaviour.ts';
import type { Context } from '../core/context.ts';
import { validationError } from '../core/errors.ts';
import type { Registry } from '../core/resource.ts';
import { createSchedule } from '../core/schedule.ts';
import type { ServiceName } from '../core/service.ts';
import type { World } from '../core/world.ts';
import { callerIn } from '../services/caller.ts';

/** Does to a world what a call from the owner of its instance would do. Throws what the service would answer. */
export type OwnCall = (service: ServiceName, operation: string, input: object) => object;

/** Calls without a wire, without latency, and whatever the policy: what a seed asks for must be what the API allows. */
export function createOwnCalls(world: World, registry: Registry, behaviour: Behaviour): OwnCall {
  const { instance, organization } = world;
  const accountId = instance.OwnerAccountId;
  const caller = callerIn(world, { accountId, arn: `arn:${organization.Partition}:iam::${accountId}:user/emulator` });
  return (name, operation, input) => {
    const service = registry.services.find((one) => one.name === name);
    const answer = service && registry.operation(service, operation);
    if (!answer) throw new Error(`There is no ${operation} of ${name}`);
    const context: Context = {
      world,
      registry,
      behaviour,
      caller,
      operation,
      timing: { latency: () => 0, work: () => 0 },
      schedule: createSchedule([]),
      report: () => {},
      refusedResource: () => undefined,
      regionRole: 'primary',
      invalid: validationError,
      requestFate: undefined,
      countStatusRead: () => 0,
    };
    return answer(context, input);
  };
}
