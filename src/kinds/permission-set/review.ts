import { groupBy } from '../../core/group-by.ts';
import type { Advice } from '../../core/section.ts';
import { countOf, nounCount } from '../../core/words.ts';
import { managedPolicyName } from '../../policies/content.ts';
import { loadCatalogue } from '../../policies/catalogue.ts';
import { createFindUnknown, type CatalogueFinding } from '../shared/policy/catalogue-findings.ts';
import { managedPolicies, managedPoliciesDate, suggestManagedPolicy } from './managed-policies.ts';
import type { PermissionSetEntries, PermissionSetEntry } from './schema.ts';

/** A warning about one place; those of one message become one. */
type Place = Omit<Advice, 'entries'> & { set: string };

/** IAM's default for the managed policies of a role, which AWS raises on request. */
const policiesPerRole = 10;

const day = 24 * 60 * 60 * 1000;
/** In 300 days AWS adds so many actions that every tenth policy has one that the data lacks; in 32 days none did. */
const fresh = 90 * day;

/** What is probably not meant in permission sets. */
export async function reviewPermissionSets(sets: PermissionSetEntries, now: Date): Promise<Advice[]> {
  const entries = Object.entries(sets);
  const places = entries.flatMap(([set, entry]) => [
    ...unknownPolicies(set, entry, now),
    ...manyPolicies(set, entry),
    ...relayState(set, entry),
  ]);
  return together([...places, ...(await inlinePolicies(entries, now))]);
}

/** AWS may have a policy that the data lacks. What it allows is not known then, which the guards of administrators care for. */
function unknownPolicies(
  set: string,
  { managedPolicies: policies = [], permissionsBoundary }: PermissionSetEntry,
  now: Date,
): Place[] {
  const boundary = permissionsBoundary?.managedPolicy;
  const named = [
    ...policies.map((name, index) => ({ name, at: [set, 'managedPolicies', index] })),
    ...(boundary === undefined ? [] : [{ name: boundary, at: [set, 'permissionsBoundary', 'managedPolicy'] }]),
  ];
  return named.flatMap(({ name, at }) => {
    if (managedPolicies.has(managedPolicyName(name))) return [];
    const meant = suggestManagedPolicy(name);
    if (meant !== undefined) {
      const message = `"${name}" is not among AWS's managed policies of ${managedPoliciesDate}; did you mean "${meant}"?`;
      return [{ code: 'managed-policy-spelling', message, at, set }];
    }
    const age = now.getTime() - Date.parse(managedPoliciesDate);
    if (age > fresh) {
      const message = `The data about AWS's managed policies is ${Math.floor(age / day)} days old and lacks some that the file names: a newer idc can tell whether AWS has them.`;
      return [{ code: 'old-policy-data', message, at, set }];
    }
    const message = `"${name}" is not in the data of ${managedPoliciesDate} on AWS's managed policies, so what it allows is not known. Guards treat it like a customer managed policy.`;
    return [{ code: 'managed-policy-not-in-data', message, at, set }];
  });
}

function manyPolicies(set: string, entry: PermissionSetEntry): Place[] {
  const { managedPolicies = [], customerManagedPolicies = [] } = entry;
  const count = managedPolicies.length + customerManagedPolicies.length;
  if (count <= policiesPerRole) return [];
  const message = `"${set}" has ${count} managed policies. A role can have ${policiesPerRole} unless AWS has raised that quota of IAM in each account; without it provisioning fails.`;
  return [
    {
      code: 'many-managed-policies',
      message,
      at: [set, entry.managedPolicies ? 'managedPolicies' : 'customerManagedPolicies'],
      set,
    },
  ];
}

/** The AWS Management Console and the consoles of services beside it, by partition: aws, aws-cn, aws-us-gov, aws-eusc. */
const consoleUrl =
  /^https:\/\/([a-z0-9-]+\.)*(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)([/?#]|$)/i;

function relayState(set: string, { relayState: url }: PermissionSetEntry): Place[] {
  if (url === undefined || consoleUrl.test(url)) return [];
  const message = `"${url}" is not a URL of the AWS console. The portal sends people there when they choose "${set}"; one that works is "https://console.aws.amazon.com/".`;
  return [{ code: 'relay-state', message, at: [set, 'relayState'], set }];
}

/** Reads the catalogue only where there is a policy to compare with it. */
async function inlinePolicies(entries: readonly [string, PermissionSetEntry][], now: Date): Promise<Place[]> {
  if (!entries.some(([, { inlinePolicy }]) => inlinePolicy !== undefined)) return [];
  const catalogue = await loadCatalogue();
  const { date: data } = catalogue;
  const find = createFindUnknown(catalogue);
  const found = entries.flatMap(([set, { inlinePolicy }]) =>
    find(inlinePolicy).map(({ at, ...finding }) => ({ ...finding, set, at: [set, 'inlinePolicy', ...at] })),
  );
  const age = now.getTime() - Date.parse(data);
  const mayBeNew = ({ code, hasHint }: Pick<CatalogueFinding, 'code' | 'hasHint'>): boolean =>
    age > fresh && code !== 'matches-no-action' && !hasHint;
  const told = found
    .filter((finding) => !mayBeNew(finding))
    .map(({ hasHint: _hint, ...finding }) => ({ ...finding, data }));
  const untold = found.filter(mayBeNew);
  const names = nounCount(new Set(untold.map(({ message }) => message)).size, ['name', 'names']);
  const message = `The data about AWS is ${Math.floor(age / day)} days old and lacks ${names} in inline policies: a newer idc can tell whether AWS has them.`;
  return [...told, ...untold.map(({ at, set }) => ({ code: 'old-policy-data', message, at, set, data }))];
}

/** One warning for all places with the same message, at the first of them. */
function together(places: readonly Place[]): Advice[] {
  return [...groupBy(places, ({ message }) => message).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { set: _set, ...advice } = first;
    const entries = [...new Set(group.map(({ set }) => set))];
    const sets = entries.length > 1 ? `, in ${countOf(entries.length, 'permission-set')}` : '';
    const more = group.length > 1 ? ` Found in ${group.length} places${sets}.` : '';
    return [{ ...advice, message: advice.message + more, entries }];
  });
}
