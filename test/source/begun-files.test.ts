import { expect, it } from 'vitest';
import { externalDocument, identityDocument, type IdentityDocument } from '../../src/config/schema/document.ts';
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
  const bob = { givenName: 'Bob', familyName: 'X' };
  const later = document({
    accounts: { prod: '111122223333' },
    users: { bob },
    permissionSets: { Reader: { description: 'x', sessionDuration: '1h' } },
    groups: { ops: { members: [...many, 'bob'] } },
    assignments: [{ ...entry, groups: ['others'] }],
    safety: { maxRemovals: 7 },
  });
  const entries = entriesBeyond(later, before);
  const kept = {
    users: { bob },
    permissionSets: { Reader: { description: 'x', sessionDuration: '1h' } },
    groups: { ops: { members: ['bob'] } },
    assignments: [{ ...entry, groups: ['others'] }],
  };
  expect(entries).toEqual(kept);
  const again = withEntries(entries, before);
  expect(again).toMatchObject({ ...kept, accounts: { prod: '111122223333' } });
});

it('what is only declared is kept as a whole where a part of it differs', () => {
  const bob = { givenName: 'Bob', familyName: 'X' };
  const [was, later] = [bob, { ...bob, title: 'Boss' }].map((one) => document({ users: { bob: one } }));
  expect(entriesBeyond(later!, was)).toEqual({ users: { bob: { ...bob, title: 'Boss' } } });
});

it('all is kept where names of accounts or the directory mean something else, and nothing of the file before is added', () => {
  const swapped = document({ ...before, accounts: { prod: '444455556666' }, safety: {} });
  const later = withEntries(entriesBeyond(swapped, before), before);
  expect(later).toEqual({ ...before, accounts: { prod: '444455556666' } });

  const external = externalDocument().parse({
    version: 1,
    identityCenter: { directory: 'external' },
    groups: { ops: {} },
  });
  expect(withEntries(entriesBeyond(external, before), before)).toEqual(external);
});

it('another source of an attribute takes the place of the one before', () => {
  const attributes = (source: string) => document({ accessControlAttributes: { team: [source] } });
  const [was, later] = [attributes('${path:enterprise.department}'), attributes('${path:enterprise.costCenter}')];
  expect(withEntries(entriesBeyond(later, was), was)).toEqual(later);
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
