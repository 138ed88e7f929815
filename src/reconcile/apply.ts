import { subjectAddress, type Address } from '../core/address.ts';
import { InterruptedError } from '../core/errors.ts';
import type { AnyKind, Ids } from '../core/kind.ts';
import type { Step } from '../core/plan.ts';
import type { LiveState } from './state.ts';

export type ApplyEvent =
  | { type: 'started'; step: Step }
  /** With the AWS id of what it made. */
  | { type: 'succeeded'; step: Step; id?: string }
  | { type: 'failed'; step: Step; error: unknown }
  | { type: 'skipped'; step: Step; because: Step | 'interrupted' };

export interface ApplyOptions {
  /** When it aborts, what is under way is finished and nothing more is begun. */
  signal?: AbortSignal;
  /** Around all that a step does. */
  within?<Result>(step: Step, work: () => Promise<Result>): Promise<Result>;
}

/**
 * Carries out a plan: every step as soon as all that it waits for has succeeded, so many at once as the clients allow.
 * A failed step skips what waits for it, and nothing else. Never throws for a step; resolves when all have ended.
 */
export async function applySteps<Client>(
  kinds: readonly AnyKind<Client>[],
  client: Client,
  steps: readonly Step[],
  live: LiveState,
  report: (event: ApplyEvent) => void,
  { signal, within = (_step, work) => work() }: ApplyOptions = {},
): Promise<void> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const { ids, learn } = createIds(live);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const outcomes = new Map<Address, Promise<boolean>>();

  const carryOut = async (step: Step): Promise<boolean> => {
    const failed = await firstFailure(step);
    if (failed !== undefined || signal?.aborted) {
      report({ type: 'skipped', step, because: failed ?? 'interrupted' });
      return false;
    }
    report({ type: 'started', step });
    try {
      const id = await within(step, () => write(step));
      if (id !== undefined) learn(step.id, id);
      report({ type: 'succeeded', step, ...(id !== undefined && { id }) });
      return true;
    } catch (error) {
      if (error instanceof InterruptedError) report({ type: 'skipped', step, because: 'interrupted' });
      else report({ type: 'failed', step, error });
      return false;
    }
  };

  const end = (step: Step): Promise<boolean> => {
    const known = outcomes.get(step.id) ?? carryOut(step);
    outcomes.set(step.id, known);
    return known;
  };

  const firstFailure = async ({ dependsOn }: Step): Promise<Step | undefined> => {
    const awaited = dependsOn.flatMap((id) => byId.get(id) ?? []);
    const succeeded = await Promise.all(awaited.map(end));
    return awaited[succeeded.indexOf(false)];
  };

  const write = async ({ kind: name, action, before, after, liveId = '' }: Step): Promise<string | undefined> => {
    const kind = byName.get(name);
    if (!kind) throw new Error(`unknown kind ${name}`);
    switch (action) {
      case 'create':
        return kind.create(client, kind.spec.parse(after), ids);
      case 'update':
        await kind.update?.(client, liveId, before, kind.spec.parse(after), ids);
        return undefined;
      case 'delete':
        await kind.delete(client, liveId, before, ids);
        return undefined;
    }
  };

  await Promise.all(steps.map(end));
}

/** Ids by address: those that are live, and those that this run makes. */
function createIds(live: LiveState): { ids: Ids; learn(address: Address, id: string): void } {
  const made = new Map<Address, string>();
  return {
    learn: (address, id) => made.set(address, id),
    ids: {
      of(kind, name) {
        const address = subjectAddress(kind, name);
        const id = made.get(address) ?? live.get(address)?.id;
        if (id === undefined) throw new Error(`the ${kind} ${name} has no id yet`);
        return id;
      },
    },
  };
}
