import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFoldersBeside, loadIdentityFile, readFilesBeside } from '../../../src/config/load.ts';
import { ConfigError, type Diagnostic } from '../../../src/core/errors.ts';
import { diagnose, load, person, summarise } from '../support.ts';
import { depth } from '../../support/depth.ts';

const said = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, place, message }) => `${place?.file}:${place?.line}:${place?.column} ${code}: ${message}`);

const root = (include: string, ...more: string[]): string =>
  ['version: 1', `include: ${include}`, ...more, ''].join('\n');

describe('included files', () => {
  it('are read into one document, the root file first and the others by name', () => {
    const { document, places, includes } = load(
      root(
        '["teams/*.yaml"]',
        'groups: { ops: {} }',
        'permissionSets: { Read: {} }',
        'assignments: [{ groups: [ops], permissionSets: [Read], accounts: ["111122223333"] }]',
      ),
      {
        'teams/b.yaml':
          'version: 1\ngroups: { b: {} }\nassignments:\n  - { groups: [b], permissionSets: [A], accounts: ["111122223333"] }\n',
        'teams/a.yaml':
          'groups: { a: {} }\npermissionSets: { A: {} }\nassignments:\n  - { groups: [a, ops], permissionSets: [Read], accounts: ["111122223333"] }\n',
        'teams/readme.md': 'nothing',
        'teams/old/c.yaml': 'users: {}',
      },
    );
    expect(Object.keys(document.groups ?? {})).toEqual(['ops', 'a', 'b']);
    expect(Object.keys(document.permissionSets ?? {})).toEqual(['Read', 'A']);
    expect(document.assignments?.map(({ groups }) => groups)).toEqual([['ops'], ['a', 'ops'], ['b']]);
    expect(places.of(['assignments', 2, 'groups', 0])).toEqual({ file: 'teams/b.yaml', line: 4, column: 16 });
    const place = places.of(['groups', 'a']);
    expect(place).toEqual({ file: 'teams/a.yaml', line: 1, column: 11 });
    expect(place && places.frame(place)).toBe(' > 1 | groups: { a: {} }\n     |           ^');
    expect(includes).toEqual([
      { file: 'teams/a.yaml', entry: 0, items: { assignments: [1, 2] } },
      { file: 'teams/b.yaml', entry: 0, items: { assignments: [2, 3] } },
    ]);
  });

  it('make a section managed that only they have, and none that no file has', () => {
    const { document } = load(root('[a.yaml]'), { 'a.yaml': 'groups: {}' });
    expect([document.groups, document.permissionSets, document.assignments]).toEqual([{}, undefined, undefined]);
  });

  it('take policy files from where they stand', () => {
    const policy = '{ "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }';
    const set = (file: string): string => `permissionSets: { A: { inlinePolicy: { file: ${file} } } }`;
    const files = { 'teams/data/policies/s3.json': policy, 'shared.json': policy };
    const { document, places } = load(root('[teams/data/a.yaml]'), {
      ...files,
      'teams/data/a.yaml': set('policies/s3.json'),
    });
    expect(document.permissionSets?.['A']?.inlinePolicy).toEqual(JSON.parse(policy));
    expect(places.of(['permissionSets', 'A', 'inlinePolicy', 'Statement'])?.file).toBe('teams/data/policies/s3.json');
    expect(diagnose(root('[teams/data/a.yaml]'), { ...files, 'teams/data/a.yaml': set('../../shared.json') })).toEqual(
      [],
    );
    expect(
      summarise(diagnose(root('[teams/data/a.yaml]'), { ...files, 'teams/data/a.yaml': set('../../../x.json') })),
    ).toEqual(['1:46 policy-file-outside']);
  });

  it('are told of in one go, each mistake in its file', () => {
    const diagnostics = diagnose(root('[b.yaml, a.yaml]', `users: { hanako: ${person} }`), {
      'a.yaml': 'groups: { a: { members: [hanoko] } }\nnonsense: 1',
      'b.yaml':
        'assignments: [{ groups: [a], permissionSets: [A], acounts: [x] }]\npermissionSets: { A: { sessionDuration: 99h } }',
    });
    expect(diagnostics.map(({ code, place }) => `${place?.file}:${place?.line} ${code}`)).toEqual([
      'a.yaml:1 unknown-user',
      'a.yaml:2 unknown-key',
      'b.yaml:1 unknown-key',
      'b.yaml:2 bad-value',
    ]);
  });

  it.each<[what: string, files: Record<string, string>, says: string[]]>([
    ['users', { 'a.yaml': 'users: {}\nsafety: {}' }, ['a.yaml:1:1 not-in-included-file']],
    ['other files', { 'a.yaml': 'include: [b.yaml]', 'b.yaml': '' }, ['a.yaml:1:1 not-in-included-file']],
    ['another version', { 'a.yaml': 'version: 2' }, ['a.yaml:1:10 bad-value']],
    [
      'no section where one is named',
      { 'a.yaml': 'groups:\nassignments: {}' },
      ['a.yaml:1:1 wrong-type', 'a.yaml:2:14 wrong-type'],
    ],
    ['nothing', { 'a.yaml': '' }, ['a.yaml:1:1 empty-file']],
    ['a list', { 'a.yaml': '[1]' }, ['a.yaml:1:1 wrong-type']],
    ['no YAML', { 'a.yaml': 'groups: [' }, ['a.yaml:1:9 syntax']],
    ["an anchor of another file's", { 'a.yaml': 'groups: { x: *g }' }, ['a.yaml:1:14 unknown-alias']],
    ['a name that differs by case', { 'a.yaml': 'groups: { OPS: {} }' }, ['a.yaml:1:11 similar-names']],
    ['zero bytes', { 'a.yaml': 'groups: {}\0' }, ['identity.yaml:2:11 include-unreadable']],
  ])('can’t have %s', (_what, files, says) => {
    const diagnostics = diagnose(root('["a.yaml"]', 'groups: { ops: &g {} }'), files);
    expect(said(diagnostics).map((text) => text.split(': ')[0])).toEqual(says);
  });

  it('say of a name that differs by case where the other one is', () => {
    const [only] = diagnose(root('[a.yaml]', 'groups: { ops: {} }'), { 'a.yaml': 'groups: { OPS: {} }' });
    expect(only?.message).toContain('differs from "ops" at identity.yaml:3:11 only by case');
  });

  it('can’t claim an old name twice, or one that another file still declares', () => {
    const files = { 'a.yaml': 'groups: { b: { previously: old }, d: { previously: c } }' };
    const diagnostics = diagnose(root('[a.yaml]', 'groups: { a: { previously: old }, c: {} }'), files);
    expect(said(diagnostics)).toEqual([
      expect.stringContaining('previously-claimed: "old" is given as the old name of "a" too, at identity.yaml:3:28.'),
      expect.stringContaining('previously-declared: "c" is still declared at identity.yaml:3:35'),
    ]);
  });

  it.each([
    '/etc/passwd',
    '../a.yaml',
    'teams/../../a.yaml',
    'teams/../a.yaml',
    'C:\\a.yaml',
    'a\\b.yaml',
    '\\\\host\\a',
    '"a\\0b"',
    '.',
    './',
    '../**',
  ])('are not outside, by their words: %s', (name) => {
    const text = name.startsWith('"') ? name : JSON.stringify(name);
    expect(said(diagnose(root(`[${text}]`))).map((one) => one.split(': ')[0])).toEqual([
      'identity.yaml:2:11 include-outside',
    ]);
  });

  it('can’t be the file itself, by name or by pattern', () => {
    for (const name of ['identity.yaml', './identity.yaml', '"*.yaml"']) {
      expect(said(diagnose(root(`[${name}]`)))).toEqual([
        expect.stringContaining('include-twice: "identity.yaml" is the file that includes.'),
      ]);
    }
  });

  it.each([
    'include: x',
    'include: [1]',
    'include: [{ scope: {} }]',
    'include: [""]',
    'include: [{ file: a.yaml, scope: { accounts: ["a"] } }]',
    'include: [{ file: a.yaml, scope: { permissionSets: [A] } }]',
    'include: [{ file: a.yaml, scope: { accounts: [111122223333], permissionSets: [A] } }]',
  ])('are named as the schema has it: %s', (line) => {
    expect(diagnose(`version: 1\n${line}\n`, { 'a.yaml': 'version: 1' })).not.toEqual([]);
  });

  it('can’t grow without bounds together', () => {
    const bomb = [
      'groups:',
      ...Array.from(
        { length: 5 },
        (_, index) =>
          `  g${index}: &g${index} [${Array(9)
            .fill(index === 0 ? '1' : `*g${index - 1}`)
            .join(', ')}]`,
      ),
    ].join('\n');
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`t/${index}.yaml`, bomb]));
    expect(said(diagnose(root('["t/*"]'), files)).filter((text) => text.includes('alias-bomb'))).not.toEqual([]);
  });
});

