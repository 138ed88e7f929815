import { expect, it } from 'vitest';
import { repositoryPath } from '../../src/github/pull-request-files.ts';

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
