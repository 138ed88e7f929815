import { mkdirSync, readFileSync, statSync, writeFileSync, chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PageData } from '../../../src/access-page/data.ts';
import type { Seed } from '../../../src/emulator/index.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';

const seed: Seed = {
  managementAccountId: '999988887777',
  accounts: [
    { id: '999988887777', name: 'management' },
    { id: '111122223333', name: 'shop', ou: 'Workloads/Prod' },
  ],
};

const user = (name: string) => ({ DisplayName: name, Name: { GivenName: name, FamilyName: name } });

interface PageFolder {
  page: string;
  write(...flags: string[]): ReturnType<LocalFolder['idc']>;
}

/** A folder with what is live, and a package whose page has a program and a style. */
async function start(): Promise<Omit<LocalFolder, 'write'> & PageFolder> {
  const local = createLocalFolder({ accounts: undefined });
  await local.plant(
    {
      users: { ann: user('ann'), bob: user('bob') },
      permissionSets: { Read: {} },
      assignments: ['USER ann Read 111122223333'],
    },
    seed,
  );
  const assets = path.join(local.folder, 'package', 'dist', 'access-page');
  mkdirSync(assets, { recursive: true });
  writeFileSync(path.join(assets, 'page.js'), 'program()');
  writeFileSync(path.join(assets, 'style.css'), 'style{}');
  const page = path.join(local.folder, 'access.html');
  const packageFolder = path.join(local.folder, 'package');
  const write = (...flags: string[]): ReturnType<LocalFolder['idc']> =>
    local.idc(['access', '--format', 'html', '--out', page, ...flags], { packageFolder });
  return { ...local, page, write };
}

function dataIn(page: string): PageData {
  const [, json = ''] = /id="data">(.*?)<\/script>/.exec(readFileSync(page, 'utf8')) ?? [];
  return JSON.parse(json) as PageData;
}

describe('idc access --format html', () => {
  it('writes one file for its owner alone, with the units of accounts, by two calls more than an answer', async () => {
    const local = await start();
    writeFileSync(local.page, 'an older page that others can read');
    chmodSync(local.page, 0o644);
    const { code, out, err } = await local.write('--verbose');
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(
      /Wrote \S+access\.html \(\d+ kB\), readable by you alone: it names people and their access\.\n/,
    );
    expect(statSync(local.page).mode & 0o777).toBe(0o600);
    const html = readFileSync(local.page, 'utf8');
    expect([html.includes('<script>program()</script>'), html.includes('<style>style{}</style>')]).toEqual([
      true,
      true,
    ]);
    const data = dataIn(local.page);
    expect(data.people.map(({ name }) => name)).toEqual(['ann', 'bob']);
    expect(data.accounts.map(({ name, unit }) => [name, data.units[unit ?? -1]])).toEqual([
      ['management', ''],
      ['shop', 'Workloads/Prod'],
    ]);
    const callsOf = (text: string): string[] => text.match(/\w+:\w+(?= ok)/g) ?? [];
    const plain = callsOf((await local.idc(['access', '--verbose'])).err);
    const more = callsOf(err).filter((call) => !plain.includes(call));
    expect([...new Set(more)]).toEqual(['organizations:ListRoots', 'organizations:ListOrganizationalUnitsForParent']);
  });

  it('is about a part of the access where it is asked for one, and says so', async () => {
    const local = await start();
    expect((await local.write('--user', 'ann')).code).toBe(0);
    const { people, asked } = dataIn(local.page);
    expect(people.map(({ name }) => name)).toEqual(['ann']);
    expect(asked).toBe('user ann');
  });

  it.each([
    [['--format', 'html'], '--format html goes with --out'],
    [['--out', 'access.html'], '--format html goes with --out'],
    [['--format', 'html', '--out', '/nowhere/access.html'], "/nowhere/access.html can't be written"],
  ])('refuses %j', async (flags, message) => {
    const local = await start();
    const { code, err } = await local.idc(['access', ...flags], { packageFolder: path.join(local.folder, 'package') });
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(existsSync(local.page)).toBe(false);
  });
});
