import { holdings } from '../access/holdings.ts';
import { countOf } from '../core/words.ts';
import { accessFacts } from '../kinds/access-facts.ts';
import { nameProfiles, type ProfileGrant } from '../profiles/profile-names.ts';
import { byText } from './live-things.ts';
import { ok, type Check } from './check.ts';

/** Profiles that can't have the name that the template gives them. */
export const profileNames: Check = {
  of: 'instance',
  name: 'profile-names',
  why: 'Scripts name profiles: who expects the name of the template does not find it.',
  needs: ['user', 'group', 'membership', 'permission-set', 'assignment'],
  look({ live, names, document: { cli } }) {
    const byUser = new Map<string, ProfileGrant[]>();
    for (const { user, account, permissionSet } of holdings(accessFacts(live, []), 'before')) {
      const grants = byUser.get(user) ?? [];
      byUser.set(user, grants);
      grants.push({ accountId: account, accountName: names.account(account), permissionSet });
    }
    const renamed = new Map<string, number>();
    for (const grants of byUser.values()) {
      for (const { profile, renamed: change } of nameProfiles(grants, cli.profileName, cli.sessionName)) {
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
