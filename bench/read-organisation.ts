import type { Surroundings } from '../src/aws/surroundings.ts';
import type { Live } from '../src/core/kind.ts';
import { readLive, type LiveState, type ReadOptions } from '../src/engine/state.ts';
import { kinds } from '../src/kinds/index.ts';
import type { PermissionSetSpec } from '../src/kinds/permission-set.ts';
import { accountIdsOf, type Organisation } from './organisation.ts';

const partition = 'aws';

/** Reads an organisation as if it were live, all but the calls. */
export function readOrganisation(organisation: Organisation, options: ReadOptions): Promise<LiveState> {
  const context = { partition, accountId: accountIdsOf(organisation) };
  const accounts = accountsBySet(organisation);
  const stored = kinds.map((kind) => ({
    ...kind,
    read: (): Promise<Live<unknown>[]> => {
      const things = kind.desired(organisation, context).map(({ spec }: { spec: unknown }, index): Live<unknown> => {
        if (kind.name === 'assignment') return { spec };
        const id = `${kind.name}-${index}`;
        if (kind.name !== 'permission-set') return { id, spec };
        const set = spec as PermissionSetSpec;
        return { id, spec: { ...set, accounts: [...(accounts.get(set.name) ?? [])] } };
      });
      return Promise.resolve(things);
    },
  }));
  return readLive(stored, undefined, options);
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
