import { describe, expect, it } from 'vitest';
import { stableJson } from '../../../../src/core/stable-json.ts';
import { comparablePolicy, printPolicy } from '../../../../src/kinds/shared/policy/document.ts';

const allow = (statement: object) => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, ...statement }],
});
const same = (a: unknown, b: unknown): boolean => stableJson(comparablePolicy(a)) === stableJson(comparablePolicy(b));

describe('comparablePolicy', () => {
  it.each([
    [
      'a value and a list of one',
      { Action: 's3:GetObject', Resource: '*' },
      { Action: ['s3:GetObject'], Resource: ['*'] },
    ],
    [
      'actions in any order and case',
      { Action: ['s3:getobject', 's3:List*'], Resource: '*' },
      { Action: ['s3:List*', 's3:GetObject'], Resource: '*' },
    ],
    ['resources in any order', { Action: '*', Resource: ['b', 'a'] }, { Action: '*', Resource: ['a', 'b', 'a'] }],
    [
      'condition values in any order and type',
      {
        Action: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': true }, StringEquals: { k: ['b', 'a'] } },
      },
      {
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { k: ['a', 'b'] }, Bool: { 'aws:SecureTransport': ['true'] } },
      },
    ],
  ])('takes %s for the same', (_what, a, b) => {
    expect(same(allow(a), allow(b))).toBe(true);
  });

  it('takes one statement and a list of it for the same', () => {
    const statement = { Effect: 'Allow' as const, Action: '*', Resource: '*' };
    expect(same({ Statement: statement }, { Statement: [statement] })).toBe(true);
  });

  it.each([
    ['another case of a resource', { Action: '*', Resource: 'arn:A' }, { Action: '*', Resource: 'arn:a' }],
    ['an action more', { Action: ['a:b'], Resource: '*' }, { Action: ['a:b', 'a:c'], Resource: '*' }],
    ['Action and NotAction', { Action: 'a:b', Resource: '*' }, { NotAction: 'a:b', Resource: '*' }],
    [
      'a condition',
      { Action: 'a:b', Resource: '*' },
      { Action: 'a:b', Resource: '*', Condition: { Bool: { k: 'true' } } },
    ],
  ])('tells %s apart', (_what, a, b) => {
    expect(same(allow(a), allow(b))).toBe(false);
  });

  it('keeps the order of statements', () => {
    const [first, second] = [
      { Effect: 'Allow', Action: 'a:b', Resource: '*' },
      { Effect: 'Deny', Action: 'a:c', Resource: '*' },
    ];
    expect(same({ Statement: [first, second] }, { Statement: [second, first] })).toBe(false);
  });

  it('leaves a live text that is not JSON as it is', () => {
    expect(comparablePolicy('not json')).toBe('not json');
  });
});

it('prints in IAM order, with actions as they were written', () => {
  expect(
    printPolicy({
      Statement: [{ Resource: '*', Action: ['s3:PutObject', 's3:GetObject'], Effect: 'Allow' }],
      Version: '2012-10-17',
    }),
  ).toBe(
    `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "s3:GetObject",
        "s3:PutObject"
      ],
      "Resource": "*"
    }
  ]
}`,
  );
});
