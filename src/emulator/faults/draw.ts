import type { Resource } from '../core/resource.ts';
import { isRead, type ServiceName } from '../core/service.ts';
import type { World } from '../core/world.ts';
import { createRandom } from '../load/random.ts';
import { createCallKeys } from './call-key.ts';
import { type Fault, faults as all, type Faults, type ScriptedFault } from './options.ts';

export interface DrawnCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: unknown;
}

export interface Drawn {
  readonly fault: Fault;
  /** From 0 up to 1: decides what else there is to decide about it. The same for all that fails for good. */
  readonly detail: number;
}

/** Decides for each call, in the order of arrival, what goes wrong with it. */
export type Draw = (call: DrawnCall) => Drawn | undefined;

export function createDraw(faults: Faults, world: World, resources: readonly Resource[]): Draw {
  const { seed, rates = {}, byOperation = {}, script = [], mostInARow = 3 } = faults;
  const keyOf = createCallKeys(world, resources);
  const counts = new Map<string, number>();
  const inARow = new Map<string, number>();
  let calls = 0;

  const count = (name: string): number => {
    const next = (counts.get(name) ?? 0) + 1;
    counts.set(name, next);
    return next;
  };

  return (call) => {
    const { operation, input } = call;
    const key = keyOf(operation, input);
    calls += 1;
    const nth = count(key);
    const nthOfOperation = count(operation);
    const draw = (name: string): number => createRandom(seed, name)();
    const isNow = ({ at, times = 1 }: ScriptedFault): boolean => {
      const [now, first] =
        typeof at === 'number' ? [calls, at] : at.operation === operation ? [nthOfOperation, at.nth] : [0, 1];
      return now >= first && now < first + times;
    };
    const scripted = script.find(isNow)?.fault;
    if (scripted !== undefined) return { fault: scripted, detail: draw(`${scripted} ${key} ${nth}`) };

    const isDrawn = (fault: Fault): boolean => {
      const rate = byOperation[operation]?.[fault] ?? rates[fault] ?? 0;
      return rate > 0 && canHappen(fault, call) && draw(`${fault} ${key} ${nameOfTry(fault, nth)}`) < rate;
    };
    const before = inARow.get(key) ?? 0;
    const found = all.find((fault) => (before < mostInARow || fault === 'failedForGood') && isDrawn(fault));
    inARow.set(key, found === undefined ? 0 : before + 1);
    return found && { fault: found, detail: draw(`detail of ${found} ${key} ${nameOfTry(found, nth)}`) };
  };
}

/** What fails for good fails at every try alike. */
const nameOfTry = (fault: Fault, nth: number): string => (fault === 'failedForGood' ? 'always' : String(nth));

const startsRequest = /^(Create|Delete)AccountAssignment$|^ProvisionPermissionSet$/;

/** Statuses have a lag of their own, and which instance there is doesn't change. */
const isNeverBehind = /Status$|Instance|Region/;

function canHappen(fault: Fault, { service, operation, input }: DrawnCall): boolean {
  switch (fault) {
    case 'tooManyAtWork':
    case 'failed':
    case 'failedForGood':
    case 'statusUnknown':
    case 'statusUnlisted':
      return startsRequest.test(operation);
    case 'busy':
    case 'repeated':
      return !isRead(operation) && service !== 'organizations';
    case 'stale':
      return service !== 'organizations' && !isNeverBehind.test(operation);
    case 'tokenExpired':
      return (input as { NextToken?: unknown } | null)?.NextToken !== undefined;
    case 'throttle':
    case 'internal':
    case 'cutBefore':
    case 'cutAfter':
    case 'silent':
    case 'credentialsExpired':
      return true;
  }
}
