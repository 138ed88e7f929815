import path from 'node:path';
import { expect, it } from 'vitest';
import { fileName } from '../../src/core/file-name.ts';

it.each([
  ['identity.yaml', undefined],
  ['./identity.yaml', undefined],
  ['access/../identity.yaml', undefined],
  [path.resolve('identity.yaml'), undefined],
  ['prod.yaml', 'prod.yaml'],
  ['./prod//identity.yaml', 'prod/identity.yaml'],
  [path.resolve('prod/identity.yaml'), 'prod/identity.yaml'],
  ['../prod/identity.yaml', '../prod/identity.yaml'],
  ['..prod.yaml', '..prod.yaml'],
])('%s is told apart as %s', (file, name) => {
  expect(fileName(file)).toBe(name);
});

it('names a file elsewhere on this machine by its last name alone', () => {
  expect(fileName('/somewhere/else/prod.yaml')).toBe('prod.yaml');
  expect(fileName('/somewhere/else/identity.yaml')).toBeUndefined();
});
