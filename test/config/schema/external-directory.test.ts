import { describe, expect, it } from 'vitest';
import { diagnose, load, summarise } from '../support.ts';

const said = (lines: string, directory = 'directory: external'): string[] =>
  summarise(diagnose(`version: 1\nidentityCenter: { ${directory} }\n${lines}\n`));

describe('an external directory', () => {
  it('needs users only for their profiles, and groups only to name them', () => {
    const text = `version: 1
identityCenter: { directory: external }
users: { hanako: { cli: { default: { account: "111122223333", permissionSet: Admin }, region: eu-west-1, output: json } }, taro: {} }
groups: { platform: { description: The platform team }, dev: {} }
permissionSets: { Admin: {} }
`;
    expect(load(text).document.users).toHaveProperty('taro', {});
    expect(diagnose(text)).toEqual([]);
  });

  it('judges names of users and groups later, and others at once', () => {
    expect(
      said('users: {}\ngroups: {}\nassignments: [{ users: [a], groups: [b], permissionSets: [c], accounts: [d] }]'),
    ).toEqual([]);
    expect(said('permissionSets: {}\nassignments: [{ users: [a], permissionSets: [c], accounts: [d] }]')).toEqual([
      '4:46 unknown-permission-set',
    ]);
  });

  it.each([
    ['members', 'groups: { a: { members: [] } }', '3:16'],
    ['attributes', 'users: { a: { cli: {}, givenName: A, familyName: B, email: a@b } }', '3:24'],
    ["a user's old name", 'users: { a: { previously: b } }', '3:15'],
    ["a group's old name", 'groups: { a: { previously: b } }', '3:16'],
  ])('has the say in %s', (_, lines, place) => {
    expect(said(lines)).toEqual([`${place} external-directory`]);
  });

  it('does not hide a key that is wrong everywhere', () => {
    expect(said('users: { a: { email: a@b, clii: {} } }')).toEqual(['3:15 external-directory', '3:27 unknown-key']);
  });

  it.each([
    ['the value', 'directory: externl', '2:30 bad-value'],
    ['the key', 'directry: external', '2:19 unknown-key'],
  ])('is understood where %s is misspelt', (_, directory, expected) => {
    expect(said('users: { a: {} }', directory)).toEqual([expected]);
  });
});
