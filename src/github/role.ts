import type { Account } from './account.ts';
import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';

/** What an account may do in the repository. */
export interface Role {
  /** `maintain`, say, or a role that the organization has made itself. */
  name: string;
  canWrite: boolean;
}

/** An account's highest role in the repository, whether it has it itself, by a team, or by the organization. */
export async function findRole({ rest, at }: GitHub, { id, login }: Account): Promise<Role> {
  const answer = await asking(
    `the role of ${login}`,
    'metadata: read',
    answerUnless([404], rest.repos.getCollaboratorPermissionLevel({ ...at, username: login })),
  );
  // GitHub is asked by name, which may be another account's by now.
  if (answer?.data.user?.id !== id) return { name: 'none', canWrite: false };
  // A role of the organization's own, and maintain and triage, are told here by the one that they are built on.
  const { role_name: name, permission } = answer.data;
  return { name, canWrite: permission === 'admin' || permission === 'write' };
}
