/** Words as Python's `shlex.split` finds them, which botocore uses on headers; undefined where a quote stays open. */
export function splitShellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\' && quote !== "'") {
      const next = text[index + 1];
      if (next === undefined) return undefined;
      // Between quotes, it only stands before a quote or itself.
      word = (word ?? '') + (quote === undefined || next === quote || next === '\\' ? next : `\\${next}`);
      index += 1;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (' \t\r\n'.includes(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
