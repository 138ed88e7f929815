import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';

const longPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: Array.from({ length: 30 }, (_, index) => `s3:Get${index}`), Resource: '*' }],
};
const company = {
  cli: { startUrl: 'https://example.awsapps.com/start' },
  users: { ann: person('ann'), bob: person('bob') },
  permissionSets: { Read: { inlinePolicy: longPolicy } },
  assignments: [{ users: ['ann', 'bob'], permissionSets: ['Read'], accounts: ['production'] }],
};

const modesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => [
      name,
      (statSync(path.join(folder, name)).mode & 0o777).toString(8),
    ]),
  );

/** Each command that writes files, and what it writes into a folder `out`. */
const writers: [string, string[], Record<string, string>][] = [
  ['plan --out', ['plan', '--out', 'out/plan.json'], { 'plan.json': '600' }],
  ['snapshot --out', ['snapshot', '--out', 'out/live.json'], { 'live.json': '600' }],
  ['profiles --out', ['profiles', '--all', '--out', 'out'], { 'ann.config': '600', 'bob.config': '600' }],
  ['apply --profiles', ['apply', '--yes', '--profiles', 'out'], { 'ann.config': '600', 'bob.config': '600' }],
  ['apply --journal', ['apply', '--yes', '--journal', 'out/journal.jsonl'], { 'journal.jsonl': '600' }],
];

const inside = (local: LocalFolder, args: readonly string[]): string[] =>
  args.map((arg) => (/^out(\/|$)/.test(arg) ? path.join(local.folder, arg) : arg));

describe('what names people is for its owner alone', () => {
  it.each(writers)('%s', async (_, args, modes) => {
    const local = createLocalFolder(company);
    const out = path.join(local.folder, 'out');
    mkdirSync(out);
    const { code, err } = await local.idc(inside(local, args));
    expect(code, err).toBe(0);
    expect(modesIn(out)).toEqual(modes);
  });

  it.each(writers.slice(0, -1))('%s, where a file that others can read was there', async (_, args, modes) => {
    const local = createLocalFolder(company);
    const out = path.join(local.folder, 'out');
    mkdirSync(out);
    for (const name of Object.keys(modes)) {
      writeFileSync(path.join(out, name), 'old');
      chmodSync(path.join(out, name), 0o644);
    }
    const { code, err } = await local.idc(inside(local, args));
    expect(code, err).toBe(0);
    expect(modesIn(out)).toEqual(modes);
    for (const name of Object.keys(modes)) expect(readFileSync(path.join(out, name), 'utf8')).not.toBe('old');
  });

  it('import --out, with its policies', async () => {
    const local = createLocalFolder(company);
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    const out = path.join(local.folder, 'out');
    const write = (...flags: string[]) => local.idc(['import', '--out', path.join(out, 'live.yaml'), ...flags]);
    expect((await write()).code).toBe(0);
    const modes = { 'live.yaml': '600', 'policies/Read.json': '600' };
    expect(modesIn(out)).toMatchObject(modes);
    for (const name of Object.keys(modes)) chmodSync(path.join(out, name), 0o644);
    expect((await write('--force')).code).toBe(0);
    expect(modesIn(out)).toMatchObject(modes);
  });

  it('a new folder for profiles, since their names are those of people', async () => {
    const local = createLocalFolder(company);
    expect((await local.idc(['profiles', '--all', '--out', path.join(local.folder, 'deep', 'out')])).code).toBe(0);
    expect(modesIn(path.join(local.folder, 'deep'))).toMatchObject({ out: '700' });
  });
});

describe('a file whose name the person did not give is not written through a link', () => {
  const mine = 'what the person had\n';
  const withVictim = (document: object): { local: LocalFolder; victim: string } => {
    const local = createLocalFolder(document);
    const victim = path.join(local.folder, 'victim');
    writeFileSync(victim, mine);
    mkdirSync(path.join(local.folder, 'out'));
    return { local, victim };
  };

  it.each(['victim', 'nothing'])('of profiles, where the link leads to %s', async (target) => {
    const { local, victim } = withVictim(company);
    const link = path.join(local.folder, 'out', 'ann.config');
    symlinkSync(`../${target}`, link);
    const { code, err } = await local.idc(['profiles', '--all', '--out', path.join(local.folder, 'out')]);
    expect(code, err).toBe(0);
    expect(readFileSync(victim, 'utf8')).toBe(mine);
    expect(lstatSync(link).isSymbolicLink()).toBe(false);
    expect(readFileSync(link, 'utf8')).toContain('[profile Read-');
    expect(readdirSync(local.folder).sort()).toEqual(['identity.yaml', 'out', 'victim']);
  });

  it('of policies that import writes', async () => {
    const { local, victim } = withVictim(company);
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    mkdirSync(path.join(local.folder, 'out', 'policies'));
    symlinkSync('../../victim', path.join(local.folder, 'out', 'policies', 'Read.json'));
    const flags = ['--out', path.join(local.folder, 'out', 'live.yaml'), '--force'];
    expect((await local.idc(['import', ...flags])).code).toBe(0);
    expect(readFileSync(victim, 'utf8')).toBe(mine);
    expect(readFileSync(path.join(local.folder, 'out', 'policies', 'Read.json'), 'utf8')).toContain('"s3:Get29"');
  });

  it('nor of policies into a folder that is one', async () => {
    const { local } = withVictim(company);
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    mkdirSync(path.join(local.folder, 'elsewhere'));
    symlinkSync('../elsewhere', path.join(local.folder, 'out', 'policies'));
    const { code, err } = await local.idc(['import', '--out', path.join(local.folder, 'out', 'live.yaml')]);
    expect(code).toBe(1);
    expect(err).toContain('policies is a symbolic link');
    expect(err).toContain('(unwritable-file)');
    expect([readdirSync(path.join(local.folder, 'elsewhere')), readdirSync(path.join(local.folder, 'out'))]).toEqual([
      [],
      ['policies'],
    ]);
  });

  it('but one whose name the person gave stays the link that they made', async () => {
    const { local, victim } = withVictim(company);
    const link = path.join(local.folder, 'out', 'plan.json');
    symlinkSync('../victim', link);
    expect((await local.idc(['plan', '--out', link])).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(victim, 'utf8')).toContain('"formatVersion"');
  });
});
