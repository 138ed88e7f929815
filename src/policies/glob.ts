/**
 * True where the pattern of a policy takes in the whole text: `*` is any text, `?` any character. By hand rather than as a
 * regular expression: a pattern full of wildcards would keep that busy without end.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let position = 0;
  // The last `*`, and where in the text what follows it was tried: to be tried one further on.
  let star = -1;
  let tried = 0;
  while (position < text.length) {
    if (glob[at] === '*') {
      star = at++;
      tried = position;
    } else if (glob[at] === '?' || glob[at] === text[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++tried;
    } else {
      return false;
    }
  }
  return /^\**$/.test(glob.slice(at));
}
