import { expect, it } from 'vitest';
import { roleArnPattern, rolePathOf, roleNameRegex, withoutPath } from '../../src/core/reserved-role.ts';

it('the path has the home region, except in us-east-1', () => {
  expect(rolePathOf('us-east-1')).toBe('/aws-reserved/sso.amazonaws.com/');
  expect(rolePathOf('us-gov-west-1')).toBe('/aws-reserved/sso.amazonaws.com/us-gov-west-1/');
});

it('a pattern takes the roles of its permission set and of no other whose name begins with it', () => {
  const home = { partition: 'aws-us-gov', region: 'us-gov-west-1' };
  const pattern = roleArnPattern({ permissionSet: 'Admin', account: '111122223333' }, home);
  // As IAM matches: a question mark is one character.
  const matches = new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('?', '.')}$`);
  const arn = (name: string) =>
    `arn:aws-us-gov:iam::111122223333:role/aws-reserved/sso.amazonaws.com/us-gov-west-1/AWSReservedSSO_${name}`;
  expect(arn('Admin_0123456789abcdef')).toMatch(matches);
  expect(arn('Admin_v1_0123456789abcdef')).not.toMatch(matches);
  expect(arn('Admin_0123456789abcdef_0123456789abcdef')).not.toMatch(matches);
});

it('a regular expression takes each character of a name for itself', () => {
  const regex = new RegExp(roleNameRegex('A+B.C'));
  expect('AWSReservedSSO_A+B.C_0123456789abcdef').toMatch(regex);
  expect('AWSReservedSSO_AABxC_0123456789abcdef').not.toMatch(regex);
});

it('aws-auth takes the ARN without its path', () => {
  expect(
    withoutPath('arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_A_1'),
  ).toBe('arn:aws:iam::111122223333:role/AWSReservedSSO_A_1');
});
