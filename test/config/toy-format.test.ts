import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFileOf } from '../../src/config/load.ts';
import { createFormat } from '../../src/config/schema/document.ts';
import { ignoreRules } from '../../src/config/schema/ignore-section.ts';
import { ConfigError } from '../../src/core/errors.ts';
import type { Section } from '../../src/core/section.ts';
import * as z from '../../src/core/zod.ts';

// The loader knows no section: a file of other sections loads the same way, of one that has nothing it may leave out, and of
// one that has everything.

const none = {
  name: 'notes',
  noun: ['note', 'notes'],
  schema: z.optional(z.array(z.string())),
} as const satisfies Section;

const parts = { robot: z.optional(z.string()), serial: z.optional(z.string()), parts: z.optional(z.array(z.string())) };
const robot = z.strictObject({
  ...parts,
  manual: z.optional(z.unknown()),
  account: z.optional(z.string()),
  previously: z.optional(z.string()),
});

const all = {
  name: 'robots',
  noun: ['robot', 'robots'],
  schema: z.optional(z.record(z.string(), robot)),
  external: z.optional(z.record(z.string(), z.strictObject({}))),
  declares: 'robot',
  isId: (text) => text.startsWith('id-'),
  references: [
    { at: ['*', 'robot'], to: 'robot' },
    { at: ['*', 'account'], to: 'account' },
    { at: ['*', 'parts', '*'], to: 'part', mayBePattern: true },
  ],
  mergeable: { scope: { schema: z.optional(z.array(z.string())), limitsReferences: true } },
  documents: [['*', 'manual']],
  unique: [
    {
      at: ['*', 'serial'],
      code: 'duplicate-serial',
      what: 'serial number',
      keyOf: (text) => (text === '?' ? undefined : text.toLowerCase()),
      rule: 'there is one of each.',
    },
  ],
  checks: [
    {
      at: ['*', 'serial'],
      code: 'odd-serial',
      severity: 'error',
      problem: (text) => (text === 'odd' ? 'is odd.' : undefined),
    },
    {
      at: ['*', 'manual'],
      code: 'thin-manual',
      severity: 'warning',
      subject: 'The manual',
      problem: (value) => (Object.keys(Object(value)).length < 2 ? 'is thin.' : undefined),
    },
  ],
  ignore: [
    {
      key: 'robots',
      schema: z.optional(z.array(z.string())),
      ofNames: true,
      ruleOf: (pattern: string) => ({ subjects: { robot: pattern } }),
    },
    {
      key: 'shifts',
      schema: z.optional(z.array(z.strictObject({ account: z.string() }))),
      ruleOf: ({ account }: { account: string }) => ({ kind: 'shift', subjects: { account } }),
      accountsAt: ['*', 'account'],
    },
  ],
  snippet: { label: 'robot', description: 'A robot', body: {} },
} as const satisfies Section;

const list = {
  name: 'shifts',
  noun: ['shift', 'shifts'],
  schema: z.optional(z.array(z.strictObject({ robot: z.string() }))),
  references: [{ at: ['*', 'robot'], to: 'robot' }],
  mergeable: {},
} as const satisfies Section;

const format = createFormat([none, all, list]);

function load(text: string, files: Record<string, string> = {}) {
  const contents = new Map(
    Object.entries({ ...files, 'identity.yaml': text }).map(([name, content]) => [resolve(name), content]),
  );
  return loadFileOf(
    format,
    'identity.yaml',
    (file) => contents.get(file) ?? '',
    (folder) =>
      [...contents.keys()]
        .filter((file) => file.startsWith(`${folder}${sep}`))
        .map((file) => file.slice(folder.length + 1).split(sep)[0] ?? '')
        .map((name) => ({ name, isFolder: !contents.has(join(folder, name)) })),
  );
}

