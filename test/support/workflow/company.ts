import { stringify } from 'yaml';
import { plant } from '../organisation.ts';
import type { installProgram } from './program.ts';
import { createRepository, type Repository } from './repository.ts';

// The small company of the workflow stories: two people, a group, a permission set in production.

export const person = (name: string): object => ({ givenName: name, familyName: 'Test', email: `${name}@example.com` });
export const planted = (name: string): object => ({
  Name: { GivenName: name, FamilyName: 'Test' },
  DisplayName: `${name} Test`,
  Emails: [{ Value: `${name}@example.com` }],
});
export const company = {
  version: 1,
  identityCenter: { region: 'us-east-1', instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' },
  cli: { startUrl: 'https://company.awsapps.com/start' },
  accounts: { management: '999988887777', production: '111122223333' },
  users: { hanako: person('Hanako'), taro: person('Taro') },
  groups: { ops: { members: ['hanako'] } },
  permissionSets: { Read: { inlinePolicy: { file: 'policies/read.json' } } },
  assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] }],
};
export const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
};
export const files = (change: object = {}): Record<string, string> => ({
  'identity.yaml': stringify({ ...company, ...change }),
  'policies/read.json': JSON.stringify(policy, null, 2),
});
export const withTaro = files({ groups: { ops: { members: ['hanako', 'taro'] } } });

export const commentsOn = ({ github }: Repository, pull: number): string[] =>
  (github.world.issues.get(pull)?.comments ?? []).map(({ body }) => body);
export const members = ({ emulator }: Repository): number => emulator.world.memberships.size;

/** A repository whose file is live, as somebody has made it by hand. */
export async function live(
  install?: typeof installProgram,
  around: Readonly<Record<string, string>> = {},
): Promise<Repository> {
  const repository = await createRepository({ ...around, ...files() }, install);
  await plant(repository.emulator, {
    users: { hanako: planted('Hanako'), taro: planted('Taro') },
    groups: { ops: { members: ['hanako'] } },
    permissionSets: { Read: { inlinePolicy: policy } },
    assignments: ['GROUP ops Read 111122223333'],
  });
  return repository;
}

/** A repository whose file has been applied, as if by a run of apply.yml. */
export async function applied(
  install?: typeof installProgram,
  around: Readonly<Record<string, string>> = {},
): Promise<Repository> {
  const repository = await live(install, around);
  const { world } = repository.github;
  const { id } = world.addRun({
    event: 'push',
    path: '.github/workflows/apply.yml',
    jobs: [{ name: 'apply', conclusion: 'success', attempt: 1 }],
  });
  world.addArtifact({ name: 'idc-merged-plan', runId: id });
  return repository;
}
