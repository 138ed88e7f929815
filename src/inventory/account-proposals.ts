import type { LiveAccount, Organization } from '../aws/organization/accounts.ts';
import { createSelector } from '../accounts/select.ts';
import { describeTags } from '../accounts/target-words.ts';
import type { AccountTarget } from '../core/account-target.ts';

/** Fewer are no more than themselves. */
const fewest = 2;

/**
 * How an entry could take exactly these accounts by what they are: all of them, a pattern of their names, a tag, a unit. Of
 * tags and units only what has been read. A proposal also takes accounts that come later, so a person decides.
 */
export function proposeTargets(
  organization: Organization,
  nameOf: (id: string) => string,
): (names: readonly string[]) => string[] {
  const active = [...(organization.accounts?.values() ?? [])].filter(({ state }) => state === 'ACTIVE');
  const allNames = (id: string): string[] => [...new Set([nameOf(id), organization.accounts?.get(id)?.name ?? id])];
  const select = createSelector({ organization, refer: (id) => ({ id }), allNames });
  const found = new Map<string, string[]>();
  return (names) => {
    if (names.length < fewest) return [];
    const key = JSON.stringify([...names].sort());
    let proposals = found.get(key);
    if (proposals === undefined) found.set(key, (proposals = propose(new Set(names))));
    return proposals;
  };

  function propose(names: ReadonlySet<string>): string[] {
    const accounts = active.filter(({ id }) => names.has(nameOf(id)));
    if (accounts.length !== names.size) return [];
    const fits = (target: AccountTarget): boolean => {
      const { ids } = select(target, []);
      return ids.length === accounts.length && accounts.every(({ id }) => ids.includes(id));
    };
    const fitting = candidatesOf(accounts, organization).find(({ target }) => fits(target));
    return fitting
      ? [
          `To decide: these are exactly ${fitting.what}. \`${fitting.text}\` instead of \`accounts\` takes later ones as well.`,
        ]
      : [];
  }
}

interface Candidate {
  target: AccountTarget;
  what: string;
  text: string;
}

function candidatesOf(accounts: readonly LiveAccount[], { units = [] }: Organization): Candidate[] {
  const [first, ...others] = accounts;
  if (!first) return [];
  const patterns = patternsOf(first.name).map((pattern) => ({
    target: { accounts: [pattern] },
    what: `the active accounts that match ${pattern}`,
    text: `accounts: [${JSON.stringify(pattern)}]`,
  }));
  const shared = (of: (account: LiveAccount) => readonly string[] = () => []): string[] =>
    of(first).filter((one) => others.every((other) => of(other).includes(one)));
  const parents = shared(({ parents: all }) => all ?? []);
  const inUnits = units.flatMap(({ id, path }) =>
    path !== '' && parents.includes(id)
      ? [
          {
            target: { organizationalUnits: [path] },
            what: `the active accounts in ${path}`,
            text: `organizationalUnits: [${JSON.stringify(path)}]`,
          },
        ]
      : [],
  );
  const byTags = Object.entries(first.tags ?? {}).map(([key, value]) => ({
    target: { accountTags: { [key]: value } },
    what: `the active accounts with ${describeTags({ [key]: value })}`,
    text: `accountTags: { ${JSON.stringify(key)}: ${JSON.stringify(value)} }`,
  }));
  return [
    { target: { all: true }, what: 'all active accounts', text: 'all: true' },
    ...inUnits,
    ...byTags,
    ...patterns,
  ];
}

/** `prod-*` and `*-eu` of `prod-eu`: all that a name begins and ends with, up to a separator. */
function patternsOf(name: string): string[] {
  const ends = [...name.matchAll(/[-_./ ]/g)].map(({ index }) => index);
  return [
    ...ends.filter((end) => end > 0).map((end) => `${name.slice(0, end + 1)}*`),
    ...ends.filter((end) => end < name.length - 1).map((end) => `*${name.slice(end)}`),
  ];
}
