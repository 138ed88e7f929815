import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/core/diagnosis.ts';
import { checks } from '../../../src/doctor/index.ts';
import { diagnosisJsonSchema } from '../../../src/formats/doctor.ts';
import { renderDiagnosis } from '../../../src/render/text/doctor-text.ts';
import { examine, user } from '../../doctor/examine.ts';
import { inFolder } from '../../support/in-folder.ts';
import { accounts, person } from '../../support/live.ts';
import { createLocalFolder } from '../../support/local-folder.ts';
import { runIdc } from '../../support/run-idc.ts';

const { management, production, staging } = accounts;
const root = path.join(import.meta.dirname, '..', '..', '..');

/** Something of everything. */
const trouble: Parameters<typeof examine>[0] = {
  seed: {
    instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    accounts: [
      { id: management, name: 'management' },
      { id: production, name: 'production' },
      { id: staging, name: 'staging' },
    ],
  },
  live: {
    users: { ann: user('ann'), bob: user('bob', ''), gone: user('gone') },
    groups: { ops: { members: ['ann'] } },
    permissionSets: { Admin: { customerManagedPolicies: ['/team/deployer'] }, 'Read,Write': {} },
    assignments: [`GROUP ops Admin ${production}`, `USER bob Read,Write ${staging}`],
    orphans: [`USER gone Admin ${production}`],
    stale: { Admin: { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
  },
  document: {
    identityCenter: { region: 'us-east-1' },
    users: { ann: person('ann'), bob: { givenName: 'bob', familyName: 'bob' } },
    groups: { ops: { members: ['ann', { user: 'bob', expires: '2026-06-01' }] } },
    permissionSets: { Admin: {}, 'Read,Write': {} },
    assignments: [{ groups: ['ops'], permissionSets: ['Admin'], accounts: ['production'] }],
  },
  change: ({ world }) => {
    const account = world.accounts.get(staging);
    if (account) world.accounts.put({ ...account, State: 'SUSPENDED' });
  },
};

/** Wherever lines break. */
const letters = (text: string): string => text.replaceAll(/\s+/g, '');

describe('idc doctor', () => {
  it('says what is wrong, why it matters and what to do next, in 60 columns', async () => {
    const { text, diagnosis, file } = await examine(trouble);
    const { code, out, err } = await text(60);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // With a short path and a short id in the place of those of this run, which would break the lines elsewhere.
    const short = JSON.stringify(diagnosis).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
    const layout = { color: false, width: 60, now: new Date() };
    expect(renderDiagnosis(JSON.parse(short) as Diagnosis, layout)).toMatchSnapshot();
    expect(letters(out).replaceAll(file, 'identity.yaml')).toBe(letters(renderDiagnosis(diagnosis, layout)));
    // What can be pasted stays whole.
    const long = out.split('\n').filter((line) => line.length > 60 && !/^ {8}\S/.test(line));
    expect(long).toEqual([]);
  });

  it('colours on a terminal only', async () => {
    const local = createLocalFolder({});
    expect((await local.idc(['doctor'])).out).not.toContain('\u001B[');
    expect((await local.idc(['doctor'], { outIsTerminal: true })).out).toContain('\u001B[');
    expect((await local.idc(['doctor', '--no-color'], { outIsTerminal: true })).out).not.toContain('\u001B[');
  });

  it('shows no more than ten things of one check, and all of them as JSON', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `user-${index}`);
    const live = { users: Object.fromEntries(names.map((name) => [name, user(name, '')])) };
    const { of, text } = await examine({ live });
    expect(of('users-without-email').items).toHaveLength(15);
    const { out } = await text();
    expect(out.match(/ - user-/g)).toHaveLength(10);
    expect(out).toContain('… and 5 more; --format json lists all');
  });

  it('shows names that only show', async () => {
    const name = 'a\u202Eb\u001B[31m';
    const { of, text } = await examine({
      live: { users: { ann: user('ann', '') } },
      change: ({ world }) => {
        for (const row of world.users.rows()) world.users.put({ ...row, DisplayName: name });
      },
    });
    expect(of('users-without-email').items).toEqual([`ann (${name})`]);
    expect((await text()).out).toContain(String.raw`ann (a\u202eb\x1b[31m)`);
  });

  it('gives JSON of the published format, whatever it finds', async () => {
    const published = JSON.parse(readFileSync(path.join(root, 'schemas', 'doctor.schema.json'), 'utf8')) as object;
    expect(published).toEqual(diagnosisJsonSchema());
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(published);
    for (const one of [trouble, {}, { flags: ['--region', 'eu-west-1'] }, { document: { nonsense: true } }]) {
      const { diagnosis } = await examine(one);
      validate(diagnosis);
      expect(validate.errors).toBeNull();
      const sum = Object.values(diagnosis.summary).reduce((all, count) => all + count, 0);
      expect(sum).toBe(diagnosis.checks.length);
    }
  });

  it('says the same from a snapshot, but for what that does not tell', async () => {
    const local = createLocalFolder({});
    await local.plant(trouble.live ?? {});
    const live = JSON.parse((await local.idc(['doctor', '--format', 'json'])).out) as Diagnosis;
    const file = path.join(local.folder, 'live.json');
    expect((await local.idc(['snapshot', '--out', file])).code).toBe(0);
    const flags = ['-f', local.file, '--snapshot', file];
    const { code, out } = await runIdc(['doctor', ...flags, '--format', 'json']);
    expect(code).toBe(0);
    const { source, checks: found } = JSON.parse(out) as Diagnosis;
    expect(source.type).toBe('snapshot');
    const untold = ['home-region', 'read-rights', 'network-rules', 'failed-requests'];
    const others = ({ check }: { check: string }): boolean => !untold.includes(check);
    expect(found.filter(others)).toEqual(live.checks.filter(others));
    expect(found.find(({ check }) => check === 'read-rights')?.found).toBe('Not looked at: a snapshot does not tell.');
    const text = await runIdc(['doctor', ...flags]);
    expect(text.out).toContain('From a snapshot of 2026-06-15 12:00 UTC, 0 minutes old.');
  });

  it('gives lines that are about the same Identity Center, also where neither file nor shell names it', async () => {
    const local = createLocalFolder({});
    await local.plant({
      groups: { gone: {} },
      permissionSets: { Admin: {} },
      orphans: [`GROUP gone Admin ${accounts.production}`],
    });
    const snapshot = path.join(local.folder, 'live.json');
    expect((await local.idc(['snapshot', '--out', snapshot])).code).toBe(0);
    const linesOf = ({ out }: { out: string }): string[] =>
      (JSON.parse(out) as Diagnosis).checks
        .flatMap(({ next }) => next.flatMap(({ line }) => line ?? []))
        .filter((line) => line.startsWith('idc plan --orphans'));
    const empty = path.join(local.folder, 'empty.yaml');
    writeFileSync(empty, 'version: 1\nidentityCenter: {}\n');
    const flags = ['-f', empty, '--format', 'json'];
    const asked = await runIdc(['doctor', ...flags, '--snapshot', snapshot]);
    expect(linesOf(asked)).toEqual([`idc plan --orphans --file ${empty} --local --region us-east-1`]);
  });

  it('needs no file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'idc-no-file-'));
    try {
      const args = ['doctor', '--local', '--region', 'us-east-1', '--format', 'json'];
      const { out } = await inFolder(folder, () => runIdc(args));
      const { file, checks: found } = JSON.parse(out) as Diagnosis;
      expect(file).toBeUndefined();
      const ofFile = checks.filter((check) => check.of === 'file' || check.of === 'both').map(({ name }) => name);
      const seen = found.map(({ check }) => check);
      expect(ofFile.length).toBeGreaterThan(2);
      expect(seen).toEqual(checks.map(({ name }) => name).filter((name) => !ofFile.includes(name)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('refuses a way of reading by which orphans are not seen', async () => {
    const { code, err } = await createLocalFolder({}).idc(['doctor', '--read-strategy', 'principal']);
    expect(code).toBe(1);
    expect(err).toContain('(flags-mismatch)');
  });

  it('says what there is to know of a file that is asked for and is not there', async () => {
    const { code, err } = await runIdc(['doctor', '--local', '-f', path.join(root, 'no-such.yaml')]);
    expect(code).toBe(1);
    expect(err).toContain('no-such.yaml');
  });

  it('teaches itself', async () => {
    const { code, out } = await runIdc(['doctor', '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Exit codes:\n  0  No check failed.');
  });
});

it('docs/doctor.md explains every check, in order, and no other', () => {
  const [, text = ''] = readFileSync(path.join(root, 'docs', 'doctor.md'), 'utf8').split('\n## Checks\n');
  const explained = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(explained).toEqual(checks.map(({ name }) => name));
});
