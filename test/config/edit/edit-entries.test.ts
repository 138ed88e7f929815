import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { editEntries } from '../../../src/config/edit/edit-entries.ts';
import { loadIdentityFile } from '../../../src/config/load.ts';
import type { DocumentPath } from '../../../src/core/kind.ts';

const head = `version: 1
identityCenter: { region: us-east-1 }
accounts: { production: "111122223333", staging: "444455556666" }
users:
  ann: &ann { givenName: A, familyName: A, email: a@example.com }
  bob: { givenName: B, familyName: B, email: b@example.com }
permissionSets: { Read: { managedPolicies: [ReadOnlyAccess] }, Admin: { managedPolicies: [AdministratorAccess] } }
`;
const member = { key: 'reviewed', value: '2026-11-30', shortFor: 'user' };

/** What becomes of the file and of those that it includes, and which entries are left. */
function dated(
  texts: Record<string, string>,
  paths: readonly DocumentPath[],
): { texts: Record<string, string>; left: readonly DocumentPath[]; done: number } {
  const files = {
    readFile: (file: string): string => {
      const text = texts[path.relative('', file)];
      if (text === undefined) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      return text;
    },
    listFolder: () => [],
  };
  const loaded = loadIdentityFile('identity.yaml', files.readFile, files.listFolder);
  const before = structuredClone(loaded.document);
  const { files: edited, left, done } = editEntries('identity.yaml', loaded, paths, member, files);
  expect(loaded.document).toEqual(before);
  return { texts: Object.fromEntries(edited.map(({ file, after }) => [file, after])), left, done: done.length };
}

/** The same of one file, without its head. */
function tail(text: string, ...paths: DocumentPath[]): string | undefined {
  const { texts, left } = dated({ 'identity.yaml': head + text }, paths);
  expect(left).toEqual([]);
  return texts['identity.yaml']?.slice(head.length);
}

const first: DocumentPath = ['assignments', 0];
const people = 'groups: { ops: { members: [ann] } }\n';

