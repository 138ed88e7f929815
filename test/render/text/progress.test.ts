import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressOptions } from '../../../src/render/text/progress.ts';
import { buildStep } from '../plan-builder.ts';

const hanako = buildStep('create', 'user/hanako', { label: 'hanako (Hanako Yamada)' });
const membership = buildStep('create', 'membership/platform/hanako', { label: 'hanako in platform' });
const deployer = buildStep('update', 'permission-set/Deployer');
const staging = buildStep('delete', 'assignment/1', { label: 'Deployer in staging to taro' });

function record(options: Partial<ProgressOptions>) {
  const written: string[] = [];
  let time = 0;
  const progress = createProgress({
    write: (text) => written.push(text),
    isTty: false,
    width: () => 80,
    steps: [hanako, membership, deployer, staging],
    now: () => time,
    color: false,
    ...options,
  });
  return { progress, written, at: (milliseconds: number) => (time = milliseconds) };
}

function run({ progress, at }: ReturnType<typeof record>): void {
  progress.started(hanako);
  progress.started(deployer);
  at(1500);
  progress.failed(hanako, 'ConflictException: the e-mail\nis taken');
  progress.skipped(membership, hanako);
  at(65_000);
  progress.succeeded(deployer);
  progress.skipped(staging, 'interrupted');
  progress.close();
}

describe('progress', () => {
  it('is a plain line for each finished step without a terminal, even with colors', () => {
    const recorded = record({ color: true });
    run(recorded);
    expect(recorded.written).toEqual([
      '✗ creating user hanako (Hanako Yamada): ConflictException: the e-mail\\nis taken\n',
      '- skipped creating membership hanako in platform, because it depends on user hanako (Hanako Yamada)\n',
      '✓ updated permission set Deployer\n',
      '- skipped deleting assignment Deployer in staging to taro, because the run was interrupted\n',
    ]);
  });

  it('keeps one status line below the finished steps on a terminal', () => {
    const recorded = record({ isTty: true });
    run(recorded);
    expect(recorded.written).toEqual([
      '\r\u001B[2K[------------------------] 0/4, 1 in flight, 0s',
      '\r\u001B[2K[------------------------] 0/4, 2 in flight, 0s',
      '\r\u001B[2K✗ creating user hanako (Hanako Yamada): ConflictException: the e-mail\\nis taken\n[######------------------] 1/4, 1 in flight, 1s',
      '\r\u001B[2K- skipped creating membership hanako in platform, because it depends on user hanako (Hanako Yamada)\n[############------------] 2/4, 1 in flight, 1s',
      '\r\u001B[2K✓ updated permission set Deployer\n[##################------] 3/4, 0 in flight, 1m 05s',
      '\r\u001B[2K- skipped deleting assignment Deployer in staging to taro, because the run was interrupted\n[########################] 4/4, 0 in flight, 1m 05s',
      '\r\u001B[2K',
    ]);
  });

  it.each([20, 45, 60])('keeps the status line shorter than a terminal of %i columns', (width) => {
    const { progress, written } = record({
      isTty: true,
      width: () => width,
      steps: Array.from({ length: 12_345 }, () => hanako),
    });
    progress.started(hanako);
    const status = (written[0] ?? '').slice('\r\u001B[2K'.length);
    expect(status.length).toBeLessThan(width);
    expect(status).toContain('0/12345');
  });

  it('colours the signs on a terminal', () => {
    const { progress, written } = record({ isTty: true, color: true });
    progress.succeeded(hanako);
    expect(written[0]).toContain('\u001B[32m✓\u001B[39m created user hanako (Hanako Yamada)\n');
  });

  it('obeys nothing in a name or a message', () => {
    const { progress, written } = record({});
    progress.failed(buildStep('delete', 'group/a', { label: '\u001B[2Ja\nb' }), '\u202Eno');
    expect(written).toEqual([String.raw`✗ deleting group \x1b[2Ja\nb: \u202eno` + '\n']);
  });

  it('says nothing once it is closed', () => {
    const { progress, written } = record({ isTty: true });
    progress.close();
    progress.close();
    progress.succeeded(hanako);
    expect(written).toEqual(['\r\u001B[2K']);
  });

  it('tells how long the rest will take once it has seen enough of every kind', () => {
    const steps = Array.from({ length: 100 }, (_, index) => buildStep('create', `assignment/${index}`));
    const { progress, written, at } = record({ isTty: true, steps, width: () => 60 });
    for (const [index, step] of steps.slice(0, 10).entries()) {
      progress.started(step);
      at((index + 1) * 1000);
      progress.succeeded(step);
    }
    expect(written.at(7)).not.toContain('left');
    expect(written.at(-1)).toMatch(/\n\[#-+\] 10\/100, 0 in flight, 10s, about 1m 30s left$/);
    expect(written.at(-1)?.split('\n')[1]?.length).toBeLessThan(60);
  });
});
