import { knownSetEntries, type DifferenceNote, type PageNote } from './access-page.ts';

/** Names that would act on a page which took them for anything but text, or that would hide in it. */
export const hostileNames: readonly string[] = [
  '</script><script>fetch("http://127.0.0.1:9/script")</script>',
  '<!--<script>',
  '<img src=http://127.0.0.1:9/image onerror=alert(1)>',
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'a\u{202e}gpj.exe',
  '\u{200b}\u{2060}',
  'line\u{2028}break',
  '=cmd|calc',
  'שלום',
  'one, "two" and three',
  '"><base href=http://127.0.0.1:9/>',
];

/** An organization in which users, groups, permission sets, accounts and units are called like that. */
export function hostileNote(): PageNote {
  const named = (kind: string): string[] => hostileNames.map((_, index) => `${kind}-${index}`);
  const [users, groups, sets] = [named('user'), named('group'), named('set')];
  const liveNames = new Map(
    [users, groups, sets].flatMap((list) => list.map((name, at) => [name, hostileNames[at] ?? ''])),
  );
  return {
    accounts: hostileNames.map((name, index) => ({
      id: String(100_000_000_000 + index),
      name,
      unit: name.replaceAll('/', ''),
    })),
    file: {
      users: Object.fromEntries(users.map((name) => [name, { givenName: name, familyName: name, displayName: name }])),
      groups: Object.fromEntries(groups.map((name, at) => [name, { members: [users[at]] }])),
      permissionSets: Object.fromEntries(sets.map((name) => [name, knownSetEntries['Reader']])),
      assignments: groups.map((group, at) => ({
        groups: [group],
        permissionSets: [sets[at]],
        accounts: [String(100_000_000_000 + at)],
      })),
    },
    liveNames,
  };
}

/** The same as it becomes: half of the grants go, the sets of the others are edited, and a group has a new member. */
export function hostileChange(): DifferenceNote {
  const { accounts, file, liveNames = new Map() } = hostileNote();
  const before = file as { groups: object; permissionSets: object; assignments: object[]; users: object };
  const sets = Object.fromEntries(Object.keys(before.permissionSets).map((name) => [name, knownSetEntries['Writer']]));
  return {
    accounts,
    before,
    after: {
      ...before,
      groups: { ...before.groups, 'group-0': { members: Object.keys(before.users) } },
      permissionSets: sets,
      assignments: before.assignments.filter((_, at) => at % 2 === 0),
    },
    liveNames,
  };
}
