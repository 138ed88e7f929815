import { join, posix, win32 } from 'node:path';
import { compilePattern } from '../../core/pattern.ts';
import type { ListFolder } from '../read-file.ts';

/** True of a path or a pattern that stays below the folder by its own words. */
export function isPathBelow(path: string): boolean {
  if (posix.isAbsolute(path) || win32.isAbsolute(path) || /[\\\0]/.test(path)) return false;
  return path.split('/').every((name) => name !== '..') && !path.endsWith('/') && posix.normalize(path) !== '.';
}

/**
 * The files that a pattern matches, in order, as paths below the folder; of a path without stars, itself. A star is any
 * text within a name, and `**` any number of folders; neither matches a name that begins with a dot, or leads through a
 * symbolic link. Throws like `node:fs` for a folder that can't be read.
 */
export function expandPath(pattern: string, folder: string, listFolder: ListFolder): string[] {
  const names = posix.normalize(pattern).split('/');
  if (!names.some((name) => name.includes('*'))) return [names.join('/')];
  // Several `**` come to the same folder in more ways than anybody can wait for.
  const walked = new Set<string>();
  return [...new Set(walk([], names))].sort();

  function walk(above: readonly string[], [name = '', ...rest]: readonly string[]): string[] {
    const isLast = rest.length === 0;
    const step = [rest.length, ...above].join('/');
    if (walked.has(step)) return [];
    walked.add(step);
    if (!name.includes('*')) return isLast ? fileIn(above, name) : walk([...above, name], rest);
    const entries = listFolder(join(folder, ...above)).filter((entry) => !entry.name.startsWith('.'));
    if (name === '**') {
      const deeper = entries.filter(({ isFolder }) => isFolder);
      const here = isLast
        ? entries.filter(({ isFolder }) => !isFolder).map((entry) => [...above, entry.name].join('/'))
        : walk(above, rest);
      return [...here, ...deeper.flatMap((entry) => walk([...above, entry.name], [name, ...rest]))];
    }
    const matches = compilePattern(name);
    const matching = entries.filter((entry) => entry.isFolder !== isLast && matches(entry.name));
    return matching.flatMap((entry) =>
      isLast ? [[...above, entry.name].join('/')] : walk([...above, entry.name], rest),
    );
  }

  function fileIn(above: readonly string[], name: string): string[] {
    const isThere = listFolder(join(folder, ...above)).some((entry) => entry.name === name && !entry.isFolder);
    return isThere ? [[...above, name].join('/')] : [];
  }
}
