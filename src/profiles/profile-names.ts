import { createHash } from 'node:crypto';
import { addTo } from '../core/group-by.ts';

/** What a profile is for. */
export interface ProfileGrant {
  /** 12-digit id. */
  accountId: string;
  accountName: string;
  permissionSet: string;
}

export interface NamedGrant extends ProfileGrant {
  profile: string;
  /** The name that the template gives, and why the profile has another one. */
  renamed?: { from: string; why: string };
}

// The JavaScript SDK silently drops a profile whose name has any other character. The AWS CLI can read some of them in
// quotes, which that SDK can't.
const unsafe = /[^A-Za-z0-9_.@:/+%-]/gu;

// A leading dash would make `--profile NAME` two options.
const safeName = (name: string): string => name.replaceAll(unsafe, '-').replace(/^-+/, '');

/** The name that the AWS CLI itself proposes; with the account's id in it, it is never empty. */
const fallback = '{permissionSet}-{accountId}';

/**
 * Gives every grant a name that all readers of the file take alike, and no two the same. Whoever collides gets the
 * longer name, so that none depends on the order of the grants.
 */
export function nameProfiles(
  grants: readonly ProfileGrant[],
  template: string,
  sessionNames: readonly string[],
): NamedGrant[] {
  const reserved = reservedNames(sessionNames);
  const named = grants.map((grant) => {
    const wish = fill(template, grant);
    const told = fill(template, readable(grant));
    const [first, long] = [safeName(told), safeName(fill(fallback, grant))];
    const hash = hashOf(grant);
    const names = [first, long, `${long}-${hash.slice(0, 8)}`, `${long}-${hash}`].filter((name) => !reserved.has(name));
    return { grant, wish, first, leavesNothing: first === '' || told !== wish, names, level: 0 };
  });
  while (raise(named));
  return named
    .map(({ grant, wish, first, leavesNothing, names, level }) => {
      const profile = names[level] ?? '';
      const why = level > 0 ? shared : leavesNothing ? empty : reserved.has(first) ? kept(first) : mapped;
      return { ...grant, profile, ...(profile !== wish && { renamed: { from: wish, why } }) };
    })
    .sort((a, b) => (a.profile < b.profile ? -1 : 1));
}

/**
 * The profiles of the same grants in regions that the instance is replicated to. They end with the region; where another
 * profile has that name, this one gets the longer one, so that no region changes the name of a profile without one.
 * @param homes as `nameProfiles` gives them.
 */
export function nameInRegions(
  homes: readonly NamedGrant[],
  regions: readonly string[],
  sessionNames: readonly string[],
): Map<string, NamedGrant[]> {
  const taken = reservedNames(sessionNames);
  for (const { profile } of homes) taken.add(profile);
  const named = regions.flatMap((region) =>
    homes.map((home) => {
      const wish = `${home.profile}-${region}`;
      const hash = hashOf(home, region);
      const names = [wish, `${wish}-${hash.slice(0, 8)}`, `${wish}-${hash}`].filter((name) => !taken.has(name));
      return { home, region, wish, names, level: 0 };
    }),
  );
  while (raise(named));
  const byRegion = new Map<string, NamedGrant[]>();
  for (const { home, region, wish, names, level } of named) {
    const { accountId, accountName, permissionSet } = home;
    const profile = names[level] ?? '';
    const renamed = profile !== wish && { renamed: { from: wish, why: shared } };
    addTo(byRegion, region, { accountId, accountName, permissionSet, profile, ...renamed });
  }
  return byRegion;
}

/**
 * `default` has a section of its own. The JavaScript SDK refuses the whole file for `__proto__`, and keeps sessions among the
 * profiles, under these names.
 */
const reservedNames = (sessionNames: readonly string[]): Set<string> =>
  new Set(['', 'default', '__proto__', ...sessionNames.map((name) => `sso-session.${name}`)]);

const hashOf = ({ accountId, permissionSet }: ProfileGrant, ...more: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([accountId, permissionSet, ...more]))
    .digest('hex');

const shared = 'several profiles would have that name';
const empty = 'that leaves no name';
const mapped = 'not every AWS tool can take that name';
const kept = (name: string): string => `the name ${name} means something else in this file`;

interface Candidate {
  /** From the shortest to the longest. */
  names: string[];
  level: number;
}

/** Raises those of every collision that still have the shortest name; false where there is no collision. */
function raise(candidates: readonly Candidate[]): boolean {
  const byName = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const name = candidate.names[candidate.level] ?? '';
    const group = byName.get(name);
    if (group) group.push(candidate);
    else byName.set(name, [candidate]);
  }
  const collisions = [...byName.values()].filter((group) => group.length > 1);
  for (const group of collisions) {
    const lowest = Math.min(...group.map(({ level }) => level));
    for (const candidate of group) if (candidate.level === lowest) candidate.level += 1;
  }
  return collisions.length > 0;
}

/** Nothing may be left of an account's name, as of 本番環境: then its id tells it from the others. */
const readable = (grant: ProfileGrant): ProfileGrant =>
  /[A-Za-z0-9]/.test(grant.accountName) ? grant : { ...grant, accountName: grant.accountId };

function fill(template: string, { accountId, accountName, permissionSet }: ProfileGrant): string {
  const parts = { permissionSet, accountId, account: accountName };
  return template.replaceAll(/\{(permissionSet|accountId|account)\}/g, (_, part: keyof typeof parts) => parts[part]);
}
