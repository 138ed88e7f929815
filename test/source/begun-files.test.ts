import { expect, it } from 'vitest';
import { identityDocument, type IdentityDocument } from '../../src/config/schema/document.ts';
import { entriesBeyond, withEntries } from '../../src/source/begun-files.ts';

const document = (given: object): IdentityDocument => identityDocument.parse({ version: 1, ...given });

const many = Array.from({ length: 500 }, (_, index) => `user-${index}`);
const entry = { groups: ['ops'], permissionSets: ['Reader'], accounts: ['prod'] };
const before = document({
  accounts: { prod: '111122223333' },
  groups: { ops: { members: many }, others: { members: ['ann'] } },
  assignments: [entry],
});

it('of a later file the entries that differ are kept, and of a group the members', () => {
  const later = document({
    accounts: { prod: '111122223333', staging: '444455556666' },
    users: { bob: { givenName: 'Bob', familyName: 'X' } },
    permissionSets: { Reader: { description: 'x' } },
    groups: { ops: { members: [...many, 'bob'] } },
    assignments: [{ ...entry, accounts: ['staging'] }],
    safety: { maxRemovals: 7 },
  });
  const entries = entriesBeyond(later, before);
  expect(entries).toEqual({
    accounts: { staging: '444455556666' },
    groups: { ops: { members: ['bob'] } },
    assignments: [{ ...entry, accounts: ['staging'] }],
  });
  expect(withEntries(entries, before)).toMatchObject({
    accounts: { prod: '111122223333', staging: '444455556666' },
    groups: { ops: { members: [...many, 'bob'] }, others: { members: ['ann'] } },
    assignments: [entry, { ...entry, accounts: ['staging'] }],
  });
});

it('nothing is kept of one that grants the same, and all that grants where there is no file before', () => {
  expect(entriesBeyond(document({ ...before, safety: { maxRemovals: 7 } }), before)).toEqual({});
  const alone = entriesBeyond(before, undefined);
  expect(withEntries(alone, undefined)).toEqual(before);
});

it('a name that every value has is like any other', () => {
  const later = document({ groups: { constructor: { members: ['ann'] } } });
  const entries = entriesBeyond(later, before);
  expect(Object.entries(withEntries(entries, before).groups ?? {}).at(-1)).toEqual([
    'constructor',
    { members: ['ann'] },
  ]);
});
