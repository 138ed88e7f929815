import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadFile } from '../../src/source/load-file.ts';

function hintFor(files: readonly string[], asked: string): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-missing-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), 'version: 1\n');
  }
  try {
    loadFile(path.join(folder, asked));
  } catch (error) {
    expect((error as Error).message).toBe(`${path.join(folder, asked)} does not exist.`);
    const { hint = '' } = error as { hint?: string };
    return hint.replace(path.relative('', folder), 'FOLDER').replace(folder, 'FOLDER');
  }
  return undefined;
}

it.each([
  ['a similar name', ['identity.yaml'], 'identity.yml', 'Did you mean --file FOLDER/identity.yaml?'],
  [
    'a folder above',
    ['identity.yaml', 'a/b/x.txt'],
    'a/b/identity.yaml',
    'There is one in a folder above: --file FOLDER/identity.yaml',
  ],
  [
    'nothing',
    ['other.txt'],
    'identity.yaml',
    'Name the identity file with --file FILE, or write one of what is live: idc import --out identity.yaml',
  ],
  [
    'a folder that is not there',
    [],
    'nowhere/identity.yaml',
    'Name the identity file with --file FILE, or write one of what is live: idc import --out identity.yaml',
  ],
])('a file that does not exist is told with %s', (_case, files, asked, hint) => {
  expect(hintFor(files, asked)).toBe(hint);
});
