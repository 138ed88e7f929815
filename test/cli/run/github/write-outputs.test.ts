import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeOutputs } from '../../../../src/cli/run/github/write-outputs.ts';
import type { Io } from '../../../../src/cli/io.ts';
import { formatOutputs } from '../../../../src/github/outputs.ts';
import { createFolder, readOutputs } from '../../../support/github/run.ts';

const hostile = 'a\nenvironment=identity-center-apply\nidc_1\nother<<x\ny\nx';

it('each value comes out as it went in, whatever it holds', () => {
  const outputs = { reason: hostile, empty: '', none: undefined, number: 7, truth: true, equal: 'a=b<<c' };
  expect(readOutputs(formatOutputs(outputs, 'delimiter'))).toEqual({
    reason: hostile,
    empty: '',
    none: '',
    number: '7',
    truth: 'true',
    equal: 'a=b<<c',
  });
});

it('are appended to the file, each time behind another delimiter', () => {
  const file = path.join(createFolder(), 'outputs');
  writeFileSync(file, 'before=1\n');
  const io = { env: { GITHUB_OUTPUT: file } } as unknown as Io;
  writeOutputs(io, { reason: hostile });
  writeOutputs(io, { digest: 'd' });
  const text = readFileSync(file, 'utf8');
  expect(readOutputs(text)).toEqual({ before: '1', reason: hostile, digest: 'd' });
  const delimiters = [...text.matchAll(/^(?:reason|digest)<<(.+)$/gm)].map(([, delimiter]) => delimiter);
  expect(new Set(delimiters).size).toBe(2);
});

it('have a line each where there is no job', () => {
  let out = '';
  const io = { env: {}, out: (text: string) => (out += text) } as unknown as Io;
  writeOutputs(io, { reason: 'a\nb=c', changes: false, artifact: undefined });
  expect(out).toBe('reason=a\\nb=c\nchanges=false\nartifact=\n');
});

it('a file that can not be written is said', () => {
  const io = { env: { GITHUB_OUTPUT: '/nowhere/outputs' } } as unknown as Io;
  expect(() => writeOutputs(io, {})).toThrow('GITHUB_OUTPUT');
});
