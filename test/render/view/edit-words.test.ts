import { expect, it } from 'vitest';
import type { Content } from '../../../src/policies/content.ts';
import { dataWords, editWords, gravityOf, type EditWords } from '../../../src/render/view/edit-words.ts';
import { allow, bounded, deny, set } from '../../policies/sets.ts';
import { policies } from '../../support/policies.ts';

const words = (before: Content, after: Content): EditWords => editWords({ policies: policies.compare(before, after) });

const via = (...services: string[]): object => ({ StringEquals: { 'kms:ViaService': services } });

it.each<[string, Content, Content, string]>([
  ['s3:* comes', set(allow('s3:ListBucket')), set(allow('s3:*')), 'gains 179 actions'],
  ['few actions come', set(allow('s3:GetObject')), set(allow(['s3:GetObject', 'kms:Decrypt'])), 'gains kms:Decrypt'],
  ['a denial goes', set('AdministratorAccess', deny('iam:PassRole')), set('AdministratorAccess'), 'gains iam:PassRole'],
  [
    'actions come and go',
    set(allow('s3:GetObject')),
    set(allow('s3:PutObject')),
    'gains s3:PutObject and loses s3:GetObject',
  ],
  [
    'everything comes but some',
    set(allow('s3:GetObject')),
    set({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }),
    'gains all actions but iam:*',
  ],
  [
    'a boundary of another policy comes',
    set('AdministratorAccess'),
    bounded(set('AdministratorAccess'), 'ReadOnlyAccess'),
    'loses all actions but 6913',
  ],
  [
    'a condition is widened',
    set(allow('kms:Decrypt', '*', via('a'))),
    set(allow('kms:Decrypt', '*', via('a', 'b'))),
    'has wider limits on kms:Decrypt',
  ],
  [
    'a customer managed policy comes',
    set('ReadOnlyAccess'),
    { ...set('ReadOnlyAccess'), customerManagedPolicies: ['/Extras'] },
    'gets a policy of unknown content',
  ],
  [
    'a small gain comes with limits that go',
    set(allow('s3:GetObject', '*', via('a')), allow('kms:Decrypt', '*', via('a'))),
    set(allow(['s3:GetObject', 's3:PutObject']), allow('kms:Decrypt', '*', via('a', 'b'))),
    'gains s3:PutObject, no longer limits s3:GetObject and has wider limits on kms:Decrypt',
  ],
  [
    'a pattern of resources is widened',
    set(allow('s3:GetObject', 'arn:aws:s3:::logs-a/*')),
    set(allow('s3:GetObject', 'arn:aws:s3:::logs-*')),
    'has wider limits on s3:GetObject',
  ],
  [
    'a pattern of resources is narrowed',
    set(allow('s3:GetObject', 'arn:aws:s3:::logs-*')),
    set(allow('s3:GetObject', 'arn:aws:s3:::logs-a/*')),
    'has tighter limits on s3:GetObject',
  ],
  [
    'a pattern of resources that are denied is widened',
    set('ReadOnlyAccess', deny('s3:GetObject', 'arn:aws:s3:::logs-a/*')),
    set('ReadOnlyAccess', deny('s3:GetObject', 'arn:aws:s3:::logs-*')),
    'has tighter limits on s3:GetObject',
  ],
  [
    'a boundary of unknown content goes',
    { ...set('ReadOnlyAccess'), permissionsBoundary: { customerManagedPolicy: '/edge' } },
    set('ReadOnlyAccess'),
    'loses a permissions boundary of unknown content',
  ],
  [
    'a boundary of unknown content is another',
    { ...set('ReadOnlyAccess'), permissionsBoundary: { customerManagedPolicy: '/edge' } },
    { ...set('ReadOnlyAccess'), permissionsBoundary: { customerManagedPolicy: '/other' } },
    'gets another permissions boundary of unknown content',
  ],
  [
    'only the text differs',
    set(allow(['s3:Get*', 's3:GetObject'])),
    set(allow('s3:Get*')),
    'is edited and allows the same',
  ],
])('a heading where %s', (_, before, after, title) => {
  expect(words(before, after).title).toBe(title);
});

it('leads with at most two lines, and keeps the rest', () => {
  const { lead, rest } = words(
    set(allow('s3:GetObject', '*', via('a')), allow('s3:PutObject')),
    set(allow(['s3:GetObject', 'kms:Decrypt'])),
  );
  expect(lead).toEqual(['gains kms:Decrypt', 'no longer limits s3:GetObject']);
  expect(rest).toEqual(['loses s3:PutObject']);
});

