import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/core/of-kind.ts';
import type { Step, Warning } from '../../../src/core/plan.ts';
import { permissionSet } from '../../../src/kinds/permission-set/kind.ts';
import { permissionSetRisks } from '../../../src/kinds/permission-set/risks.ts';
import { buildStep } from '../../render/plan-builder.ts';

const place = { file: 'identity.yaml', line: 7, column: 3 };
const spec = (name: string, parts: object = {}): object => ({ name, sessionDuration: 'PT1H', ...parts });
const edit = (name: string, before: object, after: object): Step =>
  buildStep('update', `permission-set/${name}`, {
    before: spec(name, before),
    after: spec(name, after),
    places: [place],
  });
const risksOf = (...steps: Step[]): Warning[] => permissionSetRisks(stepsOf(permissionSet, steps));
const codes = (...steps: Step[]): string[] => risksOf(...steps).map(({ code }) => code);

const a = { permissionsBoundary: { managedPolicy: 'arn:aws:iam::aws:policy/PowerUserAccess' } };
const b = { permissionsBoundary: { customerManagedPolicy: { name: 'b', path: '/team/' } } };

it('a boundary that goes or changes is said, one that comes is not', () => {
  expect(risksOf(edit('S', a, {}))).toEqual([
    {
      code: 'boundary-removed',
      message:
        'S loses its permissions boundary (arn:aws:iam::aws:policy/PowerUserAccess), so only its own policies limit it.',
      place,
    },
  ]);
  expect(codes(edit('S', a, b))).toEqual(['boundary-replaced']);
  expect(codes(edit('S', a, a), edit('T', {}, a))).toEqual([]);
});

it('longer sessions are said together, shorter ones are not', () => {
  const longer = edit('S', {}, { sessionDuration: 'PT8H' });
  expect(codes(longer, edit('T', { sessionDuration: 'PT90M' }, { sessionDuration: 'PT2H' }))).toEqual([
    'longer-session',
  ]);
  expect(risksOf(longer)[0]).toMatchObject({
    message: expect.stringContaining('S from 1h to 8h') as string,
    place,
  });
  expect(codes(edit('S', { sessionDuration: 'PT8H' }, {}), edit('T', { sessionDuration: 'PT60M' }, {}))).toEqual([]);
});

it('another page that the portal opens is said, a new set is not', () => {
  const page = { relayState: 'https://evil.example/' };
  expect(risksOf(edit('S', {}, page))).toEqual([
    {
      code: 'other-first-page',
      message: 'S opens https://evil.example/ from the portal, instead of the start page of the AWS console.',
      aside: 'the page that S opens first changes',
      place,
    },
  ]);
  expect(codes(edit('S', page, {}), edit('T', page, page))).toEqual(['other-first-page']);
  expect(codes(buildStep('create', 'permission-set/New', { after: spec('New', page) }))).toEqual([]);
});

it('a set that is replaced under another name is compared with the old one', () => {
  const old = buildStep('delete', 'permission-set/Old', { before: spec('Old', a), replacedBy: 'permission-set/New' });
  const anew = buildStep('create', 'permission-set/New', {
    after: spec('New', { sessionDuration: 'PT2H' }),
    replaces: old.id,
  });
  expect(codes(anew, old)).toEqual(['boundary-removed', 'longer-session']);
  expect(
    codes(buildStep('create', 'permission-set/New', { after: spec('New', { sessionDuration: 'PT12H' }) })),
  ).toEqual([]);
});

describe('a condition on MFA', () => {
  const policy = (Effect: string, operator: string, value: unknown): object => ({
    inlinePolicy: {
      Statement: {
        Effect,
        Action: '*',
        Resource: '*',
        Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } },
      },
    },
  });

  it.each([
    ['Deny', 'BoolIfExists', false, 'this Deny may apply to everyone, always'],
    ['Deny', 'Bool', 'false', 'this Deny may apply to everyone, always'],
    ['Deny', 'Null', 'true', 'this Deny may apply to everyone, always'],
    ['Allow', 'Bool', true, 'this Allow may apply to no one'],
    ['Allow', 'Null', false, 'this Allow may apply to no one'],
  ])('is a risk where it comes: %s %s %s', (effect, operator, value, told) => {
    const after = policy(effect, operator, value);
    expect(risksOf(edit('S', {}, after))).toEqual([
      {
        code: 'mfa-condition',
        message: expect.stringContaining(told) as string,
        lead: expect.stringContaining(told) as string,
        place,
      },
    ]);
    expect(codes(buildStep('create', 'permission-set/S', { after: spec('S', after) }))).toEqual(['mfa-condition']);
    expect(codes(edit('S', after, { ...after, description: 'S' }))).toEqual([]);
  });

  it.each([
    ['Deny', 'Bool', true],
    ['Allow', 'BoolIfExists', true],
    ['Allow', 'Bool', false],
  ])('is none where it does not matter: %s %s %s', (effect, operator, value) => {
    expect(codes(edit('S', {}, policy(effect, operator, value)))).toEqual([]);
  });
});
