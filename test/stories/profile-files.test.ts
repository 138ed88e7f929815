import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../support/emulator.ts';
import { createLocalFolder } from '../support/local-folder.ts';

const cli = { startUrl: 'https://example.awsapps.com/start' };
const documentOf = (...users: string[]) => ({
  cli,
  users: Object.fromEntries(users.map((name) => [name, { givenName: 'A', familyName: 'B' }])),
  permissionSets: { Read: {} },
  assignments: [{ users, permissionSets: ['Read'], accounts: ['production'] }],
});

describe('apply --letters writes a message for each user that it makes', () => {
  it('once, also for a name that no file can have, and says so instead of how to print it', async () => {
    const local = createLocalFolder(documentOf('ann', 'a/b'));
    const folder = path.join(local.folder, 'letters');
    const first = await local.idc(['apply', '--yes', '--letters', folder]);
    expect(first.code, first.err).toBe(0);
    expect(first.err).toContain(`Wrote the messages for 2 new users to ${folder}.\n`);
    expect(first.out.replaceAll(/\s+/g, ' ')).toContain(`Send 2 new users the message in ${folder}: AWS sends none.`);
    expect(readdirSync(folder).sort()).toEqual(['a%2Fb.md', 'ann.md']);
    const printed = await local.idc(['profiles', 'ann', '--format', 'markdown']);
    expect(readFileSync(path.join(folder, 'ann.md'), 'utf8')).toBe(printed.out);

    local.write(documentOf('ann', 'a/b', 'cid'));
    await local.idc(['apply', '--yes', '--letters', folder]);
    expect(readdirSync(folder).sort()).toEqual(['a%2Fb.md', 'ann.md', 'cid.md']);
    const nothing = await local.idc(['apply', '--yes', '--letters', path.join(local.folder, 'none')]);
    expect([nothing.code, nothing.err]).toEqual([0, '']);
  });

  it('also where another step fails: the next run makes no user again', async () => {
    const local = createLocalFolder(documentOf('ann'));
    await local.plant({ users: {} });
    const folder = path.join(local.folder, 'letters');
    const { assignments, ...document } = documentOf('ann');
    const wrong = { ...document, permissionSets: { Read: { managedPolicies: ['NoSuchPolicyAtAll'] } }, assignments };
    local.write(wrong);
    const { code } = await local.idc(['apply', '--yes', '--letters', folder], {
      startEmulator: (options) => startEmulator({ ...options, behaviour: { asyncMs: 1 } }),
    });
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual(['ann.md']);
  });

  it('nothing is changed where the folder can not be made', async () => {
    const local = createLocalFolder(documentOf('ann'));
    const { code, err } = await local.idc(['apply', '--yes', '--letters', local.file]);
    expect(code).toBe(1);
    expect(err).toContain(`${local.file} can't be a folder for messages`);
    expect(await local.visit(({ world }) => world.users.size)).toBe(0);
  });
});

