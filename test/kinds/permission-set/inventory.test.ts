import { expect, it } from 'vitest';
import { findImportable } from '../../../src/inventory/importable.ts';
import { sectionsOf } from '../../../src/inventory/sections.ts';
import { inventoryPermissionSets } from '../../../src/kinds/permission-set/inventory.ts';
import { permissionSet, type PermissionSetSpec } from '../../../src/kinds/permission-set/kind.ts';

const live = (name: string, Action: string): PermissionSetSpec => ({
  name,
  sessionDuration: 'PT1H',
  managedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
  tags: {},
  provisioned: { stale: [] },
});

it('leaves a live set alone whose policy would be refused, and says why', () => {
  const context = {
    partition: 'aws',
    names: { account: (id: string) => id },
    sortAccounts: (names: readonly string[]) => [...names],
    proposeTargets: () => [],
    isReferredTo: () => true,
  };
  const { entries } = inventoryPermissionSets(
    [
      live('Good', 's3:*'),
      live('Old', 's3'),
      { ...live('China', 's3:*'), managedPolicies: ['arn:aws-cn:iam::aws:policy/ReadOnlyAccess'] },
      { ...live('Gov', 's3:*'), permissionsBoundary: { managedPolicy: 'arn:aws-us-gov:iam::aws:policy/Edge' } },
    ],
    context,
  );
  const [section] = sectionsOf([permissionSet]);
  const { importable = [], unimportable } = section ? findImportable(section, permissionSet, entries, 'aws') : {};
  expect(importable.map(({ piece }) => Object.keys(piece))).toEqual([['Good']]);
  expect(unimportable).toEqual([
    {
      name: 'Old',
      label: 'Old',
      why: 'has an inline policy that IAM refuses: Statement.0.Action has no service prefix; an action is written as in "s3:GetObject"',
    },
    ...[
      ['China', 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess'],
      ['Gov', 'arn:aws-us-gov:iam::aws:policy/Edge'],
    ].map(([name, arn]) => ({ name, label: name, why: `has the policy ${arn}, which is in another partition` })),
  ]);
});