it('says how limits differ', () => {
  const { lead, rest } = words(set(allow('kms:Decrypt', '*', via('a'))), set(allow('kms:Decrypt', '*', via('a', 'b'))));
  expect(lead).toEqual(['has wider limits on kms:Decrypt']);
  expect(rest).toEqual([
    'limit before: allowed on every resource if kms:ViaService StringEquals a',
    'limit after: allowed on every resource if kms:ViaService StringEquals a and b',
  ]);
});

it('says that a variable is text, where a policy has it as text', () => {
  const limitsTo = (value: string): string | undefined =>
    words(set(allow('kms:Decrypt', '*', via('a'))), set(allow('kms:Decrypt', '*', via(value)))).rest[1];
  const told = 'limit after: allowed on every resource if kms:ViaService StringEquals';
  expect(limitsTo('${$}{aws:username}')).toBe(`${told} the text \${aws:username}`);
  expect(limitsTo('${aws:username}')).toBe(`${told} \${aws:username}`);
  expect(limitsTo('${$}{a}/${aws:username}')).toBe(`${told} \${$}{a}/\${aws:username}`);
});

it('says who becomes administrator, by what, and who is one no longer', () => {
  expect(words(set('PowerUserAccess'), set('AdministratorAccess')).lead[0]).toMatch(/; becomes administrator$/);
  expect(words(set('ReadOnlyAccess'), set('ReadOnlyAccess', 'IAMFullAccess')).lead[0]).toMatch(
    /; becomes administrator by iam:CreateRole and iam:AttachRolePolicy$/,
  );
  expect(words(set('PowerUserAccess'), set('AdministratorAccess', deny('s3:Delete*'))).lead[0]).toMatch(
    /; becomes administrator with every action except s3:Delete\*$/,
  );
  expect(words(set('AdministratorAccess'), set('AdministratorAccess', 'AWSDenyAll')).lead[0]).toMatch(
    /; no longer administrator$/,
  );
  const vpc = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
  expect(words(set('AdministratorAccess'), set(allow('*', '*', vpc))).lead[0]).toMatch(
    /; administrator only under a condition$/,
  );
});

it('tells sessions, roles that are out of date and what is replaced', () => {
  const same = policies.compare(set('ReadOnlyAccess'), set('ReadOnlyAccess'));
  const { lead, title } = editWords({
    policies: same,
    sessionDuration: { before: 'PT1H', after: 'PT8H' },
    outdatedRoles: 2,
    replaces: { permissionSet: 'Old', assignments: 54 },
  });
  expect(lead).toEqual([
    'replaces Old (54 assignments move); allows the same as before; has longer sessions (8h instead of 1h); out-of-date roles in 2 accounts are provisioned again: what they allow until then is not known',
  ]);
  expect(title).toBe('replaces Old and has longer sessions (8h instead of 1h)');
});

it('says on what data counts rest, and of which partition', () => {
  const actions = '2026-09-26';
  expect(dataWords({ actions, managedPolicies: actions })).toBe('By the AWS data of 2026-09-26.');
  expect(dataWords({ actions, managedPolicies: '2026-08-26', otherPartition: 'aws-us-gov' })).toBe(
    'By the AWS data of 2026-09-26 (managed policies of 2026-08-26), as in the commercial partition, not aws-us-gov.',
  );
});

it('says that holders can now raise their own rights, or no longer can, and ranks what widens before what narrows', () => {
  const [reads, edits] = [set(allow('s3:GetObject')), set(allow(['s3:GetObject', 'iam:PutRolePolicy']))];
  const gains = { policies: policies.compare(reads, edits) };
  const loses = { policies: policies.compare(edits, reads) };
  const by = ['iam:PutRolePolicy'];
  const gained = { permissionSet: 'Editor', side: 'gained', by } as const;
  const lost = { permissionSet: 'Editor', side: 'lost', by } as const;
  expect(editWords(gains, gained).lead[0]).toBe(
    'gains iam:PutRolePolicy; its holders can now raise their own rights by iam:PutRolePolicy',
  );
  expect(editWords(loses, lost).lead[0]).toBe(
    'loses iam:PutRolePolicy; its holders can no longer raise their own rights',
  );
  const writes = { policies: policies.compare(reads, set(allow(['s3:GetObject', 's3:PutObject']))) };
  const swaps = { policies: policies.compare(edits, set(allow(['s3:GetObject', 'iam:GetRole']))) };
  const order = [gravityOf(gains, gained), gravityOf(writes), gravityOf(swaps, lost)];
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(new Set(order).size).toBe(3);
});
