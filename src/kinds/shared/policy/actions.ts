/**
 * True where the pattern of a policy (`*` is any text, `?` any character; case is no matter) takes in the action. By hand
 * rather than as a regular expression: a pattern full of wildcards would keep that busy without end.
 */
export function matchesAction(pattern: string, action: string): boolean {
  const [glob, text] = [pattern.toLowerCase(), action.toLowerCase()];
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

/**
 * True where the text surely takes in every action: `*`, or `*:*`; a row of `*` is one. What asks for a character (`?*`)
 * is not taken for it, since guards build on this.
 */
export const isEveryAction = (pattern: string): boolean => /^\*+(:\*+)?$/.test(pattern);
