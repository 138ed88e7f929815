// Serves an organisation as the service would under load, in a process of its own: the client's work is not its delay.
import { startEmulator, type CallRecord, type Emulator } from '../src/emulator/index.ts';
import { realisticLoad } from '../src/emulator/load/options.ts';
import type { Counts, Order, ServeOptions } from './emulator.ts';
import { plantOrganisation, seedOf } from './plant.ts';

let emulator: Emulator | undefined;
const counts = new Map<string, number>();
/** Calls after which a client has found its pace. */
const pacing = 200;
const steady = { seen: 0, calls: 0, throttled: 0 };

function count({ service, operation, outcome }: CallRecord): void {
  counts.set(operation, (counts.get(operation) ?? 0) + 1);
  if (service !== 'sso-admin') return;
  steady.seen += 1;
  if (steady.seen <= pacing) return;
  steady.calls += 1;
  if (outcome === 'ThrottlingException') steady.throttled += 1;
}

async function serve({ organisation, isEmpty, load }: ServeOptions): Promise<string> {
  emulator = await startEmulator({
    seed: seedOf(organisation),
    keepCalls: false,
    onCall: count,
    behaviour: load
      ? {
          load: {
            ...realisticLoad(load.seed, load.timeScale),
            // In scaled time a pause of the processor is as many times longer; the bucket makes up for it.
            burst: 5 * load.timeScale,
            ...(load.otherShare > 0 && { otherClient: { ssoAdmin: load.otherShare } }),
          },
        }
      : { asyncMs: 0 },
  });
  if (!isEmpty) plantOrganisation(emulator.world, organisation);
  return emulator.url;
}

function takeCounts(): Counts {
  const taken = {
    byOperation: Object.fromEntries(counts),
    throttled: steady.calls === 0 ? 0 : steady.throttled / steady.calls,
    mostAssignments: emulator?.stats.mostInProgress.assignments ?? 0,
  };
  counts.clear();
  return taken;
}

process.on('message', (order: Order) => {
  void (async () => {
    process.send?.(order.type === 'serve' ? await serve(order.options) : takeCounts());
  })();
});
