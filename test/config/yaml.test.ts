import { describe, expect, it } from 'vitest';
import { diagnose, load, person, personNamed, summarise } from './support.ts';

const messagesOf = (text: string): string[] => diagnose(text).map(({ message }) => message);

describe('YAML that is none', () => {
  it.each([
    ['a tab', 'version: 1\nusers:\n\thanako: {}\n', '3:1', 'This line is indented with a tab; YAML takes only spaces.'],
    [
      'uneven indentation',
      'version: 1\ngroups:\n    a: {}\n  b: {}\n',
      '4:1',
      'This line is indented differently from the others of its map or list.',
    ],
    ['an open quote', 'version: 1\ngroups:\n  a: { description: "open }\n', '3:21', 'This " is never closed.'],
    ['an open bracket', 'version: 1\ngroups:\n  a: { members: [b }\nusers: {}\n', '3:17', 'This [ is never closed.'],
    ['a star', 'version: 1\nignore: { groups: [*] }\n', '2:20', 'A text that begins with * must be in quotes.'],
    ['an at sign', 'version: 1\ncli: { output: @x }\n', '2:16', 'A text that begins with @ must be in quotes.'],
    [
      'a brace',
      'version: 1\ncli:\n  profileName: {account}-x\n',
      '3:25',
      'Something follows a closed bracket; a text that begins with { or [ must be in quotes.',
    ],
    [
      'no colon',
      'version: 1\ngroups:\n  platform\n  dev: {}\n',
      '3:3',
      'This line has no colon, so it is neither a key nor the value of one.',
    ],
    [
      'a dash beside its key',
      'version: 1\nassignments: - a\n',
      '2:14',
      'A list with dashes begins on a line of its own.',
    ],
    [
      'a bad escape',
      'version: 1\ncli: { region: "a\\q" }\n',
      '2:18',
      'In double quotes a backslash begins an escape, and there is none like this; use single quotes, or \\\\.',
    ],
    [
      'two documents',
      'version: 1\n---\nversion: 1\n',
      '2:1',
      'A second document begins here; the file can hold only one.',
    ],
    [
      'one bracket too many',
      'version: 1\ngroups: { a: {} }}\n',
      '2:18',
      '"}" has no meaning here; look at the brackets, the indentation and the quotes.',
    ],
  ])('%s is explained', (_, text, place, message) => {
    expect(summarise(diagnose(text))).toEqual([`${place} syntax`]);
    expect(messagesOf(text)).toEqual([message]);
  });

  it('hides every other mistake', () => {
    expect(summarise(diagnose('version: 2\nusers: []\ngroups: {\n'))).toEqual(['3:9 syntax']);
  });

  it('is reported on each of its lines, and not without end', () => {
    const tabs = (count: number): string => `groups:\n${'\ta: 1\n'.repeat(count)}`;
    expect(diagnose(tabs(3)).length).toBeGreaterThan(0);
    expect(diagnose(tabs(100)).length).toBeLessThanOrEqual(10);
  });

  it('refuses bytes once, in their place', () => {
    expect(diagnose('version: 1\ngroups:\n  a: { members: [!!binary a2lt] }\nusers: {}\n')).toMatchObject([
      { code: 'unknown-tag', message: 'A value of bytes (!!binary) means nothing here: write it as text.' },
    ]);
  });
});

describe('a top level that holds no keys', () => {
  it.each([
    ['- version: 1\n', '1:1 wrong-type'],
    ['version 1\n', '1:1 wrong-type'],
    ['# nothing yet\n', '1:1 empty-file'],
    ['---\n', '1:1 empty-file'],
  ])('%j', (text, expected) => {
    expect(summarise(diagnose(text))).toEqual([expected]);
  });
});

