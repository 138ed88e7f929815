import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesAction } from '../../../../src/kinds/shared/policy/actions.ts';
import { depth } from '../../../support/depth.ts';

it.each([
  ['*', true],
  ['iam:PutRolePolicy', true],
  ['IAM:putrolepolicy', true],
  ['iam:**', true],
  ['iam:?*', true],
  ['iam:*Policy', true],
  ['i?m:Put????Policy', true],
  ['*:*', true],
  ['iam:Put', false],
  ['iam:Put???Policy', false],
  ['iam:PutRolePolicy?', false],
  ['iam.PutRolePolicy', false],
  ['', false],
])('%s as a pattern of iam:PutRolePolicy: %s', (pattern, expected) => {
  expect(matchesAction(pattern, 'iam:PutRolePolicy')).toBe(expected);
});

it('matches what the rule by the letter matches', () => {
  const text = (...letters: string[]) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 7 }).map((parts) => parts.join(''));
  const byTheLetter = (pattern: string, action: string): boolean => {
    if (pattern === '') return action === '';
    const rest = pattern.slice(1);
    if (pattern.startsWith('*')) {
      return byTheLetter(rest, action) || (action !== '' && byTheLetter(pattern, action.slice(1)));
    }
    return action !== '' && (pattern.startsWith('?') || pattern[0] === action[0]) && byTheLetter(rest, action.slice(1));
  };
  fc.assert(
    fc.property(text('a', 'b', '*', '?'), text('a', 'b'), (pattern, action) => {
      expect(matchesAction(pattern, action)).toBe(byTheLetter(pattern, action));
    }),
    depth(3000),
  );
});

it('takes a pattern that is made to take forever', () => {
  expect(matchesAction(`${'*?'.repeat(40)}x`, 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet')).toBe(false);
  expect(matchesAction(`${'*e'.repeat(200)}x`, 'e'.repeat(10_000))).toBe(false);
});
