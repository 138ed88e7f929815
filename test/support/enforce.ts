import { vi } from 'vitest';
import type { startEmulator } from '../../src/emulator/index.ts';

// A setup file. The CLI starts an emulator of its own for --local, so this is where a test gets hold of each.
vi.mock('../../src/emulator/index.ts', async (load) => {
  const emulator = await load<{ startEmulator: typeof startEmulator }>();
  const { unwatch, watch } = await import('./in-force.ts');
  return {
    ...emulator,
    async startEmulator(options: Parameters<typeof startEmulator>[0]) {
      const started = await emulator.startEmulator(options);
      // A test with a policy of its own knows what it does.
      if (options?.policy !== undefined) return started;
      const { close } = started;
      started.close = () => {
        unwatch(started);
        return close.call(started);
      };
      await watch(started);
      return started;
    },
  };
});
