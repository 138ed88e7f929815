import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { writePrivately, writeTogether } from '../../src/files/write-privately.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'idc-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const contents = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );

describe('what can not be written whole leaves what was there, and nothing beside it', () => {
  it('where the text breaks off', () => {
    writeFileSync(at('plan.json'), 'old');
    function* pieces(): Generator<string> {
      yield 'new';
      throw new Error('no space left on device');
    }
    expect(() => writePrivately(at('plan.json'), pieces())).toThrow(
      `${at('plan.json')} can't be written: no space left`,
    );
    expect(contents()).toEqual({ 'plan.json': 'old' });
  });

  it('where one of several files can not be written', () => {
    mkdirSync(at('policies'));
    symlinkSync(tmpdir(), at('elsewhere'));
    writeFileSync(at('identity.yaml'), 'old');
    writeFileSync(at('policies/a.json'), 'old');
    const others = new Map([
      ['policies/a.json', 'new'],
      ['elsewhere/b.json', 'new'],
    ]);
    expect(() => writeTogether(at('identity.yaml'), 'new', others)).toThrow(
      `${at('elsewhere/b.json')} can't be written`,
    );
    expect(contents()).toEqual({ 'identity.yaml': 'old', 'policies/a.json': 'old' });
    others.delete('elsewhere/b.json');
    writeTogether(at('identity.yaml'), 'new', others);
    expect(contents()).toEqual({ 'identity.yaml': 'new', 'policies/a.json': 'new' });
  });
});
