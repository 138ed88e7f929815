import type { Surroundings } from '../src/aws/surroundings.ts';
import type { Reading } from '../src/engine/state.ts';
import type { AssignmentSpec } from '../src/kinds/assignment.ts';
import type { GroupSpec } from '../src/kinds/group.ts';
import { kinds } from '../src/kinds/index.ts';
import type { MembershipSpec } from '../src/kinds/membership.ts';
import type { PermissionSetSpec } from '../src/kinds/permission-set.ts';
import type { UserSpec } from '../src/kinds/user.ts';
import { accountIdsOf, type Organisation } from './organisation.ts';

const partition = 'aws';

/** What reading an organisation gives if it is live, with ids in the place of names as AWS tells it. */
export function readOrganisation(organisation: Organisation): Reading {
  const context = { partition, accountId: accountIdsOf(organisation) };
  const accounts = accountsBySet(organisation);
  const specs = new Map(
    kinds.map((kind) => [kind.name, kind.desired(organisation, context).map(({ spec }): unknown => spec)]),
  );
  const idsOf = <Spec>(kind: string, nameOf: (spec: Spec) => string): Map<string, string> =>
    new Map((specs.get(kind) as Spec[]).map((spec, index) => [nameOf(spec), `${kind}-${index}`]));
  const users = idsOf<UserSpec>('user', ({ userName }) => userName);
  const groups = idsOf<GroupSpec>('group', ({ name }) => name);
  const sets = idsOf<PermissionSetSpec>('permission-set', ({ name }) => name);
  const told = (kind: string, spec: unknown): unknown => {
    if (kind === 'permission-set') {
      const set = spec as PermissionSetSpec;
      return { ...set, accounts: [...(accounts.get(set.name) ?? [])] };
    }
    if (kind === 'membership') {
      const { group, user } = spec as MembershipSpec;
      return { group: groups.get(group), user: users.get(user) };
    }
    if (kind !== 'assignment') return spec;
    const { principalType, principal, permissionSet, account } = spec as AssignmentSpec;
    const principals = principalType === 'USER' ? users : groups;
    return { principalType, principal: principals.get(principal), permissionSet: sets.get(permissionSet), account };
  };
  return Object.fromEntries(
    [...specs].map(([kind, all]) => [
      kind,
      all.map((spec, index) => ({
        spec: told(kind, spec),
        ...(kind !== 'assignment' && { id: `${kind}-${index}` }),
      })),
    ]),
  );
}

/** What a plan depends on besides: the management account asks. */
export function surroundingsOf({ identityCenter, accounts }: Organisation): Surroundings {
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
