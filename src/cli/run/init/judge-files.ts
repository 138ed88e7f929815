import { installsOwn } from '../../../repository/lock-file.ts';
import { keepNewerActions } from '../../../repository/newer-actions.ts';
import type { RepositoryFile } from '../../../repository/templates.ts';
import { compareWithTemplate, writeFromTemplate, type Standing } from '../../../repository/version-line.ts';
import type { Io } from '../../io.ts';
import type { Found } from './answers.ts';
import { makeLockFile } from './make-lock-file.ts';
import type { Here } from './read-here.ts';

/** A file that the repository should have. */
export interface JudgedFile extends RepositoryFile {
  /** `unknown`: something that it needs is not known, `why` says what. */
  standing: Standing | 'unknown';
  why?: string;
  /** For the list of what is written. */
  note?: string;
}

/** Beside what is there, every file that a repository of these answers has. */
export async function judgeFiles(
  io: Io,
  templates: readonly RepositoryFile[],
  { answers, imported }: Found,
  here: Here,
): Promise<JudgedFile[]> {
  const isReplaced = (path: string): boolean =>
    (path === 'identity.yaml' && imported !== undefined) ||
    (path === 'policies/.gitkeep' && ((imported?.policies.size ?? 0) > 0 || here.read('policies') !== undefined));
  const ofTemplates = templates
    .filter(({ path }) => !isReplaced(path))
    .map(({ path, text }) => judge(path, writeFromTemplate(text, answers)));
  const policies = [...(imported?.policies ?? [])].map(([path, text]) => judge(path, text));
  const file = imported && { ...judge('identity.yaml', imported.text), note: 'what is live' };
  const manifest = ofTemplates.find(({ path }) => path === 'package.json');
  return [...(file ? [file] : []), ...policies, ...ofTemplates, await lock(manifest?.standing)];

  function judge(path: string, text: string | undefined): JudgedFile {
    const there = here.read(path);
    if (there !== undefined && isOfTeam(path)) return { path, text: there, standing: 'current' };
    if (text !== undefined) {
      return { path, text: keepNewerActions(text, there ?? ''), standing: compareWithTemplate(there, text) };
    }
    const standing = there === undefined ? 'unknown' : 'current';
    return { path, text: '', standing, why: 'no code owner was named: run idc init --owner @org/team' };
  }

  async function lock(manifest: JudgedFile['standing'] | undefined): Promise<JudgedFile> {
    const path = 'package-lock.json';
    const there = here.read(path);
    if (there !== undefined) return { path, text: there, standing: isInstalled() ? 'current' : 'foreign' };
    const text = manifest === 'foreign' ? undefined : await makeLockFile(io, answers);
    if (text !== undefined) return { path, text, standing: 'missing' };
    const why = 'npm names no hash of this idc: run npm install --package-lock-only --ignore-scripts';
    return { path, text: '', standing: 'unknown', why };
  }

  /** What the team keeps by itself, once it is there. */
  function isOfTeam(path: string): boolean {
    if (path === 'package.json') return isInstalled();
    return ['identity.yaml', 'README.md'].includes(path);
  }

  function isInstalled(): boolean {
    return installsOwn(here.read('package.json'), here.read('package-lock.json'));
  }
}
