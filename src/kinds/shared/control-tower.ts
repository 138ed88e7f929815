import type { IgnoredThings } from '../../core/inventory.ts';

/** Groups and permission sets that a landing zone of AWS Control Tower has in Identity Center. */
const landingZone: ReadonlySet<string> = new Set([
  'AWSAdministratorAccess',
  'AWSOrganizationsFullAccess',
  'AWSPowerUserAccess',
  'AWSReadOnlyAccess',
  'AWSServiceCatalogAdminFullAccess',
  'AWSServiceCatalogEndUserAccess',
  'AWSAccountFactory',
  'AWSAuditAccountAdmins',
  'AWSControlTowerAdmins',
  'AWSLogArchiveAdmins',
  'AWSLogArchiveViewers',
  'AWSSecurityAuditPowerUsers',
  'AWSSecurityAuditors',
  'AWSServiceCatalogAdmins',
]);

interface Thing {
  name: string;
  description?: string | undefined;
  tags?: Record<string, string>;
}

/** What Control Tower looks after, and what it doesn't. */
export function ignoreControlTower<One extends Thing>(
  things: readonly One[],
): { own: One[]; ignored: IgnoredThings[] } {
  const own = things.filter((thing) => !isControlTowers(thing));
  const theirs = things.filter(isControlTowers).map(({ name }) => name);
  return { own, ignored: patternsFor(theirs, own) };
}

/** By its name, or by what its description or its tags say. */
function isControlTowers({ name, description = '', tags = {} }: Thing): boolean {
  const words = [description, ...Object.entries(tags).flat()].join(' ');
  return name.startsWith('AWS') && (landingZone.has(name) || /control[\s_-]?tower/i.test(words));
}

/** One pattern for all of them, unless the company has named things of its own so: then each by its name. */
function patternsFor(theirs: readonly string[], own: readonly Thing[]): IgnoredThings[] {
  const note = "Control Tower's own.";
  if (theirs.length === 0) return [];
  if (!own.some(({ name }) => name.startsWith('AWS'))) return [{ pattern: 'AWS*', names: theirs, note }];
  return theirs.toSorted().map((name) => ({ pattern: name, names: [name], note }));
}
