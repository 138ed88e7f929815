import { expect } from 'vitest';
import type { Aws } from '../../src/aws/connect.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import type { Plan } from '../../src/core/plan.ts';
import { everything, readLive } from '../../src/reconcile/read.ts';
import { nameLive } from '../../src/reconcile/state.ts';
import { collectInventory } from '../../src/inventory/collect.ts';
import { importableSections, sections } from '../../src/inventory/sections.ts';
import { writeIdentityFile, type WrittenFile } from '../../src/inventory/write-file.ts';
import { kinds } from '../../src/kinds/index.ts';
import { now } from './live.ts';

export interface Imported extends WrittenFile {
  /** Loads a text in the place of the file, with the policy files that were written. */
  load(text?: string): LoadedFile;
  plan(text?: string): Promise<Plan>;
}

/** What the command does between the reading and the writing. */
export async function importFrom(aws: Aws): Promise<Imported> {
  const { reading } = await readLive(kinds, aws, everything);
  const live = nameLive(kinds, reading, new Map());
  const written = writeIdentityFile(collectInventory(sections, live, aws, new Set(importableSections)), {
    instance: aws.instance,
    directory: 'identity-center',
    heading: ['Made for a test.'],
    withPolicyFiles: true,
  });
  const load = (text = written.text): LoadedFile =>
    loadIdentityFile('identity.yaml', (file) => {
      if (file.endsWith('identity.yaml')) return text;
      const policy = [...written.policies].find(([name]) => file.endsWith(name));
      expect(policy, file).toBeDefined();
      return policy?.[1] ?? '';
    });
  return {
    ...written,
    load,
    plan: async (text) =>
      (await makePlan(liveSource(aws, { isLocal: false }), load(text), { removeOrphans: false, now })).plan,
  };
}
