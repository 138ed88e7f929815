import type { Aws } from '../aws/connect.ts';
import { readStructure, type StructureNeeds } from '../aws/organization/structure.ts';
import type { Surroundings } from '../aws/context.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import { type AccountTarget, isUnitId } from '../core/account-target.ts';
import { accountTargets, includeScopes } from '../accounts/references.ts';

/** All that a plan of this document depends on besides what is live: of the organization no more than its targets need. */
export async function readSurroundings(
  { instance, organization, caller, organizations, lookedUp }: Aws,
  document: IdentityDocument,
): Promise<Surroundings> {
  const structured = await readStructure(organizations, organization, needsOf(document));
  return { instance, organization: structured, caller, ...(lookedUp && { lookedUp }) };
}

function needsOf(document: IdentityDocument): StructureNeeds {
  const targets: AccountTarget[] = [...accountTargets(document), ...includeScopes(document)].map(([target]) => target);
  const criteria = targets.flatMap((target) => [target, target.except ?? {}]);
  const units = new Set(criteria.flatMap(({ organizationalUnits = [] }) => organizationalUnits));
  return {
    unitPaths: [...units].some((unit) => !isUnitId(unit)),
    unitIds: [...units].filter(isUnitId),
    accountTags: criteria.some(({ accountTags }) => accountTags !== undefined),
  };
}
