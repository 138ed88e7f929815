import { withoutPath } from '../../core/reserved-role.ts';
import { sanitizeName } from '../../core/sanitize.ts';
import type { RolesAnswer } from '../../core/roles-answer.ts';
import { accountTitle, patternsIn, roleNotes } from '../view/roles-notes.ts';

/**
 * Access entries as eksctl's ClusterConfig has them. An entry takes the ARN of one existing role, with its path; the ConfigMap
 * aws-auth takes it without. Sources: EKS user guide, "Create access entries"; eksctl, "EKS access entries".
 */
export function renderEks(answer: RolesAnswer): string {
  const unknown = patternsIn(answer);
  const about = ({ permissionSet, account }: RolesAnswer['roles'][number]): string =>
    `${sanitizeName(permissionSet)} in ${accountTitle(account, answer)}`;
  const entries = answer.roles.flatMap((role) =>
    role.arn === undefined
      ? []
      : [
          `    # ${about(role)}. In aws-auth: ${withoutPath(role.arn)}`,
          `    - principalARN: ${role.arn}`,
          '      type: STANDARD',
        ],
  );
  return [
    '# EKS access entries for the roles of permission sets, as eksctl takes them. Give each one accessPolicies or',
    '# kubernetesGroups. The ConfigMap aws-auth takes an ARN without its path, as in the comment above each entry.',
    '# AWS deletes a role with the last assignment of its permission set in the account. A later one has another ARN,',
    '# and needs a new entry.',
    'accessConfig:',
    ...(entries.length > 0 ? ['  accessEntries:', ...entries] : ['  accessEntries: []']),
    ...(unknown.length > 0
      ? [
          '',
          '# EKS takes no pattern, so these have no entry:',
          ...unknown.map((role) => `# - ${about(role)}: ${role.pattern}`),
        ]
      : []),
    ...roleNotes(answer).map((note) => `# ${note}`),
    '',
  ].join('\n');
}
