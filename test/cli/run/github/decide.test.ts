import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf, type Plan } from '../../../../src/core/plan.ts';
import { renderJson } from '../../../support/render-json.ts';
import { buildPlan, buildStep, instance, mixedPlan } from '../../../render/plan-builder.ts';
import { createFolder, readOutputs } from '../../../support/github/run.ts';
import { runIdc, type Ran } from '../../../support/run-idc.ts';

const steps = [buildStep('create', 'user/hanako')];
const plan = buildPlan(steps);

async function decide(
  now: Plan,
  reviewed?: string,
  ...flags: string[]
): Promise<Ran & { answers: Record<string, string> }> {
  const folder = createFolder();
  const [planFile, reviewedFile] = [path.join(folder, 'plan.json'), path.join(folder, 'reviewed.json')];
  writeFileSync(planFile, renderJson(now));
  if (reviewed !== undefined) writeFileSync(reviewedFile, reviewed);
  const ran = await runIdc(['github', 'decide', '--plan', planFile, '--reviewed', reviewedFile, ...flags]);
  return { ...ran, answers: readOutputs(ran.out) };
}

it('exactly what was reviewed needs no approval', async () => {
  const { code, err, answers } = await decide(plan, renderJson({ ...plan, cost: { apiCalls: 9, seconds: 9 } }));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(answers).toEqual({
    digest: plan.digest,
    changes: 'true',
    refused: 'false',
    environment: 'identity-center-apply',
    reason: 'same',
  });
});

it('a plan that differs only by access that expired since needs no approval, and only with that reviewed plan', async () => {
  const third = buildPlan([...steps, buildStep('delete', 'user/ken')]);
  const now = { ...other, passed: { digest: plan.digest, since: '2027-02-01T00:00:00.000Z' } };
  expect((await decide(now, renderJson(plan))).answers).toMatchObject({ digest: other.digest, reason: 'same' });
  expect((await decide(now, renderJson(third))).answers['reason']).toContain(`the reviewed plan is ${third.digest}`);
});

it('what another version of the tool would show otherwise waits; the same version, and an empty plan, do not', async () => {
  const now = { ...plan, toolVersion: '1.1.0' };
  expect((await decide(now, renderJson({ ...plan, toolVersion: '1.1.0' }))).answers['reason']).toBe('same');
  expect((await decide(now, renderJson(plan))).answers).toMatchObject({
    environment: 'identity-center-approve',
    reason: 'the reviewed plan was made by an unknown version of idc, but this one by idc 1.1.0',
  });
  const nothing = { ...buildPlan([]), toolVersion: '1.1.0' };
  expect((await decide(nothing, renderJson({ ...nothing, toolVersion: '1.0.0' }))).answers['reason']).toBe('same');
});

it('where the file of an unfinished apply can not be used, even an empty plan waits', async () => {
  const base = { name: 'main', commit: 'a'.repeat(40), document: {} };
  const unknown = { commit: 'b'.repeat(40), missing: 'identity.yaml does not exist' };
  for (const one of [buildPlan([]), plan]) {
    const now = { ...one, base: { ...base, begun: [unknown] } };
    expect((await decide(now, renderJson(now))).answers).toMatchObject({
      environment: 'identity-center-approve',
      reason: "the apply of bbbbbbb did not finish, and its file can't be used",
    });
    const known = { ...one, base: { ...base, begun: [{ commit: 'b'.repeat(40), entries: {} }] } };
    expect((await decide(known, renderJson(known))).answers['reason']).toBe('same');
  }
});

it('says whether there is anything to do, and whether it is refused', async () => {
  const { digest } = mixedPlan;
  expect((await decide(mixedPlan)).answers).toMatchObject({ digest, changes: 'true', refused: 'true' });
  expect((await decide(buildPlan([]))).answers).toMatchObject({ changes: 'false', refused: 'false' });
});

const elsewhere = { ...instance, arn: 'arn:aws:sso:::instance/ssoins-fedcba9876543210' };
const other = buildPlan([...steps, buildStep('delete', 'user/taro')]);

