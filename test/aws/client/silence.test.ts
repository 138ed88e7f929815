import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { connect } from '../../../src/aws/connect.ts';
import { localLimits } from '../../../src/aws/client/limits.ts';
import type { Fault, ScriptedFault } from '../../../src/emulator/index.ts';
import { startEmulator } from '../../support/emulator.ts';

const connectUnder = async (script: ScriptedFault[]) => {
  const emulator = await startEmulator({ behaviour: { faults: { seed: 1, script } } });
  onTestFinished(() => emulator.close());
  const limits = { ...localLimits, backoffMs: 1, silenceMs: 200 };
  const aws = await connect({
    clock: testClock,
    region: 'us-east-1',
    local: { endpoint: emulator.url },
    askCaller: false,
    limits,
  });
  return { aws, emulator };
};

it.each<Fault>(['silent', 'cutBefore', 'cutAfter'])(
  'a call is repeated where its answer is lost: %s',
  async (fault) => {
    const { aws, emulator } = await connectUnder([{ at: { operation: 'CreateGroup', nth: 1 }, fault }]);
    const group = { IdentityStoreId: aws.instance.identityStoreId, DisplayName: 'ops' };
    const created = aws.identityStore.createGroup(group);
    if (fault === 'cutBefore') await created;
    // The repeated write finds that it had taken effect.
    else await expect(created).rejects.toMatchObject({ Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
    expect(emulator.calls.filter(({ operation }) => operation === 'CreateGroup').map((call) => call.fault)).toEqual([
      fault,
      undefined,
    ]);
    expect(emulator.world.groups.size).toBe(1);
  },
);

it.each<[Fault, string]>([
  ['silent', 'inactivity'],
  ['cutBefore', 'socket hang up'],
])('where no answer ever comes it says so, and gives up: %s', async (fault, words) => {
  const operation = 'ListInstances';
  const failed = connectUnder([{ at: { operation, nth: 1 }, fault, times: Infinity }]);
  await expect(failed).rejects.toMatchObject({ code: 'no-connection', message: expect.stringContaining(words) });
});
