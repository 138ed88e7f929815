import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FileAnswers } from './places.ts';

/** What the files of a team's repository say of that team. */
export interface Answers extends FileAnswers {
  /** Identity Center's home region. */
  region: string;
  /** ARNs of the roles that plans and applies take. */
  planRole: string;
  applyRole: string;
  /** The default branch. */
  branch: string;
  /** The code owners, as CODEOWNERS spells them; undefined where nobody was named. */
  owner?: string;
  /** Whether applies are recorded on a branch of their own. */
  history: 'true' | 'false';
  /** Of idc, exactly. */
  version: string;
}

/** A file by its path in the repository, with forward slashes. */
export interface RepositoryFile {
  path: string;
  text: string;
}

/** The templates that idc ships, unfilled. npm leaves out some names that begin with a dot, so here they begin with `dot-`. */
export function readTemplates(packageFolder: string): RepositoryFile[] {
  const root = path.join(packageFolder, 'templates');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(root, file).split(path.sep).join('/');
      return { path: name.replaceAll(/(^|\/)dot-/g, '$1.'), text: readFileSync(file, 'utf8') };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The template with these values; undefined where it needs one that is not known. */
export function fillTemplate(text: string, values: Readonly<Record<string, string | undefined>>): string | undefined {
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name);
  if (names.some((name) => values[name] === undefined)) return undefined;
  return text.replaceAll(placeholder, (_whole, name: string) => values[name] ?? '');
}

/** GitHub's own expressions have spaces inside their braces. */
const placeholder = /\{\{(\w+)\}\}/g;
