import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseSnapshot } from '../../../src/source/snapshot-format.ts';
import { inFolder } from '../../support/in-folder.ts';
import { person } from '../../support/live.ts';
import { createLocalFolder } from '../../support/local-folder.ts';
import { runIdc } from '../../support/run-idc.ts';

const permissions = (file: string): string => (statSync(file).mode & 0o777).toString(8);

const live = {
  users: {
    ann: { DisplayName: 'Ann', Name: { GivenName: 'Ann', FamilyName: 'A' } },
    gone: { DisplayName: 'G', Name: { GivenName: 'G', FamilyName: 'G' } },
  },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Read: { tags: { team: 'ops' } } },
  assignments: ['GROUP ops Read 111122223333'],
  orphans: ['USER gone Read 444455556666'],
};

describe('idc snapshot', () => {
  it('reads everything, also what the file says nothing about, and says how much', async () => {
    const local = createLocalFolder({ users: { ann: person('ann') }, ignore: { permissionSets: ['*'] } });
    await local.plant(live);
    const { code, out, err } = await local.idc(['snapshot']);
    expect(code, err).toBe(0);
    expect(err).toMatch(
      /^Read 1 user, 1 group, 1 membership, 1 permission set, 2 assignments and 3 accounts of arn:aws:sso:::instance\/ssoins-[0-9a-f]{16} in \d+ calls and 0 seconds\.\n$/,
    );
    const { takenAt, isLocal, reading } = parseSnapshot(out);
    expect({ takenAt, isLocal }).toEqual({ takenAt: '2026-06-15T12:00:00.000Z', isLocal: true });
    expect(reading['permission-set']).toMatchObject([
      { spec: { name: 'Read', tags: { team: 'ops' }, accounts: ['111122223333', '444455556666'] } },
    ]);
    expect(reading['assignment']).toHaveLength(2);
  });

  it.each(['permission-set', 'account'])('is the same, read by %s', async (strategy) => {
    const local = createLocalFolder({});
    await local.plant(live);
    const [one, other] = [await local.idc(['snapshot']), await local.idc(['snapshot', '--read-strategy', strategy])];
    expect(parseSnapshot(other.out).reading).toEqual(parseSnapshot(one.out).reading);
  });

  it('is not taken by principal, which does not show all of it', async () => {
    const { code, out, err } = await createLocalFolder({}).idc(['snapshot', '--read-strategy', 'principal']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('(flags-mismatch)');
  });

  it('is not taken of another instance than the file pins', async () => {
    const local = createLocalFolder({});
    await local.plant({});
    local.write({
      identityCenter: { region: 'us-east-1', instanceArn: 'arn:aws:sso:::instance/ssoins-ffffffffffffffff' },
    });
    const { code, out, err } = await local.idc(['snapshot']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/is for \S+ssoins-f{16}, but this instance is \S+\. \(other-instance\)/);
  });

  it('needs a file where one is asked for, and none where it is not', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'idc-no-file-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const idc = (...args: string[]) => inFolder(folder, () => runIdc(['snapshot', '--local', ...args]));
    const taken = await idc('--region', 'eu-west-1');
    expect(taken.code, taken.err).toBe(0);
    expect(parseSnapshot(taken.out).context.instance.region).toBe('eu-west-1');
    const { code, out, err } = await idc('-f', 'identity.yaml');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('identity.yaml');
  });
});

describe('idc snapshot --out', () => {
  it('writes a file for its owner alone, and nothing to stdout', async () => {
    const local = createLocalFolder({});
    const file = path.join(local.folder, 'live.json');
    const { code, out, err } = await local.idc(['snapshot', '--out', file]);
    expect({ code, out }, err).toEqual({ code: 0, out: '' });
    expect(permissions(file)).toBe('600');
    expect(parseSnapshot(readFileSync(file, 'utf8')).isLocal).toBe(true);
  });

  it('replaces what was there in one go, also behind a link, and leaves nothing beside it', async () => {
    const local = createLocalFolder({});
    const kept = path.join(local.folder, 'kept');
    mkdirSync(kept);
    const file = path.join(kept, 'live.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    const link = path.join(local.folder, 'link.json');
    symlinkSync(file, link);
    expect((await local.idc(['snapshot', '--out', link])).code).toBe(0);
    expect(realpathSync(link)).toBe(realpathSync(file));
    expect(permissions(file)).toBe('600');
    expect(readFileSync(file, 'utf8')).toContain('"takenAt"');
    expect(readdirSync(kept)).toEqual(['live.json']);
  });

  it.each([
    ['a folder', (folder: string) => folder],
    ['a device', () => '/dev/null'],
    ['a file in a folder that is not there', (folder: string) => path.join(folder, 'none', 'live.json')],
  ])('does not write %s', async (_what, place) => {
    const local = createLocalFolder({});
    const { code, err } = await local.idc(['snapshot', '--out', place(local.folder)]);
    expect(code).toBe(1);
    expect(err).toContain('(unwritable-file)');
    expect(readdirSync(local.folder).sort()).toEqual(['.idc', 'identity.yaml']);
  });
});