describe('profiles --all --out writes one file a user', () => {
  it('and says so on stderr, so that stdout stays empty', async () => {
    const local = createLocalFolder(documentOf('ann', 'bob'));
    const folder = path.join(local.folder, 'deep', 'profiles');
    const { code, out, err } = await local.idc(['profiles', '--all', '--out', folder]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe(`Wrote the profiles of 2 users to ${folder}.\n`);
    expect(readdirSync(folder).sort()).toEqual(['ann.config', 'bob.config']);
    expect(readFileSync(path.join(folder, 'bob.config'), 'utf8')).toContain('[profile Read-111122223333]');
  });

  it.each([
    ['../x', '%2E%2E%2Fx.config'],
    ['../../../../etc/passwd', '%2E%2E%2F..%2F..%2F..%2Fetc%2Fpasswd.config'],
    ['/etc/passwd', '%2Fetc%2Fpasswd.config'],
    [String.raw`..\x`, '%2E%2E%5Cx.config'],
    ['a/b', 'a%2Fb.config'],
    ['a%2Fb', 'a%252Fb.config'],
    ['.', '%2E.config'],
    ['..', '%2E%2E.config'],
    ['.bashrc', '%2Ebashrc.config'],
    ['CON', '%CON.config'],
    ['com1.x', '%com1.x.config'],
    ['console', 'console.config'],
    ['*', '%2A.config'],
    ['a:b', 'a%3Ab.config'],
    ['c<>|"?', 'c%3C%3E%7C%22%3F.config'],
    ['花子', '%E8%8A%B1%E5%AD%90.config'],
    // Outside the Basic Multilingual Plane: two halves that mean nothing alone.
    ['𠮷野', '%F0%A0%AE%B7%E9%87%8E.config'],
    ['ann🚀', 'ann%F0%9F%9A%80.config'],
  ])('whatever the name is: %s', async (name, expected) => {
    const local = createLocalFolder(documentOf(name));
    const folder = path.join(local.folder, 'profiles');
    const { code, err } = await local.idc(['profiles', '--all', '--out', folder]);
    expect(code, err).toBe(0);
    expect(readdirSync(folder)).toEqual([expected]);
    expect(readdirSync(local.folder).sort()).toEqual(['identity.yaml', 'profiles']);
    expect(existsSync(path.join(path.dirname(local.folder), 'x.config'))).toBe(false);
  });

  it('and says which file can not be written', async () => {
    const local = createLocalFolder(documentOf('ann', 'bob'));
    const folder = path.join(local.folder, 'profiles');
    mkdirSync(path.join(folder, 'bob.config'), { recursive: true });
    const { code, err } = await local.idc(['profiles', '--all', '--out', folder]);
    expect(code).toBe(1);
    expect(err).toContain(`${path.join(folder, 'bob.config')} can't be written: EISDIR`);
    expect(err).toContain('(unwritable-file)');
  });

  it('also of names longer than a file name may be, without mixing them up', async () => {
    const long = '花'.repeat(127);
    const local = createLocalFolder(documentOf(`${long}a`, `${long}b`));
    const folder = path.join(local.folder, 'profiles');
    const { code, err } = await local.idc(['profiles', '--all', '--out', folder]);
    expect(code, err).toBe(0);
    const files = readdirSync(folder);
    expect(files).toHaveLength(2);
    expect(Math.max(...files.map((file) => file.length))).toBeLessThanOrEqual(255);
  });

  it('and fails where the folder is a file', async () => {
    const local = createLocalFolder(documentOf('ann'));
    const { code, err } = await local.idc(['profiles', '--all', '--out', local.file]);
    expect(code).toBe(1);
    expect(err).toContain('identity.yaml');
    mkdirSync(path.join(local.folder, 'profiles', 'ann.config'), { recursive: true });
    expect((await local.idc(['profiles', '--all', '--out', path.join(local.folder, 'profiles')])).code).toBe(1);
  });
});

it('an apply with nothing to do writes the profiles all the same', async () => {
  const local = createLocalFolder(documentOf('ann'));
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  const folder = path.join(local.folder, 'profiles');
  const { code, out } = await local.idc(['apply', '--profiles', folder]);
  expect(code).toBe(0);
  expect(out).toContain('No changes.');
  expect(readdirSync(folder)).toEqual(['ann.config']);
});

it('the region and the output follow the person, the permission set and the account, for every grant of a person', async () => {
  const local = createLocalFolder({
    cli: {
      ...cli,
      region: 'ap-northeast-1',
      accounts: { production: { region: 'eu-central-1' }, '444455556666': { output: 'text' } },
      permissionSets: { Billing: { region: 'us-east-1', output: 'json' } },
    },
    users: {
      ann: { givenName: 'A', familyName: 'B' },
      bob: { givenName: 'A', familyName: 'B', cli: { output: 'table', region: 'eu-west-3' } },
    },
    permissionSets: { Read: {}, Billing: {} },
    assignments: [
      { users: ['ann', 'bob'], permissionSets: ['Read', 'Billing'], accounts: ['production', 'staging', 'management'] },
    ],
  });
  const chosen = async (user: string): Promise<string[][]> => {
    const { out } = await local.idc(['profiles', user]);
    return [...out.matchAll(/^\[profile (.*)\]\n(?:sso_.*\n)*region = (.*)\n(?:output = (.*)\n)?/gm)].map(
      ([, name = '', region = '', output = '-']) => [name, region, output],
    );
  };
  expect(await chosen('ann')).toEqual([
    ['Billing-111122223333', 'us-east-1', 'json'],
    ['Billing-444455556666', 'us-east-1', 'json'],
    ['Billing-999988887777', 'us-east-1', 'json'],
    ['Read-111122223333', 'eu-central-1', '-'],
    ['Read-444455556666', 'ap-northeast-1', 'text'],
    ['Read-999988887777', 'ap-northeast-1', '-'],
  ]);
  const bobs = await chosen('bob');
  expect(bobs).toHaveLength(6);
  expect(new Set(bobs.map(([, region, output]) => `${region} ${output}`))).toEqual(new Set(['eu-west-3 table']));
});
