import { expect, it } from 'vitest';
import type { AccessImpact } from '../../../src/core/access.ts';
import type { Plan, Step } from '../../../src/core/plan.ts';
import { contentWarnings } from '../../../src/planner/warnings/content-warnings.ts';
import { load } from '../../config/support.ts';

const set = (action: string): string =>
  `{ inlinePolicy: { Statement: { Effect: Allow, Action: "${action}", Resource: "*" } } }`;
const loaded = load(
  `version: 1\npermissionSets:\n  Edited: ${set('s3:Gett*')}\n  Held: ${set('ec2:Runn*')}\n  Other: ${set('iam:Lost*')}\n`,
);
const step = (subjects: Record<string, string>) => ({ subjects }) as unknown as Step;
const plan = (steps: Step[], gained: string[] = []) =>
  ({
    steps,
    access: { gained: gained.map((permissionSet) => ({ permissionSet })), lost: [] } as unknown as AccessImpact,
  }) as Plan;
const linesOf = async (of: Plan) =>
  (await contentWarnings(of, loaded, new Date('2026-10-01'))).map(({ code, place }) => `${place?.line} ${code}`);

it('warns of the content of a permission set that a step is about', async () => {
  expect(await linesOf(plan([step({ 'permission-set': 'Edited' })]))).toEqual(['3 matches-no-action']);
  expect(await linesOf(plan([step({ user: 'ann', account: '1', 'permission-set': 'Other' })]))).toEqual([
    '5 matches-no-action',
  ]);
  expect(await linesOf(plan([step({ user: 'Edited' })]))).toEqual([]);
});

it('warns of the content of a permission set that people gain through a group', async () => {
  expect(await linesOf(plan([step({ user: 'ann', group: 'ops' })], ['Held']))).toEqual(['4 matches-no-action']);
});

it('says nothing of what the plan leaves as it is', async () => {
  expect(await linesOf(plan([]))).toEqual([]);
});
