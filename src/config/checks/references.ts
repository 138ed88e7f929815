import type { DiagnosticCode, Finding } from '../syntax/finding.ts';
import { matchesIgnored } from './ignored-names.ts';
import { createNearest, createNearestPerson } from '../../core/nearest-name.ts';
import { listOf, quote } from '../syntax/show-text.ts';
import { get, select, textOf, type Tree } from '../syntax/tree.ts';

type Section = 'users' | 'groups' | 'permissionSets' | 'accounts';

/** Where the file refers by name to what it declares: in a value, or in a key; or in a value that may be a pattern. */
const references: readonly { from: readonly string[]; to: Section; inKey?: true; mayBePattern?: true }[] = [
  { from: ['cli', 'accounts', '*'], to: 'accounts', inKey: true },
  { from: ['cli', 'permissionSets', '*'], to: 'permissionSets', inKey: true },
  { from: ['users', '*', 'cli', 'default', 'account'], to: 'accounts' },
  { from: ['users', '*', 'cli', 'default', 'permissionSet'], to: 'permissionSets' },
  { from: ['groups', '*', 'members', '*'], to: 'users' },
  { from: ['groups', '*', 'members', '*', 'user'], to: 'users' },
  { from: ['assignments', '*', 'users', '*'], to: 'users' },
  { from: ['assignments', '*', 'groups', '*'], to: 'groups' },
  { from: ['assignments', '*', 'permissionSets', '*'], to: 'permissionSets' },
  { from: ['assignments', '*', 'accounts', '*'], to: 'accounts', mayBePattern: true },
  { from: ['assignments', '*', 'except', 'accounts', '*'], to: 'accounts', mayBePattern: true },
  { from: ['applicationAssignments', '*', 'users', '*'], to: 'users' },
  { from: ['applicationAssignments', '*', 'groups', '*'], to: 'groups' },
  { from: ['include', '*', 'scope', 'accounts', '*'], to: 'accounts', mayBePattern: true },
  { from: ['safety', 'protected', '*', 'user'], to: 'users' },
  { from: ['safety', 'protected', '*', 'account'], to: 'accounts' },
  { from: ['safety', 'protected', '*', 'permissionSet'], to: 'permissionSets' },
  { from: ['rules', 'deny', '*', 'users', '*'], to: 'users', mayBePattern: true },
  { from: ['rules', 'deny', '*', 'groups', '*'], to: 'groups', mayBePattern: true },
  { from: ['rules', 'deny', '*', 'permissionSets', '*'], to: 'permissionSets', mayBePattern: true },
  { from: ['rules', 'deny', '*', 'accounts', '*'], to: 'accounts', mayBePattern: true },
  { from: ['rules', 'maxSessionDuration', '*', 'accounts', '*'], to: 'accounts', mayBePattern: true },
];

const sections: Record<Section, { noun: string; code: DiagnosticCode }> = {
  users: { noun: 'user', code: 'unknown-user' },
  groups: { noun: 'group', code: 'unknown-group' },
  permissionSets: { noun: 'permission set', code: 'unknown-permission-set' },
  accounts: { noun: 'account', code: 'unknown-account' },
};

/** Every name that the file refers to and nothing declares. */
export function referenceFindings(root: Tree, external: boolean): Finding[] {
  const checks = new Map<Section, ReturnType<typeof createCheck>>();
  for (const section of Object.keys(sections) as Section[]) checks.set(section, createCheck(root, section, external));
  return references.flatMap(({ from, to, inKey, mayBePattern }) => {
    const check = checks.get(to);
    if (!check) return [];
    return [...select(root, from)].flatMap(({ tree, key, path }): Finding[] => {
      const name = inKey ? String(path.at(-1)) : textOf(tree);
      const message = name === undefined || (mayBePattern && name.includes('*')) ? undefined : check(name);
      const span = (inKey && key) || tree.span;
      return message === undefined ? [] : [{ code: sections[to].code, span, message }];
    });
  });
}

/** Says what is wrong with a name; undefined where it is fine, or can only be judged by what is live. */
function createCheck(
  root: Tree,
  section: Section,
  external: boolean,
): ((name: string) => string | undefined) | undefined {
  const declared = get(root, section);
  if (declared?.kind !== 'map') return undefined;
  if (external && (section === 'users' || section === 'groups')) return undefined;

  const key = (name: string): string => (section === 'users' ? name.toLowerCase() : name);
  const known = new Set([...declared.entries.keys()].map(key));
  const names = [...declared.entries.keys()].filter((name) => name !== '__proto__');
  const ignored = matchesIgnored(root, section);
  const nearest = section === 'users' ? createNearestPerson(names) : createNearest(names);
  const renamed = new Map<string, string>();
  for (const { tree, path } of select(declared, ['*', 'previously'])) {
    const old = key(textOf(tree) ?? '');
    if (!renamed.has(old)) renamed.set(old, String(path[0]));
  }
  const { noun } = sections[section];

  return (name) => {
    if (known.has(key(name)) || ignored(name) || (section === 'accounts' && /^\d{12}$/.test(name))) return undefined;
    const nothing = `There is no ${noun} ${quote(name)}`;
    const now = renamed.get(key(name));
    if (now !== undefined) return `${nothing} any more; it is called ${quote(now)} now.`;
    const near = nearest(name);
    if (near !== undefined) return `${nothing}; did you mean ${quote(near)}?`;
    if (names.length === 0) return `${nothing}; ${quote(section)} declares none.`;
    const some = names.slice(0, 5).map(quote);
    if (names.length > 5) some.push(`${names.length - 5} more`);
    return `${nothing}; ${quote(section)} declares ${listOf(some)}.`;
  };
}
