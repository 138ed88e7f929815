import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { createLocalFolder } from '../support/local-folder.ts';

const mine = 'what the person had\n';

describe('--local writes through no link that came with the repository', () => {
  it.each(['.gitignore', 'local.json', 'lock', 'anything'])('as .idc/%s', async (name) => {
    const local = createLocalFolder({ users: { ann: person('ann') } });
    const home = path.join(local.folder, 'home');
    mkdirSync(home);
    mkdirSync(path.join(local.folder, '.idc'));
    const victim = path.join(home, 'victim');
    writeFileSync(victim, mine);
    const link = path.join(local.folder, '.idc', name);
    symlinkSync('../home/victim', link);
    for (const command of [['plan'], ['apply', '--yes'], ['snapshot'], ['doctor']]) {
      const { code, err } = await local.idc(command);
      expect(code).toBe(1);
      expect(err).toContain(`${link} is a symbolic link`);
      expect(err).toContain('(local-link)');
    }
    expect([readFileSync(victim, 'utf8'), lstatSync(link).isSymbolicLink()]).toEqual([mine, true]);
    expect(readdirSync(home)).toEqual(['victim']);
    rmSync(link);
    expect((await local.idc(['plan'])).code).toBe(0);
  });

  it.each([
    ['to a folder', 'home'],
    ['to nothing', 'none'],
  ])('as .idc itself, %s', async (_, target) => {
    const local = createLocalFolder({});
    const home = path.join(local.folder, 'home');
    mkdirSync(home);
    symlinkSync(target, path.join(local.folder, '.idc'));
    const { code, err } = await local.idc(['plan']);
    expect(code).toBe(1);
    expect(err).toContain('(local-link)');
    expect(readdirSync(home)).toEqual([]);
    expect(existsSync(path.join(local.folder, 'none'))).toBe(false);
  });
});

it('--local says where .idc can’t be a folder', async () => {
  const local = createLocalFolder({});
  writeFileSync(path.join(local.folder, '.idc'), mine);
  const { code, err } = await local.idc(['plan']);
  expect(code).toBe(1);
  expect(err).toContain(path.join(local.folder, '.idc'));
  expect(err).toContain('(local-unusable)');
});

it('git ignores .idc whatever .gitignore the repository put there', async () => {
  const local = createLocalFolder({});
  mkdirSync(path.join(local.folder, '.idc'));
  writeFileSync(path.join(local.folder, '.idc', '.gitignore'), '!*\n');
  expect((await local.idc(['plan'])).code).toBe(0);
  expect(readFileSync(path.join(local.folder, '.idc', '.gitignore'), 'utf8')).toBe('*\n');
});
