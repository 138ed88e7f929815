import type { Behaviour } from '../core/behaviour.ts';
import type { Timing } from '../core/context.ts';
import type { Requests } from '../core/requests.ts';
import type { Load, Range } from './options.ts';
import { createRandom, type Random, within } from './random.ts';

/** The kinds that have a range of their own; Organizations' take `asyncMs`. */
const rangeNames: Partial<Record<keyof Requests, keyof NonNullable<Load['requestMs']>>> = {
  'assignment-creation': 'creation',
  'assignment-deletion': 'deletion',
  provisioning: 'provisioning',
};

export function createTiming({ asyncMs, load }: Behaviour): Timing {
  if (load === undefined) return { latency: () => 0, work: () => asyncMs };
  const { seed, timeScale = 1, latencyMs = {}, requestMs = {} } = load;
  const streams = new Map<string, Random>();
  const next = (range: Range, name: string): number => {
    const random = streams.get(name) ?? createRandom(seed, name);
    streams.set(name, random);
    return within(range, random) / timeScale;
  };
  return {
    latency(operation) {
      const range = latencyMs.byOperation?.[operation] ?? latencyMs.default;
      return range === undefined ? 0 : next(range, `latency ${operation}`);
    },
    work(kind) {
      const name = rangeNames[kind];
      return next((name && requestMs[name]) ?? [asyncMs, asyncMs], `work ${kind}`);
    },
  };
}
