import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { ReportedError } from '../../src/core/errors.ts';
import { sealOf } from '../../src/core/plan.ts';
import { planJson } from '../../src/render/json.ts';
import { renderJson } from '../support/render-json.ts';
import { parsePlan, planJsonSchema } from '../../src/formats/plan.ts';
import { buildPlan, buildStep, mixedPlan } from './plan-builder.ts';

const refusal = (text: string): ReportedError => {
  try {
    parsePlan(text);
  } catch (error) {
    if (error instanceof ReportedError) return error;
  }
  throw new Error('it was not refused');
};

describe('a plan as JSON', () => {
  it('is one document, which says exactly the plan', () => {
    const json = renderJson(mixedPlan);
    expect(JSON.parse(json)).toEqual({ ...mixedPlan, seal: sealOf(mixedPlan) });
    expect(json).toMatch(/^\{\n {2}"formatVersion": 2,\n/);
    expect(json.endsWith('\n}\n')).toBe(true);
  });

  it('is the text that JSON.stringify makes, though it is written in pieces', () => {
    const large = buildPlan(Array.from({ length: 500 }, (_, index) => buildStep('create', `user/ä${index}`)));
    for (const plan of [mixedPlan, buildPlan([]), large])
      expect(renderJson(plan)).toBe(`${JSON.stringify({ ...plan, seal: sealOf(plan) }, null, 2)}\n`);
    expect([...planJson(large)].length).toBeGreaterThan(1);
  });

  it('shows no character that a terminal would obey', () => {
    const json = renderJson(buildPlan([buildStep('create', 'user/a', { label: '\u001B[2J\u202E\u009B' })]));
    expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(parsePlan(json).steps[0]?.label).toBe('\u001B[2J\u202E\u009B');
  });

  it('can be read again', () => {
    expect(parsePlan(renderJson(mixedPlan))).toEqual(mixedPlan);
    expect(parsePlan(`\uFEFF${renderJson(mixedPlan)}`)).toEqual(mixedPlan);
  });

  it('fits its published schema', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(planJsonSchema() as object);
    validate(JSON.parse(renderJson(mixedPlan)));
    expect(validate.errors).toBe(null);
    const saved = { ...mixedPlan, seal: sealOf(mixedPlan) };
    expect(validate(saved)).toBe(true);
    expect(validate({ ...saved, formatVersion: 1 })).toBe(false);
    expect(validate({ ...saved, extra: true })).toBe(false);
  });

  it('has a schema that describes every field', () => {
    const { properties } = planJsonSchema() as { properties: Record<string, { description?: string }> };
    const silent = Object.entries(properties).filter(([, { description }]) => !description);
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe('what is not a plan', () => {
  it('is refused where it is not JSON', () => {
    expect(refusal('version: 1\n')).toMatchObject({
      code: 'plan-json',
      hint: 'Save the plan again with `idc plan --out plan.json`.',
    });
    expect(refusal('').code).toBe('plan-json');
  });

  it('is refused where it has another format version', () => {
    expect(refusal('{"formatVersion": 1}')).toMatchObject({
      code: 'plan-format',
      message: 'This plan has format version 1, but this idc reads 2.',
    });
  });

  it.each(['null', '[]', '"x"', '{}', '{"formatVersion": "1"}'])('is refused where it is %s', (text) => {
    expect(refusal(text).code).toBe('plan-shape');
  });

  it('is refused with the place of what is wrong, and without obeying it', () => {
    const steps = [{ ...buildStep('create', 'user/a'), action: 'destroy' }];
    expect(refusal(JSON.stringify({ ...mixedPlan, seal: sealOf(mixedPlan), steps, 'x\u001B[2J': 1 })).message).toBe(
      String.raw`This file is JSON, but not a plan: steps.0.action: Invalid option: expected one of "create"|"update"|"delete"; the whole: Unrecognized key: "x\x1b[2J".`,
    );
  });

  it('is refused without listing hundreds of faults', () => {
    const steps = Array.from({ length: 200 }, () => ({}));
    expect(refusal(JSON.stringify({ ...mixedPlan, steps })).message).toMatch(/; and \d+ more\.$/);
  });
});
