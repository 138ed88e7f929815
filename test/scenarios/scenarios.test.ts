import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Seed } from '../../src/emulator/index.ts';
import { baseFolder } from '../../src/source/fetched-base.ts';
import { startEmulator } from '../support/emulator.ts';
import { observe, plant, type Organisation } from '../support/organisation.ts';
import { runIdc } from '../support/run-idc.ts';

// One folder, one story: before.json is made through the AWS API, identity.yaml planned and applied, and what is planned,
// called and live afterwards is compared with the files beside it. Where there is a base.yaml, it is the file before; where
// there is a begun.yaml, that is a later one whose apply did not finish. `vitest -u` accepts what is new: read it first.

interface Before extends Organisation {
  seed?: Seed;
  /** Users whom an identity provider put there, and users who can't sign in: output only over the API. */
  external?: string[];
  disabled?: string[];
  /** Flags for every command. */
  flags?: string[];
}

const root = import.meta.dirname;
const stories = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
// A path that is the same everywhere, since messages with paths are wrapped.
const scratch = path.join('coverage', 'scratch', 'of', 'idc-scenarios');
rmSync(scratch, { recursive: true, force: true });
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const accounts = [
  { id: '999988887777', name: 'management' },
  { id: '111122223333', name: 'production' },
  { id: '444455556666', name: 'staging' },
];
const ownSeed: Seed = { region: 'us-east-1', managementAccountId: '999988887777', instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef', accounts };

// Polls come as often as time has it; all other calls are counted.
const isPoll = (action: string): boolean => action.endsWith('Status');

describe.each(stories)('%s', (story) => {
  const beside = (file: string): string => path.join(root, story, file);
  const before: Before = existsSync(beside('before.json')) ? (JSON.parse(readFileSync(beside('before.json'), 'utf8')) as Before) : {};
  const folder = path.join(scratch, story);
  const file = path.join(folder, 'identity.yaml');
  const store = path.join(folder, '.idc', 'local.json');
  const hasBegun = existsSync(beside('begun.yaml'));
  const base = existsSync(beside('base.yaml')) ? ['--base', path.join(folder, hasBegun ? 'base' : 'base.yaml')] : [];
  const flags = [...(before.flags ?? []), ...base, '--local'];
  // The path may have been broken at its spaces.
  const pathAnywhere = new RegExp(`${folder}${path.sep}`.split(' ').map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(String.raw`\s+`), 'g');
  const named = (text: string): string => text.replaceAll(pathAnywhere, '');
  // For whoever runs it in the story's folder the file is the usual one, which neither a plan nor a comment names.
  const asUsual = (text: string): string =>
    named(text)
      .replace('\n  "file": "identity.yaml",', '')
      .replace(/^<!-- idc:plan:\S+ -->\n(## .*) \(`identity\.yaml`\)$/m, '<!-- idc:plan -->\n$1')
      .replace(/--file \S*'?identity\.yaml'? --/, '--');

  it('goes as told', async () => {
    cpSync(path.join(root, story), folder, { recursive: true });
    mkdirSync(path.dirname(store), { recursive: true });
    if (hasBegun) writeBase(folder);
    const first = await startEmulator({ seed: { ...ownSeed, ...before.seed }, store, behaviour: { asyncMs: 1 } });
    await plant(first, before);
    for (const row of first.world.users.rows()) {
      if (before.external?.includes(row.UserName)) first.world.users.put({ ...row, ExternalIds: [{ Issuer: 'idp', Id: row.UserName }] });
      if (before.disabled?.includes(row.UserName)) first.world.users.put({ ...row, UserStatus: 'DISABLED' });
    }
    await first.close();

    const planned = await runIdc(['plan', '-f', file, ...flags]);
    const transcript = `$ idc plan\n${named(planned.out)}${named(planned.err)}exit ${planned.code}\n`;
    await expect(transcript).toMatchFileSnapshot(beside('plan.txt'));
    const json = await runIdc(['plan', '-f', file, ...flags, '--format', 'json']);
    expect(json.code).toBe(planned.code);
    // The seal says nothing that the rest does not.
    const isPlan = planned.out !== '';
    if (isPlan) await expect(asUsual(json.out).replace(/,\n  "seal": "[^"]+"/, '')).toMatchFileSnapshot(beside('plan.json'));

    const markdown = await runIdc(['plan', '-f', file, ...flags, '--format', 'markdown']);
    expect(markdown.code).toBe(planned.code);
    if (markdown.out !== '') await expect(asUsual(markdown.out)).toMatchFileSnapshot(beside('plan.md'));

    const live = path.join(folder, 'live.json');
    const taken = await runIdc(['snapshot', '-f', file, '--local', '--out', live]);
    expect(taken.code, taken.err).toBe(0);
    const later = await runIdc(['plan', '-f', file, ...flags, '--snapshot', live, '--format', 'json']);
    expect(later.code, later.err).toBe(planned.code);
    // The same mistakes, with what the snapshot adds to people.
    if (!isPlan) expect([later.out, later.err]).toEqual([json.out, expect.stringContaining(json.err)]);
    // A snapshot has orphans also where the way that is cheapest for this plan would not find them.
    else expect({ ...(JSON.parse(later.out) as object), seal: '' }).toEqual({ orphans: 0, ...(JSON.parse(json.out) as object), snapshot: { takenAt: '2026-06-15T12:00:00.000Z' }, seal: '' });

    const applied = await runIdc(['apply', '-f', file, ...flags, '--yes', '--verbose']);
    expect(applied.code, applied.err).toBe(planned.code);
    const calls = applied.err.split('\n').flatMap((line) => /^([a-z]+:[A-Za-z]+) (\w+) \d+ ms$/.exec(line)?.slice(1, 3).join(' ').replace(' ok', '') ?? []);
    await expect(countOf(calls)).toMatchFileSnapshot(beside('calls.txt'));

    const last = await startEmulator({ store, behaviour: { asyncMs: 1 } });
    const after = observe(last.world);
    await last.close();
    await expect(`${JSON.stringify(after, null, 2)}\n`).toMatchFileSnapshot(beside('after.json'));
    if (planned.code !== 0) return;
    // By now the file is the one before.
    const own = base.length > 0 ? ['--base', file] : [];
    const again = await runIdc(['plan', '-f', file, ...flags, ...own, '--detailed-exitcode']);
    expect(again.code, again.out).toBe(0);
  });
});

/** What `idc github fetch --base` would write. */
function writeBase(folder: string): void {
  const [commit, later] = ['a'.repeat(40), 'b'.repeat(40)];
  const read = (name: string) => new Map([['identity.yaml', readFileSync(path.join(folder, name))]]);
  const note = { branch: 'main', commit, file: 'identity.yaml', begun: [{ commit: later }] };
  for (const [name, content] of baseFolder(note, read('base.yaml'), new Map([[later, { files: read('begun.yaml') }]]))) {
    const file = path.join(folder, 'base', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function countOf(calls: string[]): string {
  const counts = new Map<string, number>();
  for (const call of calls.filter((one) => !isPoll(one))) counts.set(call, (counts.get(call) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([call, count]) => `${count} ${call}\n`)
    .join('');
}
