import type { AwsContext } from '../src/aws/context.ts';
import type { Declared, Live } from '../src/core/kind.ts';
import type { Reading } from '../src/reconcile/state.ts';
import { assignment, type AssignmentSpec } from '../src/kinds/account-assignment/kind.ts';
import { group } from '../src/kinds/group/kind.ts';
import { membership, type MembershipSpec } from '../src/kinds/membership/kind.ts';
import { permissionSet, type PermissionSetSpec } from '../src/kinds/permission-set/kind.ts';
import { user } from '../src/kinds/user/kind.ts';
import { accountIdsOf, contextOf, type Organisation } from './organisation.ts';

const partition = 'aws';

/** What is read where the organisation is live: the same as through the API, without a call. */
export function readOrganisation(organisation: Organisation): Reading {
  const context = contextOf(organisation);
  const accounts = accountsBySet(organisation);
  const setIds = new Map(Object.keys(organisation.permissionSets).map((name) => [name, idOf('permission-set', name)]));
  const withAccounts = (spec: PermissionSetSpec): PermissionSetSpec => ({
    ...spec,
    accounts: [...(accounts.get(spec.name) ?? [])],
  });
  return {
    [user.name]: Array.from(user.desired(organisation.users, context), ({ spec }) => ({
      id: idOf('user', spec.userName),
      spec,
    })),
    [group.name]: Array.from(group.desired(organisation.groups, context), ({ spec }) => ({
      id: idOf('group', spec.name),
      spec,
    })),
    [membership.name]: Array.from(membership.desired(organisation.groups, context), unnamedMembership),
    [permissionSet.name]: Array.from(permissionSet.desired(organisation.permissionSets, context), ({ spec }) => ({
      id: idOf('permission-set', spec.name),
      spec: withAccounts(spec),
    })),
    [assignment.name]: Array.from(assignment.desired(organisation.assignments, context), (one) =>
      unnamedAssignment(one, setIds),
    ),
  };
}

// Joined: a text of one piece, as every answer of an API has it.
const idOf = (kind: string, name: string): string => ['id of', kind, name].join(' ');

const unnamedMembership = ({ spec }: Declared<MembershipSpec>, index: number): Live<MembershipSpec> => ({
  id: idOf('membership', String(index)),
  spec: { group: idOf('group', spec.group), user: idOf('user', spec.user) },
});

/** The id of a set is that of the question, one text for all answers; who holds it comes with each answer. */
const unnamedAssignment = (
  { spec }: Declared<AssignmentSpec>,
  setIds: ReadonlyMap<string, string>,
): Live<AssignmentSpec> => ({
  spec: {
    ...spec,
    principal: idOf(spec.principalType === 'USER' ? 'user' : 'group', spec.principal),
    permissionSet: setIds.get(spec.permissionSet) ?? '',
  },
});

/** What a plan depends on besides: the management account asks. */
export function awsContextOf({ identityCenter, accounts }: Organisation): AwsContext {
  const all = Object.entries(accounts).map(([name, id]) => ({ id, name, state: 'ACTIVE' }));
  const managementAccountId = all[0]?.id ?? '';
  const { region, instanceArn: arn } = identityCenter;
  return {
    instance: {
      arn,
      region,
      partition,
      identityStoreId: 'd-0123456789',
      ownerAccountId: managementAccountId,
      managementAccountId,
    },
    organization: { managementAccountId, accounts: new Map(all.map((account) => [account.id, account])) },
    caller: { accountId: managementAccountId, arn: `arn:${partition}:iam::${managementAccountId}:user/bench` },
  };
}

/** 12-digit ids, by the name of the set. */
function accountsBySet(organisation: Organisation): Map<string, Set<string>> {
  const idOf = accountIdsOf(organisation);
  const bySet = new Map<string, Set<string>>();
  for (const { permissionSets, accounts } of organisation.assignments) {
    for (const name of permissionSets) {
      const known = bySet.get(name) ?? new Set();
      bySet.set(name, known);
      for (const account of accounts) known.add(idOf(account));
    }
  }
  return bySet;
}
