import type { Finding } from '../syntax/finding.ts';
import { managedPoliciesDate, suggestManagedPolicy } from './managed-policies.ts';
import { quote } from '../syntax/show-text.ts';
import { get, select, textOf, type Tree } from '../syntax/tree.ts';

/** What is allowed and still probably not meant. */
export function warningFindings(root: Tree, external: boolean): Finding[] {
  return [...(external ? [] : usersWithoutEmail(root)), ...misspeltPolicies(root)];
}

function usersWithoutEmail(root: Tree): Finding[] {
  return [...select(root, ['users', '*'])].flatMap(({ tree, key, path }): Finding[] => {
    if (get(tree, 'email') || !key) return [];
    const message = `${quote(String(path.at(-1)))} has no e-mail address, and cannot set a first password without one.`;
    return [{ code: 'user-without-email', span: key, message }];
  });
}

const policyPlaces = [
  ['permissionSets', '*', 'managedPolicies', '*'],
  ['permissionSets', '*', 'permissionsBoundary', 'managedPolicy'],
];

function misspeltPolicies(root: Tree): Finding[] {
  return policyPlaces.flatMap((place) =>
    [...select(root, place)].flatMap(({ tree }): Finding[] => {
      const name = textOf(tree);
      const meant = name === undefined ? undefined : suggestManagedPolicy(name);
      if (name === undefined || meant === undefined) return [];
      const message = `${quote(name)} is not among AWS's managed policies of ${managedPoliciesDate}; did you mean ${quote(meant)}?`;
      return [{ code: 'managed-policy-spelling', span: tree.span, message }];
    }),
  );
}