describe('a member of an entry is written', () => {
  it.each([
    [
      'behind the last pair of a flow map',
      `assignments:\n  - { groups: [ops], permissionSets: [Read], accounts: [production] } # why\n  # next\n`,
      `assignments:\n  - { groups: [ops], permissionSets: [Read], accounts: [production], reviewed: 2026-11-30 } # why\n  # next\n`,
    ],
    [
      'before a comma at the end, on a line of its own where each pair has one',
      `assignments:\n  - {\n      groups: [ops],\n      permissionSets: [Read],\n      accounts: [production],\n    }\n`,
      `assignments:\n  - {\n      groups: [ops],\n      permissionSets: [Read],\n      accounts: [production],\n      reviewed: 2026-11-30,\n    }\n`,
    ],
    [
      'before a comment at the end of the line',
      `assignments: [{ groups: [ops], permissionSets: [Read],\n    accounts: [production] # all of it\n  }]\n`,
      `assignments: [{ groups: [ops], permissionSets: [Read],\n    accounts: [production], reviewed: 2026-11-30 # all of it\n  }]\n`,
    ],
    [
      'as the last line of a block',
      `assignments:\n  - groups: [ops]\n    permissionSets: [Read]\n    accounts:\n      - production\n      - staging # too\n\n  # next\n  - { users: [bob], permissionSets: [Read], accounts: [production] }\n`,
      `assignments:\n  - groups: [ops]\n    permissionSets: [Read]\n    accounts:\n      - production\n      - staging # too\n    reviewed: 2026-11-30\n\n  # next\n  - { users: [bob], permissionSets: [Read], accounts: [production] }\n`,
    ],
    [
      'as the last line of a list that is not indented, of a file without a last line break',
      `assignments:\n- groups: [ops]\n  permissionSets: [Read]\n  accounts: [production]\n  reason: Runs\n    the shop`,
      `assignments:\n- groups: [ops]\n  permissionSets: [Read]\n  accounts: [production]\n  reason: Runs\n    the shop\n  reviewed: 2026-11-30`,
    ],
    [
      'behind a text in a block of its own',
      `assignments:\n  -\n    groups: [ops]\n    permissionSets: [Read]\n    accounts: [production]\n    reason: >-\n      Runs the shop\n\n\n`,
      `assignments:\n  -\n    groups: [ops]\n    permissionSets: [Read]\n    accounts: [production]\n    reason: >-\n      Runs the shop\n    reviewed: 2026-11-30\n\n\n`,
    ],
    [
      'instead of what it was',
      `assignments:\n  - { groups: [ops], reviewed: "2025-01-01", permissionSets: [Read], accounts: [production] }\n`,
      `assignments:\n  - { groups: [ops], reviewed: "2026-11-30", permissionSets: [Read], accounts: [production] }\n`,
    ],
    [
      'instead of what it was, in a block and between other quotes',
      `assignments:\n  - reviewed: '2025-01-01' # by the team\n    groups: [ops]\n    permissionSets: [Read]\n    accounts: [production]\n`,
      `assignments:\n  - reviewed: '2026-11-30' # by the team\n    groups: [ops]\n    permissionSets: [Read]\n    accounts: [production]\n`,
    ],
    [
      'instead of an alias of it',
      `x-day: &day 2025-01-01\nassignments:\n  - { groups: [ops], permissionSets: [Read], accounts: [production], reviewed: *day }\n  - { users: [bob], permissionSets: [Read], accounts: [production], reviewed: *day }\n`,
      `x-day: &day 2025-01-01\nassignments:\n  - { groups: [ops], permissionSets: [Read], accounts: [production], reviewed: 2026-11-30 }\n  - { users: [bob], permissionSets: [Read], accounts: [production], reviewed: *day }\n`,
    ],
    [
      'beside what is merged into it, which has another',
      `x-all: &all { permissionSets: [Read], reviewed: 2025-01-01 }\nassignments:\n  - groups: [ops]\n    accounts: [production]\n    <<: *all\n`,
      `x-all: &all { permissionSets: [Read], reviewed: 2025-01-01 }\nassignments:\n  - groups: [ops]\n    accounts: [production]\n    <<: *all\n    reviewed: 2026-11-30\n`,
    ],
  ])('%s', (_how, text, after) => {
    expect(tail(people + text, first)).toBe(people + after);
    const windows = dated({ 'identity.yaml': (head + people + text).replaceAll('\n', '\r\n') }, [first]);
    expect(windows.texts['identity.yaml']).toBe((head + people + after).replaceAll('\n', '\r\n'));
    const marked = dated({ 'identity.yaml': `\uFEFF${head}${people}${text}` }, [first]);
    expect(marked.texts['identity.yaml']).toBe(`\uFEFF${head}${people}${after}`);
  });

  it('by making a map of a name, which keeps its quotes', () => {
    const text = `groups:\n  ops:\n    members: [ann, 'bob']\n  dev: # two\n    members:\n      - ann # first\n      - { user: bob, expires: 2027-01-31 }\n`;
    expect(
      tail(text, ['groups', 'ops', 'members', 1], ['groups', 'dev', 'members', 0], ['groups', 'dev', 'members', 1]),
    ).toBe(
      `groups:\n  ops:\n    members: [ann, { user: 'bob', reviewed: 2026-11-30 }]\n  dev: # two\n    members:\n      - { user: ann, reviewed: 2026-11-30 } # first\n      - { user: bob, expires: 2027-01-31, reviewed: 2026-11-30 }\n`,
    );
  });

  it.each(['a,b', 'a[b', 'a]b', 'a{b}', "o'neil", 'a&b', 'a#b', '+ann', '=ann', 'ann:x', '日本'])(
    'so that a name such as %s stays what it is between braces',
    (name) => {
      const user = JSON.stringify(name);
      const text = `${head.replace('  bob:', `  ${user}:`)}groups:\n  ops:\n    members:\n      - ${name}\n`;
      const { texts, left } = dated({ 'identity.yaml': text }, [['groups', 'ops', 'members', 0]]);
      expect(left).toEqual([]);
      const { document } = loadIdentityFile('identity.yaml', () => texts['identity.yaml'] ?? '');
      expect(document.groups?.['ops']).toEqual({ members: [{ user: name, reviewed: '2026-11-30' }] });
    },
  );

  it('in JSON as JSON', () => {
    const file = {
      version: 1,
      identityCenter: { region: 'us-east-1' },
      accounts: { production: '111122223333' },
      users: { ann: { givenName: 'A', familyName: 'A', email: 'a@example.com' } },
      permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'] } },
      groups: { ops: { members: ['ann'] } },
      assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] }],
    };
    for (const indent of [undefined, 2, 4]) {
      const { texts, left } = dated({ 'identity.yaml': JSON.stringify(file, null, indent) }, [
        first,
        ['groups', 'ops', 'members', 0],
      ]);
      expect(left).toEqual([]);
      expect(JSON.parse(texts['identity.yaml'] ?? '')).toEqual({
        ...file,
        groups: { ops: { members: [{ user: 'ann', reviewed: '2026-11-30' }] } },
        assignments: [{ ...file.assignments[0], reviewed: '2026-11-30' }],
      });
    }
  });

  it('in the file that has the entry, among those that are included', () => {
    const team = `assignments:\n  - { users: [ann], permissionSets: [Read], accounts: [staging] }\ngroups:\n  team: { members: [bob] }\n`;
    const other = `assignments:\n  - users: [bob]\n    permissionSets: [Read]\n    accounts: [staging]\n`;
    const own = `${head}include: [teams/a.yaml, teams/b.yaml]\n${people}assignments:\n  - { groups: [ops], permissionSets: [Read], accounts: [production] }\n`;
    const { texts, left } = dated({ 'identity.yaml': own, 'teams/a.yaml': team, 'teams/b.yaml': other }, [
      ['assignments', 2],
      ['groups', 'team', 'members', 0],
    ]);
    expect(left).toEqual([]);
    expect(texts).toEqual({
      'teams/a.yaml': team.replace('[bob]', '[{ user: bob, reviewed: 2026-11-30 }]'),
      'teams/b.yaml': `${other}    reviewed: 2026-11-30\n`,
    });
  });
});