function problems(text: string, files: Record<string, string> = {}): string[] {
  try {
    return load(text, files).warnings.map(({ code, message }) => `${code}: ${message}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  }
}

const robots = (entries: string, more = ''): string => `version: 1\nrobots: ${entries}\n${more}`;

describe('a section without a capability', () => {
  it('is checked by its schema, and nothing else is said of it', () => {
    expect(load('version: 1\nnotes: [a, a]\n').document).toMatchObject({ notes: ['a', 'a'] });
    expect(problems('version: 1\nnotes: { a: b }\n')).toEqual([
      'wrong-type: Expected a list, but found keys and values.',
    ]);
    expect(problems('version: 1\nusers: {}\n')[0]).toMatch(/^unknown-key: "users" is not a key here; .*notes, robots/);
  });

  it('stays in the root file', () => {
    const [problem] = problems('version: 1\ninclude: [a.yaml]\n', { 'a.yaml': 'notes: [a]\n' });
    expect(problem).toBe(
      'not-in-included-file: An included file has robots and shifts, and nothing else; "notes" is said in the file that includes it.',
    );
  });
});

describe('a section with every capability', () => {
  it.each([
    ['references', robots('{ a: { robot: b } }'), 'unknown-robot: There is no robot "b"; "robots" declares "a".'],
    [
      'names that differ by case',
      robots('{ a: {}, A: {} }'),
      'similar-names: The name "A" differs from "a" at 2:11 only',
    ],
    ['old names', robots('{ a: { previously: b }, b: {} }'), 'previously-declared: "b" is still declared at 2:33'],
    [
      'unique texts',
      robots('{ a: { serial: X1 }, b: { serial: x1 } }'),
      'duplicate-serial: "b" has the serial number "x1" of "a", at 2:24; there is one of each.',
    ],
    ['errors of its own', robots('{ a: { serial: odd } }'), 'odd-serial: "odd" is odd.'],
    ['warnings of its own', robots('{ a: { manual: { page: 1 } } }'), 'thin-manual: The manual is thin.'],
    [
      'account ids',
      robots('{ a: { account: 111122223333 } }'),
      'unquoted-account-id: An account id needs quotes, because YAML reads it as a number: "111122223333".',
    ],
    [
      'account ids under ignore',
      'version: 1\nignore: { shifts: [{ account: 111122223333 }] }\n',
      'unquoted-account-id: An account id needs quotes, because YAML reads it as a number: "111122223333".',
    ],
    [
      'accounts',
      robots('{ a: { account: prod } }', 'accounts: { production: "111122223333" }\n'),
      'unknown-account: There is no account "prod"; did you mean "production"?',
    ],
    [
      'keys that an identity provider owns',
      robots('{ a: { serial: X1 } }', 'identityCenter: { directory: external }\n'),
      'external-directory: This file cannot set "serial"',
    ],
  ])('is asked for its %s', (_what, text, said) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]?.slice(0, said.length)).toBe(said);
  });

  it.each([
    ['an id', robots('{ a: { robot: id-7 } }')],
    ['what is ignored', robots('{ a: { robot: b } }', 'ignore: { robots: [b] }\n')],
    ['what is only looked up', robots('{ a: { parts: [arm] } }')],
    ['texts that can not be compared', robots('{ a: { serial: "?" }, b: { serial: "?" } }')],
    ['no entry at all', robots('{}')],
    ['what the identity provider has twice', robots('{ a: {} }', 'identityCenter: { directory: external }\n')],
  ])('takes %s', (_what, text) => {
    expect(problems(text)).toEqual([]);
  });

  it('adds to what is ignored', () => {
    const { document } = load('version: 1\nignore: { robots: [r*], shifts: [{ account: prod }], accounts: [x] }\n');
    expect(ignoreRules(format.ignore, document.ignore)).toEqual([
      { subjects: { robot: 'r*' }, at: ['ignore', 'robots', 0] },
      { subjects: { account: 'x' }, at: ['ignore', 'accounts', 0] },
      { kind: 'shift', subjects: { account: 'prod' }, at: ['ignore', 'shifts', 0] },
    ]);
  });

  it('is put together of several files, with documents from theirs', () => {
    const { document, includes } = load(robots('{ a: {} }', 'shifts: [{ robot: a }]\ninclude: [teams/*.yaml]\n'), {
      'teams/b.yaml': 'robots: { b: { manual: { file: b.json } } }\nshifts: [{ robot: b }]\n',
      'teams/b.json': '{ "page": 1, "more": 2 }',
    });
    expect(document).toMatchObject({
      robots: { a: {}, b: { manual: { page: 1, more: 2 } } },
      shifts: [{ robot: 'a' }, { robot: 'b' }],
    });
    expect(includes).toEqual([{ file: 'teams/b.yaml', entry: 0, items: { shifts: [1, 2] } }]);
  });

  it('is limited by the scope of the file that adds to it', () => {
    const scope = 'include: [{ file: b.yaml, scope: { accounts: ["*"], robots: [b*] } }]\n';
    const found = problems(robots('{ a: {} }', `shifts: []\n${scope}`), {
      'b.yaml': 'robots: { b: { previously: old }, c: {} }\nshifts: [{ robot: a }]\n',
    });
    expect(found).toEqual([
      'outside-scope: This file may not take over the robot "old": its scope has "b*".',
      'outside-scope: This file may not define the robot "c": its scope has "b*".',
      'outside-scope: This file may not grant the robot "a": its scope has "b*".',
    ]);
  });
});
