import type { NextStep } from '../../core/diagnosis.ts';
import { countOf, shellWord } from '../../core/words.ts';
import type { PermissionSetSpec } from '../../kinds/permission-set/kind.ts';
import { accountText, assignmentsIn, byText, setsIn } from '../live-things.ts';
import { ok, type Check } from '../check.ts';
import type { Facts } from '../facts.ts';

/** Customer managed policies that permission sets refer to by name: whether they are there, only each account knows. */
export const customerManagedPolicies: Check = {
  of: 'instance',
  name: 'customer-managed-policies',
  why: 'A permission set refers to such a policy by name and path; where an account has none, provisioning the permission set there fails.',
  needs: ['permission-set'],
  look({ names, context: { instance }, ...facts }) {
    const places = placesOf(facts);
    if (places.length === 0) return ok('No permission set refers to a customer managed policy.');
    const [first] = places;
    const arn = (place: Place): string => `arn:${instance.partition}:iam::${place.account}:policy${place.policy}`;
    const next: NextStep[] = [
      {
        text: 'Ask IAM with credentials of each account, for example:',
        line: `aws iam get-policy --policy-arn ${first ? shellWord(arn(first)) : ''}`,
      },
    ];
    return {
      status: 'note',
      found: `${countOf(places.length, 'customer managed policy')} must be there, each in its account. IAM of another account can't be asked from here; an absent one shows up under failed-requests.`,
      items: places.map(
        (place) =>
          `${arn(place)} in ${accountText(place.account, names)}, for ${[...place.sets].sort(byText).join(', ')}`,
      ),
      next,
    };
  },
};

interface Place {
  account: string;
  /** Path and name. */
  policy: string;
  sets: Set<string>;
}

/** By account and policy: of what is live, and of what the file wants. */
function placesOf({ live, file }: Pick<Facts, 'live' | 'file'>): Place[] {
  const places = new Map<string, Place>();
  const add = (set: PermissionSetSpec, accounts: Iterable<string>): void => {
    for (const policy of policiesOf(set)) {
      for (const account of accounts) {
        const key = `${account} ${policy}`;
        const known = places.get(key) ?? { account, policy, sets: new Set() };
        places.set(key, known);
        known.sets.add(set.name);
      }
    }
  };
  for (const set of setsIn(live)) add(set, set.accounts ?? []);
  const wanted = new Map<string, Set<string>>();
  for (const { permissionSet: name, account } of file ? assignmentsIn(file.desired) : []) {
    wanted.set(name, (wanted.get(name) ?? new Set()).add(account));
  }
  for (const set of file ? setsIn(file.desired) : []) add(set, wanted.get(set.name) ?? []);
  return [...places].sort(([a], [b]) => byText(a, b)).map(([, place]) => place);
}

function policiesOf({ customerManagedPolicies: policies, permissionsBoundary }: PermissionSetSpec): string[] {
  const boundary = permissionsBoundary?.customerManagedPolicy;
  return [...policies, ...(boundary ? [boundary] : [])].map(({ name, path }) => `${path}${name}`);
}
