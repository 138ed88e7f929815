import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../support/github/run.ts';
import { createLocalFolder } from '../support/local-folder.ts';
import { person } from '../support/live.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const job = { env: { GITHUB_ACTIONS: 'true' } };

/** The commands among the lines, as the runner finds them: at the beginning of a line, or the older form anywhere. */
const commandsIn = ({ out, err }: Ran): string[] =>
  `${out}\n${err}`.split(/\r\n|\r|\n/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['));

async function validate(text: string, ...flags: string[]): Promise<{ ran: Ran; file: string }> {
  const file = path.join(createFolder(), 'identity.yaml');
  writeFileSync(file, text);
  return { ran: await runIdc(['validate', file, ...flags], job), file };
}

const escaped = (file: string): string => file.replaceAll(':', '%3A').replaceAll(',', '%2C');

describe('what is wrong with the file', () => {
  it.each([[[]], [['--format', 'json']]])('is shown beside its line %j', async (flags) => {
    const { ran, file } = await validate('version: 1\nusers:\n  ann: {}\n  bob: { x: 1 }\n', ...flags);
    expect(ran.code).toBe(1);
    expect(commandsIn(ran)[0]).toMatch(
      new RegExp(`^::error file=${escaped(file)},line=3,col=3,title=missing-key::.*givenName`),
    );
    expect(commandsIn(ran).length).toBeGreaterThan(2);
  });

  it('is shown by plan and by apply as well', async () => {
    const file = path.join(createFolder(), 'identity.yaml');
    writeFileSync(file, 'version: 2\n');
    for (const command of ['plan', 'apply', 'profiles']) {
      const ran = await runIdc([command, ...(command === 'profiles' ? ['ann'] : []), '--file', file, '--local'], job);
      expect(commandsIn(ran)).toEqual([expect.stringContaining(`::error file=${escaped(file)},line=1,`)]);
    }
  });

  it('as a warning, where it is one', async () => {
    const { ran, file } = await validate('version: 1\nusers: { ann: { givenName: A, familyName: B } }\n');
    expect(ran.code).toBe(0);
    expect(commandsIn(ran)).toEqual([
      expect.stringContaining(`::warning file=${escaped(file)},line=2,col=10,title=user-without-email::`),
    ]);
  });

  it('is not shown so outside of a job', async () => {
    const file = path.join(createFolder(), 'identity.yaml');
    writeFileSync(file, 'version: 2\n');
    expect(commandsIn(await runIdc(['validate', file]))).toEqual([]);
    expect(commandsIn(await runIdc(['validate', file], { env: { GITHUB_ACTIONS: 'false' } }))).toEqual([]);
  });

  it('smuggles no command of its own', async () => {
    const hostile = '%0A::set-output name=x::y\\n::add-mask::z\\r::stop-commands::t ##[set-output name=x;]y';
    const { ran } = await validate(
      `version: 1\n::warning::a: 1\n"##[error]b": 1\n"${hostile}": 1\nusers: { "${hostile}": { email: "${hostile}" } }\n`,
    );
    expect(ran.code).toBe(1);
    const commands = commandsIn(ran);
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) {
      expect(command).toMatch(/^::error file=[^,:]+,line=\d+,col=\d+,title=[a-z-]+::/);
      expect(command).not.toMatch(/%0A|%0D/i);
    }
    expect(commands.join('\n')).toContain('%250A');
  });
});

describe('a plan in a job', () => {
  const document = { users: { ann: person('ann') }, groups: { ops: { members: ['ann'], description: '##[group]x' } } };

  it('shows why it is refused', async () => {
    const local = createLocalFolder({
      ...document,
      assignments: [],
      permissionSets: { Read: {} },
      safety: { protected: [{ user: 'ann', account: 'staging', permissionSet: 'Read' }] },
    });
    for (const command of ['plan', 'apply']) {
      const ran = await local.idc([command], job);
      expect(ran.code).toBe(3);
      expect(commandsIn(ran)).toEqual([expect.stringMatching(/^::error title=protected-access-lost::.*To allow it: /)]);
    }
  });

  it('prints no command in any format, and the same JSON', async () => {
    const local = createLocalFolder(document);
    for (const format of ['text', 'markdown', 'json']) {
      const ran = await local.idc(['plan', '--format', format], job);
      expect(ran.code, ran.err).toBe(0);
      expect(ran.out).toContain(String.raw`#\u0023[group]x`);
      expect(commandsIn(ran)).toEqual([]);
    }
    const [inJob, outside] = [
      await local.idc(['plan', '--format', 'json'], job),
      await local.idc(['plan', '--format', 'json']),
    ];
    expect(JSON.parse(inJob.out)).toEqual(JSON.parse(outside.out));
  });
});
