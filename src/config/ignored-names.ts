import { get, select, textOf, type Tree } from './tree.ts';

/** Whether a name matches one of the section's `ignore` patterns: then the file may refer to it without declaring it. */
export function matchesIgnored(root: Tree, section: string): (name: string) => boolean {
  const form = (text: string): string => (section === 'users' ? text.toLowerCase() : text);
  const ignore = get(root, 'ignore');
  const places = ignore ? [...select(ignore, [section, '*'])] : [];
  const patterns = places.flatMap(({ tree }) => textOf(tree) ?? []).map((pattern) => form(pattern).split('*'));
  return (name) => patterns.some((parts) => matches(parts, form(name)));
}

/** Whether a name matches a pattern in which `*` stands for any text. */
export const matchesPattern = (pattern: string, name: string): boolean => matches(pattern.split('*'), name);

/** `parts` are the texts between the stars, each of which stands for any text. */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - at >= last.length && name.endsWith(last);
}
