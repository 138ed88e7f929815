import { expect, it } from 'vitest';
import { judgeLockFile } from '../../../src/github/protection/lock-file.ts';

const name = 'identity-center-as-code';
const place = `node_modules/${name}`;
const locked = { version: '1.2.3', resolved: 'https://registry.example/idc-1.2.3.tgz', integrity: 'sha512-AAAA' };

const judge = (lock: object | string, asked: unknown = '1.2.3', kind = 'devDependencies') =>
  judgeLockFile(
    JSON.stringify({ [kind]: { [name]: asked } }),
    typeof lock === 'string' ? lock : JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...lock } }),
  ).map(({ verdict, message }) => `${verdict}: ${message}`);

it('is right where it installs one package by its hash, from a registry or a tarball', () => {
  const right = ['right: it installs identity-center-as-code 1.2.3 alone, by its hash'];
  expect(judge({ [place]: locked })).toEqual(right);
  expect(judge({ [place]: { ...locked, resolved: undefined } }, '1.2.3', 'dependencies')).toEqual(right);
  expect(judge({ [place]: { ...locked, resolved: 'file:idc-1.2.3.tgz' } }, 'file:idc-1.2.3.tgz')).toEqual(right);
});

it.each<[string, object | string, unknown, string]>([
  ['no hash', { [place]: { ...locked, integrity: undefined } }, '1.2.3', `${name} has no sha512 hash`],
  ['a weak hash', { [place]: { ...locked, integrity: 'sha1-AAAA' } }, '1.2.3', `${name} has no sha512 hash`],
  ['a link', { [place]: { link: true, resolved: 'file:../idc' } }, '1.2.3', `${name} is a link to a folder`],
  [
    'git',
    { [place]: { ...locked, resolved: 'git+ssh://git@github.com/x/idc.git#1' } },
    '1.2.3',
    `${name} is not from a registry: git+ssh://git@github.com/x/idc.git#1`,
  ],
  ['another package', { [place]: locked, 'node_modules/x': {} }, '1.2.3', 'it also installs node_modules/x'],
  ['a range', { [place]: locked }, '^1.2.3', `package.json asks for no exact version of ${name}`],
  ['nothing of it', {}, '1.2.3', `it does not have ${name}`],
  ['no JSON', '{', '1.2.3', `it does not have ${name}`],
])('is weaker with %s', (_what, lock, asked, message) => {
  expect(judge(lock, asked)).toEqual([`weaker: ${message}`]);
});

it('is weaker where it is missing, and says nothing of a repository that does not install idc', () => {
  expect(judgeLockFile(JSON.stringify({ devDependencies: { [name]: '1.2.3' } }), undefined)).toMatchObject([
    { verdict: 'weaker', message: 'it does not exist' },
  ]);
  expect(judgeLockFile(JSON.stringify({ name, devDependencies: { zod: '4.0.0' } }), '{"packages":{"":{}}}')).toEqual(
    [],
  );
  expect(judgeLockFile(undefined, undefined)).toEqual([]);
});
