import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { connectGitHub } from '../../src/github/client.ts';
import { collectFiles, repositoryPath } from '../../src/github/pull-request-files.ts';
import { startGitHub, type Entry } from '../support/github/index.ts';

it.each([
  ['identity.yaml', 'identity.yaml'],
  ['./a//b/./c.json', 'a/b/c.json'],
  ['a/../b.json', 'b.json'],
  ['..a/b..', '..a/b..'],
  ['größe 100%/日本 #1?.json', 'größe 100%/日本 #1?.json'],
])('%j is inside the repository', (path, normal) => {
  expect(repositoryPath(path)).toBe(normal);
});

it.each(['', '.', './', '..', '../a', 'a/../..', 'a/../../b', '/a', '//a', 'a/', 'a\\b', 'C:/a', 'C:a', 'a\0b'])(
  '%j is not',
  (path) => {
    expect(repositoryPath(path)).toBeUndefined();
  },
);

/** What a commit with these files gives for paths that are asked for one after another; `here` is checked out. */
async function collect(tree: Record<string, Entry>, paths: readonly string[], here: Record<string, Buffer> = {}) {
  const { url, token, world, requests } = await startGitHub();
  const gitHub = connectGitHub({ url, token, owner: world.owner, repo: world.repo, version: '1', clock: systemClock });
  const asked: string[] = [];
  const { files, absent } = await collectFiles(
    gitHub,
    world.commit(tree),
    (found) => ({
      files: paths.filter((path) => !found.files.has(path) && !found.absent.has(path)).slice(0, 1),
      folders: [],
    }),
    (path) => {
      asked.push(path);
      return here[path];
    },
  );
  const texts = Object.fromEntries([...files].map(([path, content]) => [path, content.toString()]));
  return { texts, absent: Object.fromEntries(absent), requests: requests.length, asked };
}

describe('what is checked out', () => {
  it('is not downloaded, where git knows it by the same hash', async () => {
    const tree = { 'a.json': 'same', 'b/c.json': 'same', 'd.json': 'new' };
    const here = { 'a.json': Buffer.from('same'), 'b/c.json': Buffer.from('old!'), 'd.json': Buffer.from('old') };
    const { texts, requests } = await collect(tree, Object.keys(tree), here);
    expect(texts).toEqual(tree);
    // The tree and d.json: b/c.json is as a.json is.
    expect(requests).toBe(2);
  });

  it('leaves two requests of a pull request that changes one of 990 policies', async () => {
    const tree = Object.fromEntries(Array.from({ length: 990 }, (_, index) => [`p/${index}.json`, `policy ${index}`]));
    const here = Object.fromEntries(Object.entries(tree).map(([path, text]) => [path, Buffer.from(text)]));
    const { texts, requests } = await collect({ ...tree, 'p/7.json': 'changed' }, Object.keys(tree), here);
    expect(texts).toEqual({ ...tree, 'p/7.json': 'changed' });
    expect(requests).toBe(2);
  });

  it('is asked for only at the path of the file, whatever links lead to it', async () => {
    const tree = { 'a.json': { link: 'b/c.json' }, 'b/c.json': 'new' };
    const { texts, asked } = await collect(tree, ['a.json'], { 'a.json': Buffer.from('new') });
    expect(texts).toEqual({ 'a.json': 'new' });
    expect(new Set(asked)).toEqual(new Set(['a.json', 'b/c.json']));
  });
});

describe('a symbolic link', () => {
  const policy = { 'policies/deep/x.json': 'text' };
  it.each<[string, string, Record<string, Entry>]>([
    ['to a file beside it', 'policies/deep/y.json', { 'policies/deep/y.json': { link: 'x.json' } }],
    ['to a link to a file', 'y', { y: { link: './z' }, z: { link: 'policies/deep/x.json' } }],
    ['to a folder', 'all/x.json', { all: { link: 'policies/deep/' } }],
    ['up and down again', 'teams/y', { 'teams/y': { link: '../policies//deep/../deep/./x.json' } }],
    ['through a link to a folder', 'y', { all: { link: 'policies' }, y: { link: 'all/deep/x.json' } }],
  ])('%s is what it leads to', async (_what, path, links) => {
    expect((await collect({ ...policy, ...links }, [path])).texts).toEqual({ [path]: 'text' });
  });

  const notAFile = 'is not a file, but a folder, a symbolic link or a submodule';
  it.each<[string, string, Record<string, Entry>]>([
    ['out of the repository', 'y', { y: { link: '../policies/deep/x.json' } }],
    ['out of it and in again', 'y', { y: { link: '../repository/policies/deep/x.json' } }],
    ['to the root of a machine', 'y', { y: { link: '/etc/passwd' } }],
    ['to itself', 'y', { y: { link: 'y' } }],
    ['in a circle of folders', 'a/b/c', { a: { link: 'b' }, b: { link: 'a' } }],
    ['to a folder, as a file', 'y', { y: { link: 'policies' } }],
    ['to the top, as a file', 'policies/top', { 'policies/top': { link: '..' } }],
    ['through a file', 'y', { y: { link: 'policies/deep/x.json/z' } }],
    ['through a submodule', 'y', { sub: { submodule: 'https://example.com/x.git' }, y: { link: 'sub/x.json' } }],
    ['to a name that is longer than a path can be', 'y', { y: { link: 'x'.repeat(5000) } }],
  ])('%s is no file', async (_what, path, links) => {
    expect(await collect({ ...policy, ...links }, [path])).toMatchObject({ texts: {}, absent: { [path]: notAFile } });
  });
});

it('names that objects have of themselves are names as any other', async () => {
  const tree = { '__proto__/constructor': 'text', toString: 'text' };
  const { texts, absent } = await collect(tree, [
    '__proto__/constructor',
    'toString',
    'constructor',
    'hasOwnProperty/x',
  ]);
  expect(texts).toEqual({ '__proto__/constructor': 'text', toString: 'text' });
  expect(absent).toEqual({ constructor: 'does not exist', 'hasOwnProperty/x': 'does not exist' });
});
