import { holdings } from '../../access/holdings.ts';
import type { Names } from '../../core/kind.ts';
import { countOf } from '../../core/words.ts';
import type { LiveState } from '../../reconcile/state.ts';
import { accessFacts } from '../../access/facts.ts';
import { nameProfiles, type NamedGrant, type ProfileGrant } from '../../profiles/profile-names.ts';
import { assignmentsIn, byText } from '../live-things.ts';
import { ok, type Check } from '../check.ts';

/** Profiles that can't have the name that the template gives them. */
export const profileNames: Check = {
  of: 'instance',
  name: 'profile-names',
  why: 'Scripts name profiles: who expects the name of the template does not find it.',
  needs: ['user', 'group', 'membership', 'permission-set', 'assignment'],
  look({ live, names, document: { cli } }) {
    const nameAll = (grants: readonly ProfileGrant[]): NamedGrant[] =>
      nameProfiles(grants, cli.profileName, [cli.sessionName]);
    // What has its name among all grants there are has it among those of one person.
    const suspects = nameAll(grantsIn(live, names)).filter(({ renamed }) => renamed);
    const renamed = new Map<string, number>();
    for (const grants of grantsOfHolders(suspects, live, names)) {
      for (const { profile, renamed: change } of nameAll(grants)) {
        if (!change) continue;
        const text = `"${change.from}" becomes ${profile}: ${change.why}`;
        renamed.set(text, (renamed.get(text) ?? 0) + 1);
      }
    }
    if (renamed.size === 0) return ok('Every profile has the name that the template gives it.');
    return {
      status: 'note',
      found: `${countOf(renamed.size, 'profile')} cannot have the name that ${cli.profileName} gives.`,
      items: [...renamed].map(([text, users]) => `${text} (${countOf(users, 'user')})`).sort(byText),
      next: [{ text: 'Choose another template: cli, profileName; or another name for the account: accounts.' }],
    };
  },
};

/** Every permission set in every account where somebody may hold it, once. */
function grantsIn(live: LiveState, names: Names): ProfileGrant[] {
  const grants = new Map<string, ProfileGrant>();
  for (const { permissionSet, account, orphanId } of assignmentsIn(live)) {
    if (orphanId !== undefined) continue;
    grants.set(`${account} ${permissionSet}`, {
      accountId: account,
      accountName: names.account(account),
      permissionSet,
    });
  }
  return [...grants.values()];
}

/** Of each person who holds any of these, all grants. */
function grantsOfHolders(suspects: readonly ProfileGrant[], live: LiveState, names: Names): Iterable<ProfileGrant[]> {
  const byUser = new Map<string, ProfileGrant[]>();
  if (suspects.length === 0) return [];
  const facts = accessFacts(live, []);
  const keys = new Set(suspects.map(({ accountId, permissionSet }) => `${accountId} ${permissionSet}`));
  const holders = holdings(facts, 'before', { sets: new Set(suspects.map(({ permissionSet }) => permissionSet)) });
  const users = new Set(
    holders.flatMap(({ user, account, permissionSet }) => (keys.has(`${account} ${permissionSet}`) ? [user] : [])),
  );
  for (const { user, account, permissionSet } of holdings(facts, 'before', { users })) {
    const grants = byUser.get(user) ?? [];
    byUser.set(user, grants);
    grants.push({ accountId: account, accountName: names.account(account), permissionSet });
  }
  return byUser.values();
}
