import { testClock } from './clock.ts';
import { connect, type Aws } from '../../src/aws/connect.ts';
import { makePlanToShow } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import type { PlanResult } from '../../src/planner/plan.ts';
import { loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import type { EmulatorOptions, Seed } from '../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator } from './emulator.ts';
import { applySteps, type ApplyEvent } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { under } from './in-force.ts';

/** An emulator, and the parts of the CLI that plan and apply against it, with the rights that the CLI asks for. */
export interface LiveSetup {
  emulator: TimedEmulator;
  aws: Aws;
  plan(document: object, now?: Date): Promise<PlanResult>;
  /** Plans and applies; the events other than a start or a success. */
  apply(document: object, signal?: AbortSignal, report?: (event: ApplyEvent) => void): Promise<ApplyEvent[]>;
  /** Connects again, as the next run would. */
  reconnect(): Promise<void>;
}

export const accounts = { management: '999988887777', production: '111122223333', staging: '444455556666' };

/** When every test takes place that does not say otherwise. */
export const now = new Date('2026-06-15T12:00:00Z');

const ownSeed: Seed = {
  region: 'us-east-1',
  managementAccountId: accounts.management,
  accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
  applications: [{ name: 'Salesforce' }, { name: 'Wiki' }],
};

export async function startLive(options: EmulatorOptions = {}): Promise<LiveSetup> {
  const emulator = await startEmulator({
    ...options,
    seed: { ...ownSeed, ...options.seed },
    behaviour: { asyncMs: 1, ...options.behaviour },
  });
  const open = (): Promise<Aws> =>
    under('plan', () =>
      connect({ clock: testClock, region: 'us-east-1', local: { endpoint: emulator.url }, askCaller: true }),
    );
  const setup: LiveSetup = {
    emulator,
    aws: await open(),
    plan: (document, at = now) =>
      under('plan', () =>
        makePlanToShow(liveSource(setup.aws, { isLocal: true }), load(document), { removeOrphans: false, now: at }),
      ),
    apply: (document, signal, report) =>
      under('apply', async () => {
        const { plan, live } = await setup.plan(document);
        const events: ApplyEvent[] = [];
        await applySteps(
          kinds,
          setup.aws,
          plan.steps,
          live,
          (event) => (report?.(event), events.push(event)),
          signal && { signal },
        );
        return events.filter(({ type }) => type === 'failed' || type === 'skipped');
      }),
    async reconnect() {
      setup.aws = await open();
    },
  };
  return setup;
}

/** Everything but the version has a default. */
export function load(document: object): LoadedFile {
  return loadIdentityFile('identity.yaml', () => JSON.stringify({ version: 1, accounts, ...document }));
}

export const person = (name: string): object => ({ givenName: name, familyName: name, email: `${name}@example.com` });