describe('a scope', () => {
  const scoped = (scope: string, ...more: string[]): string => root(`[{ file: a.yaml, scope: ${scope} }]`, ...more);
  const scope = '{ accounts: ["data-*"], permissionSets: ["Data*"], groups: ["data-*"] }';
  const sections = ['groups: { ops: {} }', 'permissionSets: { Admin: {}, DataRead: {} }', 'assignments: []'];
  const judge = (text: string): string[] =>
    said(diagnose(scoped(scope, ...sections), { 'a.yaml': text })).map((one) => one.replace(/^a\.yaml:\d+:\d+ /, ''));

  it('lets through what is inside', () => {
    expect(
      judge(
        'groups: { data-ops: { previously: data-old } }\npermissionSets: { DataWrite: {} }\nassignments: [{ groups: [data-ops, ops], permissionSets: [DataRead, DataWrite], accounts: ["111122223333"] }]',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'grant',
      'assignments: [{ groups: [ops], permissionSets: [Admin], accounts: ["111122223333"] }]',
      'outside-scope: This file may not grant the permission set "Admin": its scope has "Data*".',
    ],
    [
      'define a set',
      'permissionSets: { Other: {} }',
      'outside-scope: This file may not define the permission set "Other": its scope has "Data*".',
    ],
    [
      'define a group',
      'groups: { admins: { members: [] } }',
      'outside-scope: This file may not define the group "admins": its scope has "data-*".',
    ],
    [
      'take over a group',
      'groups: { data-x: { previously: admins } }',
      'outside-scope: This file may not take over the group "admins": its scope has "data-*".',
    ],
    [
      'take over a set',
      'permissionSets: { DataX: { previously: Owner } }',
      'outside-scope: This file may not take over the permission set "Owner": its scope has "Data*".',
    ],
  ])('does not let a file %s', (_what, text, says) => {
    expect(judge(text)).toEqual([says]);
  });

  it('that names no groups lets define none', () => {
    const text = scoped('{ accounts: [x], permissionSets: [] }', 'groups: {}');
    expect(said(diagnose(text, { 'a.yaml': 'groups: { x: {} }' }))).toEqual([
      expect.stringContaining('may not define the group "x": its scope names no groups.'),
    ]);
  });

  it('does not let a file begin a section, which would remove everything undeclared', () => {
    const text = scoped(scope);
    for (const section of ['groups: {}', 'permissionSets: {}', 'assignments: []']) {
      expect(said(diagnose(text, { 'a.yaml': section }))).toEqual([
        expect.stringContaining('1:1 outside-scope: The file that includes this one has no section'),
      ]);
    }
    expect(diagnose(root('[a.yaml]'), { 'a.yaml': 'groups: {}' })).toEqual([]);
  });
});

describe('YAML anchors', () => {
  it('save writing a thing twice within one file', () => {
    const { document } = load(`version: 1
permissionSets:
  Deployer: &deployer
    sessionDuration: 2h
    managedPolicies: [PowerUserAccess]
  LongDeployer:
    <<: *deployer
    sessionDuration: 8h
`);
    expect(document.permissionSets?.['LongDeployer']).toMatchObject({
      sessionDuration: '8h',
      managedPolicies: ['PowerUserAccess'],
    });
  });
});

describe('on disk', () => {
  let top: string;
  const at = (name: string): string => path.join(top, 'repo', name);
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  const tell = (...include: string[]): string[] => {
    put('identity.yaml', JSON.stringify({ version: 1, include }));
    const file = at('identity.yaml');
    try {
      return Object.keys(loadIdentityFile(file, readFilesBeside(file), listFoldersBeside(file)).document.groups ?? {});
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.diagnostics.map(({ code, message }) => `${code}: ${message}`);
    }
  };

  beforeAll(() => {
    top = mkdtempSync(path.join(tmpdir(), 'idc-includes-'));
    for (const name of [
      'teams/a.yaml',
      'teams/b.yaml',
      'teams/deep/er/c.yaml',
      'teams/.hidden.yaml',
      'teams/.git/x.yaml',
      'z.yaml',
    ]) {
      put(name, JSON.stringify({ groups: { [path.basename(name, '.yaml')]: {} } }));
    }
    mkdirSync(path.join(top, 'outside'));
    writeFileSync(path.join(top, 'outside', 'o.yaml'), '{"groups":{"o":{}}}');
    mkdirSync(at('links'));
    symlinkSync('../../outside/o.yaml', at('links/out.yaml'));
    symlinkSync('../teams/a.yaml', at('links/in.yaml'));
    symlinkSync('../outside', at('way-out'));
    symlinkSync('../teams', at('teams/loop'));
    mkdirSync(at('folder.yaml'));
  });
  afterAll(() => rmSync(top, { recursive: true }));

  it('patterns match as they say, in order, and nothing that is hidden', () => {
    expect(tell('teams/*.yaml')).toEqual(['a', 'b']);
    expect(tell('teams/**/*.yaml')).toEqual(['a', 'b', 'c']);
    expect(tell('**')).toEqual(expect.arrayContaining([expect.stringContaining('include-twice: "identity.yaml"')]));
    expect(tell('teams/*/*/c.yaml', './z.yaml')).toEqual(['c', 'z']);
    expect(tell('teams/**/er/*')).toEqual(['c']);
    expect(tell('teams/deep/**')).toEqual(['c']);
    expect(tell('*/nothing.yaml')).toEqual(['include-matches-nothing: "*/nothing.yaml" matches no file.']);
    expect(tell('z.yaml/*')).toEqual(['include-matches-nothing: "z.yaml/*" matches no file.']);
  });

  it('links are followed to what is inside, and to nothing else', () => {
    expect(tell('links/in.yaml')).toEqual(['a']);
    expect(tell('links/out.yaml')).toEqual([
      expect.stringMatching(/^include-outside: "links\/out\.yaml" is a symbolic link that leads outside/),
    ]);
    expect(tell('links/o*.yaml')).toEqual([expect.stringMatching(/^include-outside/)]);
    expect(tell('way-out/*.yaml')).toEqual([
      expect.stringMatching(/^include-outside: The folder that "way-out\/\*\.yaml" names is a symbolic link/),
    ]);
    expect(tell('way-out/o.yaml')).toEqual([expect.stringMatching(/^include-outside/)]);
    expect(tell('folder.yaml')).toEqual(['include-unreadable: "folder.yaml" is a folder.']);
  });

  it('a pattern with many stars comes to each folder once', () => {
    const deep = Array.from({ length: 12 }, () => 'd').join('/');
    put(`many/${deep}/x.yaml`, '{"groups":{"x":{}}}');
    expect(tell(`many/${'**/'.repeat(12)}*.yaml`)).toEqual(['x']);
  });

  it('one large file under many names is read as often as can be held, and no more', () => {
    put('large/0.yaml', `{"groups":{}} #${'x'.repeat(9_900_000)}`);
    for (let index = 1; index <= 300; index += 1) symlinkSync('0.yaml', at(`large/${index}.yaml`));
    const told = tell('large/*.yaml');
    expect(told).toHaveLength(296);
    expect(told[0]).toBe(
      'include-unreadable: "large/102.yaml" makes more than 50 MB, together with the other files that are read.',
    );
  });
});

it('a pattern matches exactly the paths that its words describe', () => {
  const name = fc.stringMatching(/^[ab]{1,2}$/);
  const part = fc.oneof(
    fc.stringMatching(/^[ab*]{1,3}$/).filter((text) => !text.includes('**')),
    fc.constant('**'),
  );
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `t/${names.join('/')}.y`),
        { minLength: 1, maxLength: 6 },
      ),
      fc.array(part, { maxLength: 3 }),
      part,
      (paths, folders, last) => {
        const pattern = ['t', ...folders, last === '**' ? last : `${last}.y`].join('/');
        const source = pattern
          .split('/')
          .map((text, index, all) =>
            text !== '**'
              ? `${text.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]*')}${index < all.length - 1 ? '/' : ''}`
              : index < all.length - 1
                ? '(?:[^/]+/)*'
                : '.+',
          )
          .join('');
        const wanted = paths.filter((one) => new RegExp(`^${source}$`).test(one)).sort();
        const files = Object.fromEntries(paths.map((one) => [one, 'version: 1']));
        if (wanted.length === 0) {
          const code = pattern.includes('*') ? 'include-matches-nothing' : 'include-unreadable';
          expect(summarise(diagnose(root(`["${pattern}"]`), files))).toEqual([`2:11 ${code}`]);
        } else {
          expect(load(root(`["${pattern}"]`), files).includes?.map(({ file }) => file)).toEqual(wanted);
        }
      },
    ),
    depth(100),
  );
});