describe('anchors and merge keys', () => {
  const text = `version: 1
users:
  hanako: &base { givenName: Hanako, familyName: Yamada, email: hanako@example.com }
  taro:
    <<: *base
    givenName: Taro
    email: taro@example.com
  ken:
    <<: [{ title: Engineer, locale: ja-JP, email: ken@example.com }, *base, { title: Nobody }]
groups:
  platform: { members: &everyone [hanako, taro] }
  all: { members: *everyone }
`;

  it('are resolved, and what is written out wins', () => {
    const { users, groups } = load(text).document;
    expect(users?.['taro']).toMatchObject({ givenName: 'Taro', familyName: 'Yamada' });
    expect(users?.['ken']).toMatchObject({ givenName: 'Hanako', title: 'Engineer', locale: 'ja-JP' });
    expect(groups?.['all']).toEqual({ members: ['hanako', 'taro'] });
  });

  it('keep their places', () => {
    const { places } = load(text);
    expect(places.of(['users', 'taro', 'givenName'])).toMatchObject({ line: 6, column: 5 });
    expect(places.of(['users', 'taro', 'familyName'])).toMatchObject({ line: 3, column: 38 });
    expect(places.of(['groups', 'all', 'members', 1])).toMatchObject({ line: 11, column: 43 });
  });

  it('find what is wrong where it is written', () => {
    const broken = text.replace('hanako, taro]', 'hanako, tarou]');
    expect(summarise(diagnose(broken))).toEqual(['11:43 unknown-user']);
  });

  it('are texts in quotes', () => {
    expect(messagesOf('version: 1\ngroups:\n  a: { "<<": {} }\n')[0]).toContain('"<<" is not a key here');
  });

  it('may be used as often as there are users', () => {
    const names = Array.from({ length: 500 }, (_, index) => `user${index}`);
    const users = names.map((name) => `  ${name}: *base\n`).join('');
    const { document } = load(`version: 1\nusers:\n  first: &base { givenName: Given, familyName: Family }\n${users}`);
    expect(Object.keys(document.users ?? {})).toHaveLength(501);
  });
});

describe('files that would exhaust memory or the stack', () => {
  const letters = 'abcdefghi'.split('');
  const bomb = letters
    .map(
      (letter, index) =>
        `${letter}: &${letter} [${Array(9)
          .fill(index === 0 ? 'lol' : `*${letters[index - 1]}`)
          .join(', ')}]`,
    )
    .join('\n');
  const chain = Array.from(
    { length: 1000 },
    (_, index) => `k${index}: &k${index} [${index === 0 ? 'x' : `*k${index - 1}`}]`,
  ).join('\n');
  const merges = Array.from(
    { length: 3000 },
    (_, index) => `k${index}: &k${index} { ${index === 0 ? '' : `<<: *k${index - 1}, `}x${index}: 1 }`,
  ).join('\n');

  it.each([
    ['aliases of aliases', bomb, 'alias-bomb'],
    ['merges of merges', merges, 'alias-bomb'],
    ['a chain of aliases', chain, 'too-deep'],
    ['10,000 brackets', '['.repeat(10_000), 'too-deep'],
    ['10,000 closed brackets', '['.repeat(10_000) + ']'.repeat(10_000), 'too-deep'],
    ['10,000 braces', '{a: '.repeat(10_000), 'too-deep'],
    ['10,000 dashes', '- '.repeat(10_000), 'too-deep'],
    ['10,000 question marks', '? '.repeat(10_000), 'too-deep'],
    ['2,000 indents', Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'), 'too-deep'],
  ])('%s', (_, text, code) => {
    const diagnostics = diagnose(text);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics[0]?.place).toBeDefined();
  });
});

describe('keys', () => {
  it('may be names that JavaScript knows', () => {
    const names = ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
    const users = names.map((name) => `  ${name}: ${personNamed(name)}\n`).join('');
    const { document } = load(
      `version: 1\nusers:\n${users}groups:\n  constructor: { members: [${names.join(', ')}] }\n`,
    );
    expect(Object.keys(document.users ?? {})).toEqual(names);
    expect(document.groups?.['constructor']).toEqual({ members: names });
  });

  it('are not declared by being known to JavaScript', () => {
    const text = `version: 1\nusers: {}\ngroups: { a: { members: [constructor, __proto__] } }\n`;
    expect(summarise(diagnose(text))).toEqual(['3:26 unknown-user', '3:39 unknown-user']);
  });

  it('cannot be __proto__ anywhere, which is said once', () => {
    const text = `version: 1\nusers:\n  __proto__: ${person}\ngroups: { a: { members: [__proto__] } }\n`;
    expect(summarise(diagnose(text))).toEqual(['3:3 reserved-name']);
    expect(({} as Record<string, unknown>)['givenName']).toBeUndefined();
    expect(summarise(diagnose('version: 1\n__proto__: {}\n'))).toEqual(['2:1 reserved-name']);
  });

  it('keep the form in which numbers are written', () => {
    const text = 'version: 1\npermissionSets: { 0123: {}, 1.0: {}, true: {} }\n';
    expect(Object.keys(load(text).document.permissionSets ?? {}).toSorted()).toEqual(['0123', '1.0', 'true']);
  });

  it('are found again in each other map', () => {
    expect(summarise(diagnose('version: 1\ngroups:\n  a: {}\n  b: {}\n  a: {}\n  b: {}\n  a: {}\n'))).toEqual([
      '5:3 duplicate-key',
      '6:3 duplicate-key',
      '7:3 duplicate-key',
    ]);
  });
});
