import { expect, it } from 'vitest';
import { State } from '../../src/core/state.ts';
import { idcLine } from '../../src/doctor/idc-line.ts';

const fileAt = (path: string) => ({ path, mistakes: [], endings: [], advice: [], desired: new State<never>() });

it('runs on the same Identity Center as the diagnosis did', () => {
  expect(idcLine('apply', { flags: ['--local'] })).toBe('idc apply --local');
  expect(
    idcLine('apply', { file: fileAt('identity.yaml'), flags: ['--region', 'eu-west-1', '--profile', 'my admin'] }),
  ).toBe("idc apply --region eu-west-1 --profile 'my admin'");
});

it('names the file where it is not the usual one', () => {
  expect(idcLine('plan --orphans', { file: fileAt('teams/a b.yaml'), flags: ['--local'] })).toBe(
    "idc plan --orphans --file 'teams/a b.yaml' --local",
  );
});