it('files that are included say together what one file says', () => {
  const [name, team] = [fc.stringMatching(/^[a-f]$/), fc.constantFrom('root', 'x', 'y')];
  const part = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(fc.tuple(name, value, team), { selector: ([key]) => key });
  const assignment = fc.record({
    groups: fc.constant(['ops']),
    permissionSets: fc.constant(['P']),
    accounts: fc.array(fc.stringMatching(/^[0-9]{12}$/), { minLength: 1, maxLength: 2 }),
  });
  fc.assert(
    fc.property(
      part(fc.record({ description: name })),
      part(fc.record({ description: name })),
      fc.array(fc.tuple(assignment, team)),
      (groups, sets, assignments) => {
        const of = (file: string) => ({
          groups: {
            ...(file === 'root' && { ops: {} }),
            ...Object.fromEntries(groups.flatMap(([key, value, at]) => (at === file ? [[key, value]] : []))),
          },
          permissionSets: {
            ...(file === 'root' && { P: {} }),
            ...Object.fromEntries(sets.flatMap(([key, value, at]) => (at === file ? [[key, value]] : []))),
          },
          assignments: assignments.flatMap(([entry, at]) => (at === file ? [entry] : [])),
        });
        const [own, x, y] = [of('root'), of('x'), of('y')];
        const whole = {
          groups: { ...own.groups, ...x.groups, ...y.groups },
          permissionSets: { ...own.permissionSets, ...x.permissionSets, ...y.permissionSets },
          assignments: [...own.assignments, ...x.assignments, ...y.assignments],
        };
        const text = (document: object): string => JSON.stringify({ version: 1, ...document });
        const { include, ...split } = load(text({ ...own, include: ['t/*.yaml'] }), {
          't/x.yaml': JSON.stringify(x),
          't/y.yaml': JSON.stringify(y),
        }).document;
        expect(include).toEqual(['t/*.yaml']);
        expect(split).toEqual(load(text(whole)).document);
      },
    ),
    depth(100),
  );
});
