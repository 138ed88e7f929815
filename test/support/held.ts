import type { World } from '../../src/emulator/index.ts';

/** Who may do what where at this moment, by the roles as they are provisioned. */
export function access(
  { assignments, memberships, provisioned, permissionSets }: World,
  renamed: ReadonlyMap<string, string>,
): Map<string, string> {
  const held = new Map<string, string>();
  for (const { AccountId, PermissionSetArn, PrincipalType, PrincipalId } of assignments.rows()) {
    const name = permissionSets.get(PermissionSetArn)?.Name ?? '';
    const role = provisioned.by('account', AccountId).find((row) => row.PermissionSetArn === PermissionSetArn)?.Content;
    const content = JSON.stringify([
      role?.ManagedPolicyArns.toSorted(),
      role?.CustomerManagedPolicyReferences.map((r) => `${r.Path}${r.Name}`).sort(),
      role?.InlinePolicy,
      role?.PermissionsBoundary,
      role?.SessionDuration,
    ]);
    const people =
      PrincipalType === 'USER' ? [PrincipalId] : memberships.by('group', PrincipalId).map(({ UserId }) => UserId);
    for (const id of people) held.set(`${id} ${renamed.get(name) ?? name} ${AccountId}`, content);
  }
  return held;
}
