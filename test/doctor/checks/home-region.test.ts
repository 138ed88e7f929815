import { expect, it } from 'vitest';
import type { RegionSearch } from '../../../src/aws/client/search-regions.ts';
import { emptyFile } from '../../../src/source/load-optional.ts';
import type { NextStep, Sight } from '../../../src/core/diagnosis.ts';
import { State } from '../../../src/core/state.ts';
import type { Facts } from '../../../src/doctor/facts.ts';
import { homeRegion } from '../../../src/doctor/checks/home-region.ts';

const one = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const other = 'arn:aws:sso:::instance/ssoins-fedcba9876543210';
const inRegion = (region: string, arn = one) => ({ region, arn, ownerAccountId: '111122223333' });

function look(search: Partial<RegionSearch>, instanceArn?: string): Sight {
  const { document } = emptyFile();
  const facts: Facts = {
    now: new Date(0),
    source: { type: 'live' },
    isLocal: false,
    flags: [],
    connection: {
      region: 'ap-northeast-1',
      sayRegionIn: 'flag',
      search: { asked: 3, found: [], silent: [], ...search },
    },
    live: new State(),
    unread: new Map(),
    names: { account: (id) => id },
    rights: { denied: [], untried: [] },
    entitlements: [],
    failures: { requests: [], left: 0 },
    document: {
      ...document,
      identityCenter: { ...document.identityCenter, ...(instanceArn !== undefined && { instanceArn }) },
    },
  };
  if (homeRegion.of !== 'anything') throw new Error('it is of anything');
  return homeRegion.look(facts);
}

const lines = ({ next = [] }: { next?: NextStep[] }): (string | undefined)[] => next.map(({ line }) => line);

it('of a replicated instance the primary region is the one', () => {
  const sight = look({ found: [inRegion('eu-west-1'), inRegion('us-east-1')], primary: 'us-east-1' });
  expect(lines(sight)).toEqual(['--region us-east-1']);
  expect(sight.found).toBe(`ap-northeast-1 has no instance; the instance ${one} is in us-east-1.`);
});

it('of several instances a person chooses', () => {
  const sight = look({ found: [inRegion('eu-west-1'), inRegion('us-east-1', other)] });
  expect(sight.found).toContain('there are instances in eu-west-1 and us-east-1');
  expect(sight.items).toEqual([
    `eu-west-1: ${one}, of account 111122223333`,
    `us-east-1: ${other}, of account 111122223333`,
  ]);
  expect(sight.next?.[0]?.text).toMatch(/^Choose the right one/);
});

it('unless the file says which', () => {
  const sight = look({ found: [inRegion('eu-west-1'), inRegion('us-east-1', other)] }, other);
  expect(lines(sight)).toEqual(['--region us-east-1']);
  expect(sight.items).toBeUndefined();
});
