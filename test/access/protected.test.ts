import { expect, it } from 'vitest';
import { guardProtected, narrowedProtections, type ProtectedInput } from '../../src/access/protected.ts';
import { account, factsOf } from './organisation.ts';

const lines = ['ann in ops', 'ops: Set 1'];

/** What guards say to an edit of the policies of a set that Ann must keep. */
function edit(before: string[], after: string[], more: Partial<ProtectedInput> = {}): Record<string, string[]> {
  const facts = factsOf({ sets: { Set: before }, lines }, { sets: { Set: after }, lines });
  const input: ProtectedInput = {
    facts,
    protectedAccess: [{ user: 'ann', account: account('1'), permissionSet: 'Set', place: 'identity.yaml:9' }],
    names: { account: () => 'management' },
    dated: (message) => `${message} (dated)`,
    ...more,
  };
  return {
    refused: guardProtected(input).map(({ message }) => message),
    told: narrowedProtections(input).map(({ message }) => message),
  };
}

it.each([
  ['AWSDenyAll beside it', ['AdministratorAccess', 'AWSDenyAll'], 'its policies would allow nothing'],
  ['ViewOnlyAccess', ['job-function/ViewOnlyAccess'], 'Set would no longer make ann an administrator'],
  ['no policy', [], 'its policies would allow nothing'],
])('refuses protected access that goes from AdministratorAccess to %s', (_, after, why) => {
  const { refused, told } = edit(['AdministratorAccess'], after);
  expect(refused).toEqual([
    `Protected access would be lost: Set in management for ann (identity.yaml:9); ${why}. (dated)`,
  ]);
  expect(told).toEqual([]);
});

it('refuses a protected set that reads and then can do nothing', () => {
  expect(edit(['ReadOnlyAccess'], ['ReadOnlyAccess', 'AWSDenyAll'])['refused']).toHaveLength(1);
});

it.each([
  ['AdministratorAccess', 'IAMFullAccess', 'loses 21,891 actions'],
  ['PowerUserAccess', 'ReadOnlyAccess', /loses 15,\d{3} actions/],
  ['ReadOnlyAccess', 'job-function/ViewOnlyAccess', /loses 5,\d{3} actions and limits 1 action/],
  ['AdministratorAccess', 'AWSMcpServiceActionsFullAccess', 'limits 22,091 actions'],
  ['AdministratorAccess', 'APolicyThatIsNotInTheData', 'gets APolicyThatIsNotInTheData, whose content is not known'],
  ['APolicyThatIsNotInTheData', 'AdministratorAccess', 'loses APolicyThatIsNotInTheData, whose content is not known'],
])('tells as a risk what protected access loses otherwise: %s to %s', (before, after, what) => {
  const { refused, told } = edit([before], [after]);
  expect(refused).toEqual([]);
  expect(told).toHaveLength(1);
  expect(told?.[0]).toContain('Set, held by ann in management (identity.yaml:9), ');
  expect(told?.[0]).toMatch(what);
});

it('says nothing of protected access that allows as much as before, or more', () => {
  const silent = { refused: [], told: [] };
  expect(edit(['ReadOnlyAccess'], ['ReadOnlyAccess', 'PowerUserAccess'])).toEqual(silent);
  expect(edit(['ReadOnlyAccess'], ['AdministratorAccess'])).toEqual(silent);
});
