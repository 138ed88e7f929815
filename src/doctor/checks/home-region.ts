import type { FoundInstance, RegionSearch } from '../../aws/client/search-regions.ts';
import type { NextStep, Sight } from '../../core/diagnosis.ts';
import { countOf, listOf } from '../../core/words.ts';
import { ok, type Check } from '../check.ts';
import type { Connection } from '../facts.ts';

/** Whether Identity Center is looked for where it lives. */
export const homeRegion: Check = {
  of: 'anything',
  name: 'home-region',
  why: 'Every region but the home region answers as if there were no instance, or refuses to change anything.',
  needs: [],
  look({ connection, document }) {
    const { region, primary, search, context, endpoint } = connection;
    if (search) {
      const pinned = search.found.filter(({ arn }) => arn === document.identityCenter.instanceArn);
      return lookAround(connection, pinned.length > 0 ? pinned : search.found);
    }
    if (primary !== undefined && primary !== region) {
      return {
        status: 'failed',
        found: `The instance is replicated to ${region}, and its primary region is ${primary}: permission sets and assignments can be read and written there alone.`,
        next: writeRegion(primary, connection),
      };
    }
    if (!context) {
      const one =
        endpoint === undefined ? '' : ` All calls go to one endpoint, ${endpoint}: no other region can be asked.`;
      return { status: 'unknown', found: `Other regions were not asked.${one}` };
    }
    if (primary === undefined) {
      return ok(`${region} has the instance. Whether it is its primary region AWS did not tell (sso:ListRegions).`);
    }
    return ok(`${region} is the primary region of the instance.`);
  },
};

function lookAround(connection: Connection, found: readonly FoundInstance[]): Sight {
  const { region, search, endpoint } = connection;
  const here = region === undefined ? 'No region is set' : `${region} has no instance`;
  const one = endpoint === undefined ? '' : ` All calls go to one endpoint, ${endpoint}.`;
  const regions = [...new Set(found.map((one) => one.region))];
  const home = search?.primary ?? regions[0];
  if (home === undefined) {
    const silent = search?.silent.length ?? 0;
    return {
      status: 'failed',
      found: `${here}, and no instance was found in ${countOf(search?.asked ?? 0, 'other region')}, of which ${silent} gave no answer.${one}`,
      items: reasonsOf(search?.silent ?? []),
      next: [
        {
          text: 'Are these the credentials of the management account, or of the delegated administrator? Is Identity Center enabled (console: IAM Identity Center)?',
        },
      ],
    };
  }
  if (search?.primary === undefined && regions.length > 1) {
    return {
      status: 'failed',
      found: `${here}; there are instances in ${listOf(regions)}.${one}`,
      items: found.map(({ region: name, arn, ownerAccountId }) => `${name}: ${arn}, of account ${ownerAccountId}`),
      next: writeRegion(home, connection, 'Choose the right one; for the first'),
    };
  }
  return {
    status: 'failed',
    found: `${here}; the instance ${found[0]?.arn ?? ''} is in ${home}.${one}`,
    next: writeRegion(home, connection),
  };
}

/** Regions of one reason together. */
function reasonsOf(silent: RegionSearch['silent']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { region, why } of silent) byReason.set(why, [...(byReason.get(why) ?? []), region]);
  return [...byReason].map(([why, regions]) => `${why}: ${regions.join(', ')}`);
}

/** Where the wrong region, or none, is said, the right one is to be said. */
function writeRegion(region: string, { sayRegionIn }: Connection, lead?: string): NextStep[] {
  const text = (words: string): string => (lead === undefined ? words : `${lead}: ${words}`);
  return sayRegionIn === 'flag'
    ? [{ text: text('Pass this flag instead:'), line: `--region ${region}` }]
    : [{ text: text('Write this into the file, under identityCenter:'), line: `region: ${region}` }];
}
