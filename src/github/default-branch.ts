import type { GitHub } from './client.ts';
import { asking } from './errors.ts';

/** Its name. */
export async function defaultBranch({ rest, at }: GitHub): Promise<string> {
  return (await asking('the repository', 'metadata: read', rest.repos.get(at))).data.default_branch;
}
