/** A value of the file as one line, as YAML can have it: `{ user: ann, accounts: [prod, "111122223333"] }`. */
export function oneLine(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([key, member]) => `${oneLine(key)}: ${oneLine(member)}`).join(', ')} }`;
}

/** A text that needs no quotes, and that YAML would not take for a number. */
const plain =
  /^(?![\d.+]+$)(?!(?:true|false|null|~)$)[\p{L}\p{N}_.*/@+=%~](?:[\p{L}\p{N}_.*/@+=%~ -]|:(?! |$))*(?<! )$/u;