describe('an entry is left as it is, and the others are written,', () => {
  const fine = `  - { groups: [ops], permissionSets: [Read], accounts: [staging] }\n`;
  it.each([
    [
      'that is an alias',
      `x-one: &one { users: [bob], permissionSets: [Read], accounts: [production] }\nassignments:\n  - *one\n${fine}`,
    ],
    [
      'that another one is an alias of',
      `assignments:\n  - &one { users: [bob], permissionSets: [Read], accounts: [production] }\n${fine}  - *one\n`,
    ],
    [
      'that is merged into another one',
      `assignments:\n  - &one { users: [bob], permissionSets: [Read], accounts: [production] }\n${fine}  - { <<: *one, permissionSets: [Admin] }\n`,
    ],
    [
      'whose date another one has by an alias',
      `assignments:\n  - { users: [bob], permissionSets: [Read], accounts: [production], reviewed: &day 2025-01-01 }\n${fine}  - { users: [ann], permissionSets: [Admin], accounts: [production], reviewed: *day }\n`,
    ],
    [
      'whose date is a block',
      `assignments:\n  - users: [bob]\n    permissionSets: [Read]\n    accounts: [production]\n    reviewed: |-\n      2025-01-01\n${fine}`,
    ],
  ])('%s', (_what, text) => {
    const all = head + people + text;
    const { texts, left, done } = dated({ 'identity.yaml': all }, [first, ['assignments', 1]]);
    expect(left).toEqual([first]);
    expect(done).toBe(1);
    expect(texts['identity.yaml']).toBe(all.replace(fine, fine.replace(' }', ', reviewed: 2026-11-30 }')));
  });

  it('but not where all that share it are to be written', () => {
    const text = `${head}x-day: 1\n${people}assignments:\n  - { users: [bob], permissionSets: [Read], accounts: [production], reviewed: &day 2025-01-01 }\n  - { users: [ann], permissionSets: [Admin], accounts: [production], reviewed: *day }\n`;
    const { left, texts } = dated({ 'identity.yaml': text }, [first, ['assignments', 1]]);
    expect(left).toEqual([]);
    const { document } = loadIdentityFile('identity.yaml', () => texts['identity.yaml'] ?? '');
    expect(document.assignments?.map(({ reviewed }) => reviewed)).toEqual(['2026-11-30', '2026-11-30']);
  });
});
