import { expect, it } from 'vitest';
import { accessConstraints } from '../../src/access/constraints.ts';
import { touchedHolds, type Hold } from '../../src/access/ways.ts';
import type { AccessElement } from '../../src/core/access.ts';
import type { Step } from '../../src/core/plan.ts';
import { State, Thing } from '../../src/core/state.ts';
import { accessFacts } from '../../src/access/facts.ts';
import { assignment } from '../../src/kinds/account-assignment/kind.ts';
import { group } from '../../src/kinds/group/kind.ts';
import { membership } from '../../src/kinds/membership/kind.ts';

/** Ann's assignment of a set that is called New after the plan. */
function grant(content: string, status: AccessElement['status']): AccessElement {
  const address = `assignment/${content}`;
  return { address, step: address, status, user: 'ann', grant: { permissionSet: 'New', content, account: '1' } };
}

const annHolds = (...elements: AccessElement[]): Hold => ({
  holders: ['ann'],
  isPerson: true,
  accounts: ['1'],
  permissionSet: 'New',
  ways: elements.map((element) => ({
    assigned: element.grant?.content ?? 'New',
    assignment: element.status,
    assignmentOf: () => element,
    membershipOf: () => undefined,
  })),
});
const edit = new Map([['New', 'permission-set/New']]);
const order = (hold: Hold): string[] =>
  accessConstraints([hold], edit, new Set(['New'])).map(
    ({ step, waitsFor, purpose }) => `${step} after ${waitsFor} (${purpose})`,
  );

it('who is taken over from a replaced set gets the new one only as it will be', () => {
  expect(order(annHolds(grant('Old', 'deleted'), grant('New', 'created')))).toEqual([
    'assignment/Old after assignment/New (keep)',
    'assignment/New after permission-set/New (exclude)',
  ]);
});

it('who holds the set itself already need not wait for its edit to hold it another way', () => {
  const another = { ...grant('New', 'created'), address: 'assignment/through', step: 'assignment/through' };
  expect(order(annHolds(grant('New', 'deleted'), another))).toEqual(['assignment/New after assignment/through (keep)']);
});

it('what ends with its group and has no step of its own makes the deletion of the group wait', () => {
  const place = { permissionSet: 'Read', account: '111122223333' };
  const ops = new Thing(group, { name: 'ops' });
  const live = new State([
    ops,
    new Thing(membership, { group: 'ops', user: 'bob' }),
    new Thing(assignment, { principalType: 'GROUP', principal: 'ops', ...place }),
  ]);
  const own = new Thing(assignment, { principalType: 'USER', principal: 'bob', ...place });
  const step = (action: Step['action'], { address, kind, spec }: Thing): Step => ({
    id: address,
    action,
    kind,
    key: '',
    label: '',
    changes: [],
    dependsOn: [],
    subjects: {},
    normalised: {},
    ...(action === 'delete' ? { before: spec } : { after: spec }),
  });
  const facts = accessFacts(live, [step('delete', ops), step('create', own)]);
  expect(accessConstraints(touchedHolds(facts), new Map(), new Set())).toContainEqual(
    expect.objectContaining({ step: ops.address, waitsFor: own.address, purpose: 'keep' }),
  );
});