it.each<[string, string | undefined, string]>([
  ['nothing that was reviewed', undefined, 'no reviewed plan'],
  ['an empty file', '', 'no reviewed plan: This file is not JSON'],
  ['a file that is no plan', '{"digest":"x"}', 'no reviewed plan: This file is JSON, but not a plan'],
  ['a plan of another format', '{"formatVersion":99}', 'no reviewed plan: This plan has format version 99'],
  ['half a plan', renderJson(plan).slice(0, 500), 'no reviewed plan: This file is not JSON'],
  [
    'a plan that claims another digest than its own',
    renderJson({ ...other, digest: plan.digest }),
    'no reviewed plan: This plan has been edited: its digest is not that of what it does',
  ],
  ['another plan', renderJson(other), `the reviewed plan is ${other.digest}, but this one is ${plan.digest}`],
  [
    'a plan of another version of the tool',
    renderJson({ ...plan, toolVersion: '0.9.0' }),
    'the reviewed plan was made by idc 0.9.0, but this one by an unknown version of idc',
  ],
  [
    'a plan for another instance',
    renderJson({ ...plan, instance: elsewhere, digest: digestOf({ ...plan, instance: elsewhere }) }),
    `the reviewed plan is for ${elsewhere.arn}, but this one is for ${instance.arn}`,
  ],
])('%s waits for an approval, and fails nothing', async (_what, reviewed, reason) => {
  const { code, err, answers } = await decide(plan, reviewed);
  expect(code).toBe(0);
  expect(answers['environment']).toBe('identity-center-approve');
  expect(answers['reason']).toContain(reason);
  expect(err).toContain(`An approval is needed: ${reason}`);
  expect(answers['reason']).not.toContain('\n');
});

it('a reviewed plan that can not be read, or is not given, waits as well', async () => {
  const folder = createFolder();
  const planFile = path.join(folder, 'plan.json');
  writeFileSync(planFile, renderJson(plan));
  mkdirSync(path.join(folder, 'reviewed'));
  for (const flags of [[], ['--reviewed', path.join(folder, 'reviewed')]]) {
    const { code, out } = await runIdc(['github', 'decide', '--plan', planFile, ...flags]);
    expect(code).toBe(0);
    expect(readOutputs(out)['environment']).toBe('identity-center-approve');
  }
});

const looser = { key: 'safety.maxRemovals', before: '5', after: '60', loosens: true };

describe('limits of the file', () => {
  it('that are loosened wait for an approval, though nothing else changes', async () => {
    const now = buildPlan([], { limits: [looser] });
    expect((await decide(now, renderJson(buildPlan([])))).answers).toMatchObject({
      changes: 'true',
      environment: 'identity-center-approve',
      reason: 'the file loosens limits that the review did not show (safety.maxRemovals)',
    });
    expect((await decide(now)).answers['reason']).toBe('no reviewed plan');
  });

  it('that were reviewed, with others or alone, need no other approval', async () => {
    const ignored = { key: 'ignore.groups', before: null, after: 'AWS*', loosens: true };
    const [now, reviewed] = [buildPlan(steps, { limits: [looser] }), buildPlan(steps, { limits: [ignored, looser] })];
    expect((await decide(now, renderJson(reviewed))).answers['reason']).toBe('same');
    expect((await decide(reviewed, renderJson(now))).answers['reason']).toContain('(ignore.groups)');
    const other = buildPlan(steps, { limits: [{ ...looser, after: '61' }] });
    expect((await decide(other, renderJson(now))).answers['reason']).toContain('(safety.maxRemovals)');
  });

  it('that only narrow need no approval', async () => {
    const narrower = { key: 'safety.maxRemovals', before: '5', after: '4', loosens: false };
    const now = buildPlan(steps, { limits: [narrower] });
    expect((await decide(now, renderJson(plan))).answers['reason']).toBe('same');
    expect((await decide(buildPlan([], { limits: [narrower] }))).answers).toMatchObject({
      changes: 'false',
      reason: 'same',
    });
  });

  it('that could not be compared wait for an approval, where there is something to do', async () => {
    const { base: _base, ...without } = plan;
    const unread = buildPlan(steps, { base: { missing: 'main has 1 error' } });
    expect((await decide(without, renderJson(without))).answers['reason']).toBe(
      'the plan was made without the file before (--base)',
    );
    expect((await decide(unread, renderJson(unread))).answers['reason']).toBe(
      'the file before could not be loaded: main has 1 error',
    );
    expect((await decide(unread, renderJson(plan))).answers['reason']).toBe(
      'the reviewed plan was compared with the file before, but this one is not',
    );
    expect((await decide(buildPlan([], { base: { missing: 'x' } }))).answers['reason']).toBe('same');
  });
});

it('takes other environments', async () => {
  const flags = ['--approved', 'go', '--waiting', 'wait'];
  expect((await decide(plan, renderJson(plan), ...flags)).answers['environment']).toBe('go');
  expect((await decide(plan, undefined, ...flags)).answers['environment']).toBe('wait');
});

it('a plan that would be applied must be one', async () => {
  const file = path.join(createFolder(), 'plan.json');
  writeFileSync(file, '{}');
  const { code, out, err } = await runIdc(['github', 'decide', '--plan', file]);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('(plan-shape)');
});
