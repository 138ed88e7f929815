import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { kinds } from '../src/kinds/index.ts';
import { sections } from '../src/kinds/sections.ts';

// A new kind is a folder below src/kinds and a line in each of two lists. Whatever else names a kind or a section has to be
// changed for it as well, or is silently wrong.

const src = path.join(import.meta.dirname, '..', 'src');

/** Where kinds are at home; who reaches or reached what is about some of them by its nature; the emulator knows nothing of ours. */
const home = ['kinds/', 'access/', 'access-page/', 'history/', 'emulator/'];

/** Folders about what people get, not about kinds in general: they may know the shape of what is live. */
const products = ['profiles/'];

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !home.some((folder) => file.startsWith(folder)),
);
const folders = readdirSync(path.join(src, 'kinds'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => name);
const names = new Set<string>([...kinds.map(({ name }) => name), ...sections.map(({ name }) => name)]);

/** What of kinds a text names: imports from their folders, and strings that are their names or their sections'. */
function namedIn(file: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const mayImportTypes = products.some((folder) => file.startsWith(folder));
  const imports = [
    ...code.matchAll(
      /^(?:import|export)( type)? [^;]*?from '[^']*\/kinds\/([\w-]+)\/[^']*'|import\('[^']*\/kinds\/([\w-]+)\//gm,
    ),
  ];
  return [
    ...imports.flatMap(([, type, from, dynamic]) => {
      const folder = from ?? dynamic ?? '';
      return folders.includes(folder) && !(type && mayImportTypes) ? [`import of ${folder}`] : [];
    }),
    ...[...code.matchAll(/'([\w-]+)'/g)].flatMap(([, literal = '']) => (names.has(literal) ? [`'${literal}'`] : [])),
  ];
}

/** Files that name kinds all the same, and why. The list only gets shorter: for a new kind nobody has to look at them. */
const allowed: Record<string, string[]> = {
  'the flag --read-strategy permission-set': ['aws/connect.ts', 'cli/flags.ts', 'cli/io.ts'],
  'people have names of a sort of their own': ['core/address.ts'],
  'sections about access and profiles': [
    'config/schema/cli-section.ts',
    'config/schema/rules.ts',
    'config/schema/safety-section.ts',
  ],
  'a check looks at one thing that goes wrong in Identity Center': [
    'doctor/checks/customer-managed-policies.ts',
    'doctor/checks/delegated-administrator.ts',
    'doctor/checks/directory.ts',
    'doctor/checks/failed-requests.ts',
    'doctor/checks/inactive-accounts.ts',
    'doctor/checks/instance.ts',
    'doctor/checks/orphaned-assignments.ts',
    'doctor/checks/profile-names.ts',
    'doctor/checks/quotas.ts',
    'doctor/checks/stale-roles.ts',
    'doctor/checks/unassigned-roles.ts',
    'doctor/checks/users-without-email.ts',
    'doctor/checks/write-rights.ts',
    'doctor/judge-actions.ts',
    'doctor/live-things.ts',
  ],
  'what people gain and lose where an account moves': ['planner/warnings/moved-account-warnings.ts'],
  'a role is one permission set in one account': ['roles/places.ts', 'roles/select.ts'],
  'to be asked of the kinds instead': [
    'applier/recheck-directory.ts',
    'cli/commands/profiles.ts',
    'cli/program.ts',
    'cli/run/access.ts',
    'cli/run/profiles.ts',
    'planner/application-impacts.ts',
    'planner/blocked.ts',
    'planner/names/check-emails.ts',
    'planner/names/frozen-entries.ts',
    'planner/guards/entry-rules.ts',
    'planner/guards/guards.ts',
    'planner/plan.ts',
    'planner/remove-expired.ts',
    'planner/names/rule-names.ts',
    'planner/guards/rules.ts',
    'planner/warnings/user-warnings.ts',
    'planner/warnings/warnings.ts',
    'profiles/of-user.ts',
    'profiles/onboarding-text.ts',
    'profiles/source.ts',
    'review/owners.ts',
    'render/view/access-cause.ts',
    'render/view/asked-words.ts',
    'source/file-gap.ts',
  ],
};

it('finds what names a kind', () => {
  expect(namedIn('a.ts', "import { user } from '../kinds/user/kind.ts';\n// 'users'\nconst a = 'group';")).toEqual([
    'import of user',
    "'group'",
  ]);
  expect(namedIn('profiles/a.ts', "import type { UserSpec } from '../kinds/user/kind.ts';")).toEqual([]);
  expect(namedIn('a.ts', "import type {\n  UserSpec,\n} from '../kinds/user/kind.ts';\n/* 'user' */")).toEqual([
    'import of user',
  ]);
  expect(namedIn('a.ts', "const { a } = await import('../kinds/user/kind.ts');")).toEqual(['import of user']);
  expect(
    namedIn('a.ts', "import { kinds } from '../kinds/index.ts';\nimport { store } from '../kinds/shared/store.ts';"),
  ).toEqual([]);
  expect(files.length).toBeGreaterThan(200);
  expect([...names]).toEqual(expect.arrayContaining(['user', 'users', 'permission-set', 'permissionSets']));
});

it('no file outside the folders of the kinds names one, but for those that are listed', () => {
  const naming = files.filter((file) => namedIn(file, readFileSync(path.join(src, file), 'utf8')).length > 0);
  // Listed and not there: a file that no longer names any leaves the list.
  expect(naming.sort()).toEqual(Object.values(allowed).flat().sort());
});

it('a kind is named after nothing else', () => {
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  expect(new Set(sections.map(({ name }) => name)).size).toBe(sections.length);
  // Every section has a kind, and every kind a section of the file.
  expect(new Set(kinds.map(({ section }) => section.name))).toEqual(new Set(sections.map(({ name }) => name)));
});

it('what a file may say is known without a line of code that talks to AWS', () => {
  const loaded = new Set(['config/load.ts']);
  for (const file of loaded) {
    const text = readFileSync(path.join(src, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+\.ts)'/gm)) {
      loaded.add(path.join(path.dirname(file), target));
    }
  }
  expect(loaded.has('kinds/sections.ts')).toBe(true);
  expect(
    [...loaded].filter(
      (file) => /^aws\/|^kinds\/[\w-]+\/(?!schema|managed-policies)/.test(file) && !file.startsWith('kinds/shared/'),
    ),
  ).toEqual([]);
});
