import type { Organizations } from '@aws-sdk/client-organizations';
import type { LiveAccount, Organization, OrganizationalUnit } from './accounts.ts';
import { readPages } from '../client/pages.ts';

/** What the targets of a file depend on beside the list of accounts. */
export interface StructureNeeds {
  /** Organizational units are named by their path. */
  unitPaths: boolean;
  /** Those that are named by id. */
  unitIds: readonly string[];
  accountTags: boolean;
}

/**
 * Adds to the organization what is needed, by as few calls as can be: none where units are named by id, one for each unit
 * where they are named by path, and one for each active account where tags count. Errors: an `AccessDeniedError`, for what
 * is needed and can't be read is not empty.
 */
export async function readStructure(
  organizations: Organizations,
  organization: Organization,
  { unitPaths, unitIds, accountTags }: StructureNeeds,
): Promise<Organization> {
  if (!organization.accounts) return organization;
  const wantsUnits = unitPaths || unitIds.length > 0;
  const listed = [...organization.accounts.values()];
  const [placed, tags] = await Promise.all([
    wantsUnits ? withParents(organizations, listed) : listed,
    accountTags ? readTags(organizations, listed) : new Map<string, Record<string, string>>(),
  ]);
  const inhabited = new Set(placed.flatMap(({ parents }) => parents ?? []));
  // A unit without accounts stands in no account's path: only the tree tells it from one that is not there.
  const wantsTree = unitPaths || unitIds.some((id) => !inhabited.has(id));
  const accounts = placed.map((account) => {
    const own = tags.get(account.id);
    return own ? { ...account, tags: own } : account;
  });
  return {
    ...organization,
    accounts: new Map(accounts.map((account) => [account.id, account])),
    ...(wantsTree && { units: await readUnits(organizations) }),
  };
}

/** For an endpoint that sends no `Paths`: upward from every account, each unit asked once. */
async function withParents(organizations: Organizations, accounts: readonly LiveAccount[]): Promise<LiveAccount[]> {
  const known = new Map<string, Promise<string[]>>();
  const above = (child: string): Promise<string[]> => {
    const found = known.get(child) ?? climb(child);
    known.set(child, found);
    return found;
  };
  const climb = async (ChildId: string): Promise<string[]> => {
    const [parent] = await readPages(
      (NextToken) => organizations.listParents({ ChildId, MaxResults: 20, NextToken }),
      (page) => page.Parents,
    );
    const id = parent?.Id ?? '';
    return [...(parent?.Type === 'ORGANIZATIONAL_UNIT' ? await above(id) : []), id];
  };
  return Promise.all(
    accounts.map(async (account) => (account.parents ? account : { ...account, parents: await above(account.id) })),
  );
}

async function readTags(
  organizations: Organizations,
  accounts: readonly LiveAccount[],
): Promise<Map<string, Record<string, string>>> {
  const active = accounts.filter(({ state }) => state === 'ACTIVE');
  const answers = active.map(async ({ id: ResourceId }) => {
    const tags = await readPages(
      (NextToken) => organizations.listTagsForResource({ ResourceId, NextToken }),
      (page) => page.Tags,
    );
    return [ResourceId, Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))] as const;
  });
  return new Map(await Promise.all(answers));
}

/** The whole tree, roots first. */
async function readUnits(organizations: Organizations): Promise<OrganizationalUnit[]> {
  const roots = await readPages(
    (NextToken) => organizations.listRoots({ MaxResults: 20, NextToken }),
    (page) => page.Roots,
  );
  const below = async (ParentId: string, path: string | undefined): Promise<OrganizationalUnit[]> => {
    const units = await readPages(
      (NextToken) => organizations.listOrganizationalUnitsForParent({ ParentId, MaxResults: 20, NextToken }),
      (page) => page.OrganizationalUnits,
    );
    const parts = units.map(async ({ Id: id = '', Name = '' }) => {
      const own = path === undefined ? Name : `${path}/${Name}`;
      return [{ id, path: own }, ...(await below(id, own))];
    });
    return (await Promise.all(parts)).flat();
  };
  const trees = roots.map(async ({ Id: id = '' }) => [{ id, path: '' }, ...(await below(id, undefined))]);
  return (await Promise.all(trees)).flat();
}
