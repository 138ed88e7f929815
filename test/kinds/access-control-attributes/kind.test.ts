import { expect, it, onTestFinished } from 'vitest';
import { applySteps, type ApplyEvent } from '../../../src/reconcile/apply.ts';
import { kinds } from '../../../src/kinds/index.ts';
import type { EmulatorOptions } from '../../../src/emulator/index.ts';
import { startLive, type LiveSetup } from '../../support/live.ts';
import { observe, plant } from '../../support/organisation.ts';

async function start(options: EmulatorOptions = {}): Promise<LiveSetup> {
  const live = await startLive(options);
  onTestFinished(() => live.emulator.close());
  return live;
}

const attributes = ({ emulator }: LiveSetup): unknown => observe(emulator.world).accessControlAttributes;
const calls = ({ emulator }: LiveSetup): string[] =>
  emulator.calls.flatMap(({ operation }) => (/AccessControl/.test(operation) ? [operation.slice(0, 6)] : []));
const say = (accessControlAttributes: object): object => ({ accessControlAttributes });

it('is enabled, changed in one call whatever changes, and disabled by an empty section', async () => {
  const live = await start();
  const first = { title: '${path:title}', 'cost=center': ['${path:enterprise.costCenter}'] };
  expect(await live.apply(say(first))).toEqual([]);
  expect(attributes(live)).toEqual({ title: '${path:title}', 'cost=center': '${path:enterprise.costCenter}' });

  live.emulator.calls.length = 0;
  const second = { title: '${path:userType}', email: '${path:emails[primary eq true].value}' };
  const { plan } = await live.plan(say(second));
  expect(plan.steps.map(({ changes }) => changes)).toEqual([
    [
      {
        field: 'attributes',
        type: 'set',
        added: ['email=${path:emails[primary eq true].value}', 'title=${path:userType}'],
        removed: [String.raw`cost\=center=${'${path:enterprise.costCenter}'}`, 'title=${path:title}'],
      },
    ],
  ]);
  expect(await live.apply(say(second))).toEqual([]);
  expect(calls(live)).toEqual(['Descri', 'Descri', 'Update']);
  expect((await live.plan(say(second))).plan.steps).toEqual([]);

  const last = await live.plan(say({}));
  expect(last.plan.steps.map(({ id, action }) => `${action} ${id}`)).toEqual([
    'delete access-control-configuration/attributes',
  ]);
  expect(last.plan.warnings.map(({ code }) => code)).toEqual(['attributes-change']);
  expect(await live.apply(say({}))).toEqual([]);
  expect(attributes(live)).toBeUndefined();
  expect((await live.plan(say({}))).plan.steps).toEqual([]);
});

it('is not looked at where the section is absent', async () => {
  const live = await start();
  await plant(live.emulator, { accessControlAttributes: { title: '${path:title}' } });
  live.emulator.calls.length = 0;
  const { plan } = await live.plan({});
  expect([plan.steps, plan.ignored, calls(live)]).toEqual([[], {}, []]);
});

it('fails with the reason that AWS gives, and the next apply creates it again', async () => {
  const behaviour = { accessControlCreation: 'fails' as 'fails' | 'succeeds', asyncMs: 1 };
  const live = await start({ behaviour });
  const wanted = say({ title: '${path:title}' });
  expect(await live.apply(wanted)).toMatchObject([
    { type: 'failed', error: { code: 'request-failed', message: 'The attributes could not be enabled.' } },
  ]);
  const { plan } = await live.plan(wanted);
  expect(plan.steps).toMatchObject([
    { action: 'update', changes: [{ field: 'failure', before: 'The attributes could not be enabled.', after: null }] },
  ]);
  const { AccessControl: failed } = live.emulator.world.instance;
  expect(await live.apply(wanted)).toHaveLength(1);
  expect(live.emulator.world.instance.AccessControl).not.toBe(failed);
});

it('that another person enabled after the plan becomes what the file says', async () => {
  const live = await start();
  const late = await live.plan(say({ title: '${path:title}' }));
  await plant(live.emulator, { accessControlAttributes: { other: 'x' } });
  const failures: ApplyEvent[] = [];
  await applySteps(kinds, live.aws, late.plan.steps, late.live, (event) => {
    if (event.type === 'failed') failures.push(event);
  });
  expect(failures).toEqual([]);
  expect(attributes(live)).toEqual({ title: '${path:title}' });
});
