/** Groups and permission sets that a landing zone of AWS Control Tower has in Identity Center. */
const names: ReadonlySet<string> = new Set([
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

/** Whether a group or a permission set is Control Tower's: by its name, or by what its description or its tags say. */
export function isControlTowers(name: string, description = '', tags: Record<string, string> = {}): boolean {
  const words = [description, ...Object.entries(tags).flat()].join(' ');
  return name.startsWith('AWS') && (names.has(name) || /control[\s_-]?tower/i.test(words));
}

/** One pattern for all of them, unless somebody has named things of their own so: then each by its name. */
export function controlTowerPatterns(theirs: readonly string[], all: readonly string[]): string[] {
  if (theirs.length === 0) return [];
  const own = all.filter((name) => name.startsWith('AWS')).length - theirs.length;
  return own === 0 ? ['AWS*'] : theirs.toSorted();
}
