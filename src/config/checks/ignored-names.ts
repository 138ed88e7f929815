import { subjectKey, type Subject } from '../../core/address.ts';
import { compilePattern } from '../../core/pattern.ts';
import { get, select, textOf, type Tree } from '../syntax/tree.ts';

/** Whether a name matches one of the section's `ignore` patterns: then the file may refer to it without declaring it. */
export function matchesIgnored(root: Tree, section: string, subject: Subject): (name: string) => boolean {
  const ignore = get(root, 'ignore');
  const places = ignore ? [...select(ignore, [section, '*'])] : [];
  const patterns = places
    .flatMap(({ tree }) => textOf(tree) ?? [])
    .map((pattern) => compilePattern(subjectKey(subject, pattern)));
  return (name) => patterns.some((matches) => matches(subjectKey(subject, name)));
}
