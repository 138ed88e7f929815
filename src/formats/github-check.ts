import * as z from 'zod';
import { versionOf } from './plan.ts';

export const gitHubCheckFormat = 1;

const text = (description: string) => z.string().meta({ description });
const count = (description: string) => z.int().min(0).meta({ description });

const finding = z
  .strictObject({
    check: text('The stable name of the setting.').meta({ examples: ['deployment-branches'] }),
    about: text('The environment, branch or file that it is a setting of.'),
    verdict: z.enum(['right', 'weaker', 'unseen']).meta({
      description: "right: as it should be. weaker: not so. unseen: the token can't read it, or GitHub does not say.",
    }),
    message: text('What the setting is, in a sentence.'),
    fix: text('What to do about it, in a sentence.').exactOptional(),
  })
  .meta({ description: 'What one setting is.' });

/** The public format of a check. */
const gitHubCheckSchema = z
  .strictObject({
    formatVersion: versionOf(gitHubCheckFormat),
    repository: text('OWNER/REPOSITORY.'),
    branch: text('Its default branch.'),
    summary: z
      .strictObject({
        right: count('Settings that are right.'),
        weaker: count('Settings that are weaker.'),
        unseen: count("Settings that can't be seen."),
      })
      .meta({ description: 'How many settings have which verdict.' }),
    checks: z.array(finding).meta({ description: 'Every setting that was looked at.' }),
  })
  .meta({
    title: 'Check of a GitHub repository for Identity Center as Code',
    description: 'What `idc github check --format json` prints.',
  });

export type GitHubCheck = z.infer<typeof gitHubCheckSchema>;

export function gitHubCheckJsonSchema(): unknown {
  return z.toJSONSchema(gitHubCheckSchema, { target: 'draft-07' });
}
