/** A line of CODEOWNERS that names a pattern. */
interface Rule {
  matches: RegExp;
  owners: string[];
}

/**
 * Who owns a path by a CODEOWNERS file, as GitHub reads it: the last line that matches counts, also one without an owner.
 * Facts: "About code owners" in GitHub's documentation.
 * @param ignored numbers of lines, from 1, that GitHub leaves out because of an error.
 */
export function ownersOf(text: string, ignored: ReadonlySet<number>): (path: string) => readonly string[] {
  const rules = text.split(/\r?\n/).flatMap((line, index) => (ignored.has(index + 1) ? [] : ruleOf(line)));
  return (path) => rules.findLast(({ matches }) => matches.test(path))?.owners ?? [];
}

function ruleOf(line: string): Rule[] {
  // A space of a pattern stands behind a backslash.
  const [pattern = '', ...owners] = line.trim().match(/(?:\\.|[^\s\\])+/g) ?? [];
  if (pattern === '' || /^[#!]/.test(pattern)) return [];
  const comment = owners.findIndex((owner) => owner.startsWith('#'));
  return [{ matches: expressionOf(pattern), owners: comment < 0 ? owners : owners.slice(0, comment) }];
}

/**
 * A pattern with a slash before its end begins at the top, any other fits at any depth. What it names may be a folder, and then
 * all below it is meant; but for `docs/*`, which is what lies in the folder itself.
 */
function expressionOf(pattern: string): RegExp {
  const isFolder = pattern.endsWith('/');
  const inner = pattern.replace(/^\//, '').replace(/\/$/, '');
  const isFromTop = pattern.startsWith('/') || inner.includes('/');
  const below = isFolder ? '/.+' : pattern.endsWith('/*') ? '' : '(?:/.+)?';
  const body = inner.replaceAll(/\*\*\/|\/\*\*$|\*+|\?|\\.|[^*?\\]/g, (part) => wildcards[part] ?? literal(part));
  return new RegExp(`^${isFromTop ? '' : '(?:.+/)?'}${body}${below}$`);
}

const wildcards: Readonly<Record<string, string>> = {
  '**/': '(?:.+/)?',
  '/**': '/.+',
  '*': '[^/]*',
  '**': '.*',
  '?': '[^/]',
};

const literal = (part: string): string => part.replace(/^\\/, '').replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
