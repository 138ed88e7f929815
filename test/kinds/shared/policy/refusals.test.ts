import { expect, it } from 'vitest';
import { minify, type PolicyDocument } from '../../../../src/kinds/shared/policy/document.ts';
import { policyFlaws, policyRefusal } from '../../../../src/kinds/shared/policy/refusals.ts';

const allow = (Resource: string | string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'a:b', Resource }],
});
const sized = (length: number): PolicyDocument => allow('x'.repeat(length));
const overhead = minify(sized(0)).length;

it('takes exactly what the quota takes', () => {
  expect(policyFlaws(sized(10_240 - overhead), 'aws')).toEqual([]);
  expect(policyFlaws(sized(10_241 - overhead), 'aws')).toEqual([
    { at: [], rest: 'has 10241 bytes besides white space; the limit of the service is 10,240.' },
  ]);
});

it('names a character that the service refuses', () => {
  expect(policyFlaws(allow('arn:東'), undefined)).toEqual([
    { at: [], rest: 'has the character "東"; the service accepts only Latin-1.' },
  ]);
});

it('compares partitions where that of the instance is known', () => {
  const document = allow(['arn:aws:s3:::b', 'arn:aws-cn:s3:::b', 'arn:*:s3:::b', '*']);
  const at = (index: number) => ['Statement', 0, 'Resource', index];
  expect(policyFlaws(document, 'aws')).toEqual([
    { at: at(1), rest: 'is an ARN of the partition aws-cn, but the instance is in aws.' },
  ]);
  expect(policyFlaws(document, 'aws-cn').map((flaw) => flaw.at)).toEqual([at(0)]);
  expect(policyFlaws(document, undefined)).toEqual([]);
});

it('says why a live document can not be written to the file', () => {
  expect(policyRefusal(allow('bucket'), 'aws')).toBe(
    'IAM refuses: Statement.0.Resource is neither "*" nor an ARN such as "arn:aws:s3:::bucket/*"',
  );
  expect(policyRefusal(sized(40_000), 'aws')).toMatch(/^IAM refuses: Statement\.0\.Resource is neither/);
  expect(policyRefusal(allow(`arn:aws:s3:::${'x'.repeat(10_240)}`), 'aws')).toMatch(
    /^the service refuses: it has \d+ bytes besides white space/,
  );
  expect(policyRefusal('not JSON', 'aws')).toBe('IAM refuses: it is not of its grammar');
});
