import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from './language-server.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor(path.resolve('.'));
});

afterAll(() => {
  editor.close();
});

describe('an editor completes', () => {
  it.each([
    ['sections', 'version: 1\n|', ['users', 'groups', 'permissionSets', 'assignments', 'safety']],
    ['attributes of a user', 'version: 1\nusers:\n  hanako:\n    |', ['givenName', 'familyName', 'email', 'cli']],
    ['values', 'version: 1\ncli:\n  output: |', ['json', 'yaml-stream', 'text']],
    ['keys of a group', 'version: 1\ngroups:\n  platform:\n    |', ['description', 'members', 'previously']],
    [
      'keys of a policy',
      'version: 1\npermissionSets:\n  A:\n    inlinePolicy:\n      |',
      ['file', 'Version', 'Statement'],
    ],
    [
      'keys of a statement',
      'version: 1\npermissionSets:\n  A:\n    inlinePolicy:\n      Statement:\n        - |',
      ['Effect', 'Action', 'Resource'],
    ],
    ['a whole user', 'version: 1\nusers:\n  |', ['user']],
    ['a whole group', 'version: 1\ngroups:\n  |', ['group']],
    ['a whole permission set', 'version: 1\npermissionSets:\n  |', ['permission set']],
    ['a whole assignment', 'version: 1\nassignments:\n  - |', ['assignment']],
  ])('%s', async (_, text, labels) => {
    expect(await editor.complete(text)).toEqual(expect.arrayContaining(labels));
  });

  it('each section once', async () => {
    const labels = await editor.complete('version: 1\n|');
    expect(labels).toHaveLength(new Set(labels).size);
  });

  it('only what an external directory leaves to the file', async () => {
    const external = 'version: 1\nidentityCenter: { directory: external }\n';
    expect(await editor.complete(`${external}groups:\n  platform:\n    |`)).toEqual(['description', 'owner']);
    expect(await editor.complete(`${external}users:\n  hanako:\n    |`)).toEqual(['cli']);
  });
});

describe('an editor explains', () => {
  it.each([
    ['a section', 'version: 1\nassign|ments: []\n', 'Who may do what where.'],
    ['a key', 'version: 1\npermissionSets:\n  A:\n    sessionDu|ration: 8h\n', 'How long the credentials last'],
    ['a key that depends on the directory', 'version: 1\ngroups:\n  a:\n    mem|bers: []\n', 'User names.'],
  ])('%s', async (_, text, expected) => {
    expect(await editor.hover(text)).toContain(expected);
  });
});

describe('an editor complains', () => {
  it('about an unknown key, at its place', async () => {
    const [diagnostic, ...others] = await editor.diagnose(
      'version: 1\nusers:\n  a: { givenName: x, familyName: y, titel: z }\n',
    );
    expect(diagnostic?.message).toBe('Property titel is not allowed.');
    expect(diagnostic?.range.start).toEqual({ line: 3, character: 36 });
    expect(others).toEqual([]);
  });

  it('not about the example', async () => {
    expect(await editor.diagnose(readFileSync('identity.yaml', 'utf8'))).toEqual([]);
  });
});
