import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { readAwsConfig, replaceAwsConfig } from '../../src/profiles/config-file.ts';
import { createHome } from '../support/aws-config.ts';

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, renameSync: vi.fn<typeof fs.renameSync>(fs.renameSync) };
});

const busy = Object.assign(new Error('EBUSY: resource busy or locked'), { code: 'EBUSY' });

/** As a bind mount answers: over it nothing is renamed. */
function mount(config: string): void {
  const rename = vi.mocked(renameSync).getMockImplementation();
  vi.mocked(renameSync).mockImplementation((from, to) => {
    if (to === config) throw busy;
    rename?.(from, to);
  });
}

it('a config that is a mount point is written in its place, with a copy of how it was', () => {
  const { config, folder, env, read } = createHome('[profile long-enough-to-be-cut]\nregion = eu-west-1\n');
  const { ino } = statSync(config);
  mount(config);
  expect(replaceAwsConfig(readAwsConfig(env), Buffer.from('[profile a]\n'), true)).toBe(`${config}.before-idc`);
  expect([read(), statSync(config).ino]).toEqual(['[profile a]\n', ino]);
  expect(readFileSync(`${config}.before-idc`, 'utf8')).toContain('long-enough');
  expect(readdirSync(folder).sort()).toEqual(['config', 'config.before-idc']);
});

it('a copy does not stay where nothing was written', () => {
  const { config, folder, env } = createHome('[profile a]\n');
  vi.mocked(renameSync).mockImplementationOnce(vi.mocked(renameSync).getMockImplementation() ?? (() => {}));
  vi.mocked(renameSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('EIO'), { code: 'EIO' });
  });
  expect(() => replaceAwsConfig(readAwsConfig(env), Buffer.from('x'), true)).toThrow(
    expect.objectContaining({ code: 'unwritable-config' }),
  );
  expect(readdirSync(folder)).toEqual(['config']);
  expect(readFileSync(config, 'utf8')).toBe('[profile a]\n');
});
