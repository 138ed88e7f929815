import { groupBy } from '../../core/group-by.ts';
import { rolePathOf, roleNameRegex } from '../../core/reserved-role.ts';
import type { RolesAnswer } from '../../core/roles-answer.ts';
import { expression } from '../../core/terraform.ts';
import { roleNotes } from '../view/roles-notes.ts';

/** A local value of Terraform: by permission set and account id, all that a policy or a data source needs of the role. */
export function renderTerraform(answer: RolesAnswer): string {
  const { region, accounts } = answer;
  const bySet = groupBy(answer.roles, ({ permissionSet }) => permissionSet);
  const value = Object.fromEntries(
    [...bySet]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, roles]) => [
        name,
        Object.fromEntries(
          roles.map(({ account, arn, pattern }) => [
            account,
            { account_name: accounts[account] ?? account, arn: arn ?? null, arn_pattern: pattern },
          ]),
        ),
      ]),
  );
  const regexes = Object.fromEntries([...bySet.keys()].sort().map((name) => [name, roleNameRegex(name)]));
  return [
    '# The roles of permission sets. arn is null where IAM of the account was not asked or did not tell.',
    '# arn_pattern is for a condition ArnLike on aws:PrincipalArn. In the account itself, the data source aws_iam_roles',
    '# finds the role by name_regex and path_prefix.',
    ...roleNotes(answer).map((note) => `# ${note}`),
    'locals {',
    `  identity_center_role_path    = ${expression(rolePathOf(region))}`,
    `  identity_center_role_regexes = ${expression(regexes)}`,
    `  identity_center_roles = ${expression(value)}`,
    '}',
    '',
  ].join('\n');
}
