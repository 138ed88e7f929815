/**
 * The first line of a text on GitHub, by which it is found again to be updated: `<!-- idc:plan -->`, or
 * `<!-- idc:plan:prod.yaml -->` where it is about another file than identity.yaml.
 */
export function markerLine(word: string, file?: string): string {
  const of = file === undefined ? '' : `:${file.split('/').map(encodeURIComponent).join('/')}`;
  return `<!-- idc:${word}${of} -->`;
}

/** The word of a marker; undefined for any other line. */
export const markerWord = (line: string): string | undefined =>
  /^<!-- idc:([a-z][a-z0-9-]*)(?::[\w.!~*'()%/-]+)? -->$/.exec(line)?.[1];
