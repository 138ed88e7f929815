import { installsOwn } from '../../../repository/lock-file.ts';
import { fileOfOwners } from '../../../repository/known-answers.ts';
import { keepNewerActions } from '../../../repository/newer-actions.ts';
import { answersOf, placeOf } from '../../../repository/places.ts';
import type { RepositoryFile } from '../../../repository/templates.ts';
import { compareWithTemplate, versionOf, writeFromTemplate, type Standing } from '../../../repository/version-line.ts';
import type { Io } from '../../io.ts';
import type { Found } from './answers.ts';
import type { KnownAnswers } from './known.ts';
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

const owners = '.github/CODEOWNERS';

/** Beside what is there, every file that a repository of these answers has. */
export async function judgeFiles(
  io: Io,
  templates: readonly RepositoryFile[],
  { answers, imported }: Found,
  here: Here,
): Promise<JudgedFile[]> {
  const { file, folder } = answers;
  const isReplaced = (path: string): boolean =>
    (path === file && imported !== undefined) ||
    (path === `${folder}policies/.gitkeep` &&
      ((imported?.policies.size ?? 0) > 0 || here.read(`${folder}policies`) !== undefined));
  const ofTemplates = judgeTemplates(templates, answers, here).filter(({ path }) => !isReplaced(path));
  const ofImport = (path: string, text: string, note?: string): JudgedFile => ({
    path,
    text,
    standing: compareWithTemplate(here.read(path), text),
    ...(note !== undefined && { note }),
  });
  const policies = [...(imported?.policies ?? [])].map(([path, text]) => ofImport(`${folder}${path}`, text));
  const live = imported ? [ofImport(file, imported.text, 'what is live')] : [];
  const manifest = ofTemplates.find(({ path }) => path === 'package.json');
  return [...live, ...policies, ...ofTemplates, await judgeLock(io, answers, here, manifest?.standing)];
}

/** The same of the templates alone, as far as the answers are known. */
export function judgeTemplates(templates: readonly RepositoryFile[], answers: KnownAnswers, here: Here): JudgedFile[] {
  return templates.map((template): JudgedFile => {
    const path = placeOf(template.path, answers);
    const there = here.read(path);
    if (there !== undefined && isOfTeam(path)) return { path, text: there, standing: 'current' };
    // CODEOWNERS is for all files of the repository, so it stays what it was for the first one.
    const first = path === owners ? fileOfOwners((name) => here.read(name)) : undefined;
    const text = writeFromTemplate(template.text, { ...answers, ...(first !== undefined && answersOf(first)) });
    if (text !== undefined) {
      return { path, text: keepNewerActions(text, there ?? ''), standing: compareWithTemplate(there, text) };
    }
    if (there !== undefined) {
      return { path, text: '', standing: path === owners || versionOf(there) !== undefined ? 'current' : 'foreign' };
    }
    return { path, text: '', standing: 'unknown', why: 'no code owner was named: run idc init --owner @org/team' };
  });

  /** What the team keeps by itself, once it is there. */
  function isOfTeam(path: string): boolean {
    if (path === 'package.json') return isInstalled(here);
    return [answers.file, 'README.md'].includes(path);
  }
}

async function judgeLock(
  io: Io,
  answers: KnownAnswers,
  here: Here,
  manifest: JudgedFile['standing'] | undefined,
): Promise<JudgedFile> {
  const path = 'package-lock.json';
  const there = here.read(path);
  if (there !== undefined) return { path, text: there, standing: isInstalled(here) ? 'current' : 'foreign' };
  const text = manifest === 'foreign' ? undefined : await makeLockFile(io, answers);
  if (text !== undefined) return { path, text, standing: 'missing' };
  const why = 'npm names no hash of this idc: run npm install --package-lock-only --ignore-scripts';
  return { path, text: '', standing: 'unknown', why };
}

const isInstalled = (here: Here): boolean => installsOwn(here.read('package.json'), here.read('package-lock.json'));
