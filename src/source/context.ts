import type { Aws } from '../aws/connect.ts';
import { AccessDeniedError } from '../aws/client/errors.ts';
import type { Organization } from '../aws/organization/accounts.ts';
import { readStructure, type StructureNeeds } from '../aws/organization/structure.ts';
import type { AwsContext } from '../aws/context.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { type AccountCriteria, type AccountTarget, isUnitId, unitNameOf } from '../core/account-target.ts';
import { accountTargets, includeScopes } from '../accounts/references.ts';
import type { OpenOptions } from './source.ts';

/**
 * All that a plan of these documents depends on besides what is live: of the organization no more than their targets need.
 * @param options.only a run that only removes goes on where AWS denies that.
 * @param options.asked accounts that are asked about, beside those targets.
 * @param options.showsUnits the names of all units are read, where that is allowed.
 */
export async function readContext(
  { instance, organization, caller, organizations, lookedUp }: Aws,
  documents: readonly IdentityDocument[],
  { only, asked = [], showsUnits }: Pick<OpenOptions, 'only' | 'asked' | 'showsUnits'> = {},
): Promise<AwsContext> {
  const read = readStructure(organizations, organization, needsOf(documents, asked));
  const structured = await (only ? read.catch((error: unknown) => withoutStructure(organization, error)) : read);
  const named = showsUnits && !structured.units ? await withUnits(organizations, structured) : structured;
  return { instance, organization: named, caller, ...(lookedUp && { lookedUp }) };
}

/** With the names of all units, where the caller may read them. */
async function withUnits(organizations: Aws['organizations'], organization: Organization): Promise<Organization> {
  try {
    return await readStructure(organizations, organization, { unitPaths: true, unitIds: [], accountTags: false });
  } catch (error) {
    if (error instanceof AccessDeniedError) return organization;
    throw error;
  }
}

function withoutStructure(organization: Organization, error: unknown): Organization {
  if (!(error instanceof AccessDeniedError)) throw error;
  return { ...organization, structureUnreadable: error.message };
}

function needsOf(documents: readonly IdentityDocument[], asked: readonly AccountCriteria[]): StructureNeeds {
  const targets = documents.flatMap((document): AccountTarget[] =>
    [...accountTargets(document), ...includeScopes(document)].map(([target]) => target),
  );
  const criteria = [...targets.flatMap((target) => [target, target.except ?? {}]), ...asked];
  const units = new Set(criteria.flatMap(({ organizationalUnits = [] }) => organizationalUnits.map(unitNameOf)));
  return {
    unitPaths: [...units].some((unit) => !isUnitId(unit)),
    unitIds: [...units].filter(isUnitId),
    accountTags: criteria.some(({ accountTags }) => accountTags !== undefined),
  };
}
