import { expect } from 'vitest';
import type { Aws } from '../../src/aws/connect.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import type { Plan } from '../../src/core/plan.ts';
import { everything, readLive } from '../../src/reconcile/read.ts';
import { nameLive } from '../../src/reconcile/state.ts';
import { sectionNames, type SectionName } from '../../src/inventory/sections.ts';
import { surveyLive } from '../../src/inventory/survey.ts';
import { writeIdentityFile, type WrittenFile } from '../../src/inventory/write-file.ts';
import { kinds } from '../../src/kinds/index.ts';
import { now } from './live.ts';

export interface Imported extends WrittenFile {
  /** Loads a text in the place of the file, with the policy files that were written. */
  load(text?: string): LoadedFile;
  plan(text?: string): Promise<Plan>;
}

/** What the command does between the reading and the writing. */
export async function importFrom(
  aws: Aws,
  {
    sections = sectionNames,
    directory = 'identity-center',
  }: { sections?: readonly SectionName[]; directory?: 'identity-center' | 'external' } = {},
): Promise<Imported> {
  const { reading } = await readLive(kinds, aws, everything);
  const survey = surveyLive(nameLive(kinds, reading, new Map()), aws, new Set(sections));
  const written = writeIdentityFile(survey, {
    instance: aws.instance,
    directory,
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
