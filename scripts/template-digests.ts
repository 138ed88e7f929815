import { createHash } from 'node:crypto';
import { readTemplates } from '../src/repository/templates.ts';
import { templatesVersion } from '../src/repository/version-line.ts';

/** The templates of a number, each by a hash of its text. */
export interface TemplateDigests {
  version: number;
  digests: Record<string, string>;
}

export const templateDigests = (packageFolder: string): TemplateDigests => ({
  version: templatesVersion,
  digests: Object.fromEntries(
    readTemplates(packageFolder).map(({ path, text }) => [
      path,
      createHash('sha256').update(text).digest('hex').slice(0, 12),
    ]),
  ),
});

/** Other texts under the same number: `idc github check` would not see that a repository has the old ones. */
export const isNumberKept = (before: TemplateDigests, after: TemplateDigests): boolean =>
  after.version <= before.version && JSON.stringify(after.digests) !== JSON.stringify(before.digests);
