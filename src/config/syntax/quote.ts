import { sanitize } from '../../core/sanitize.ts';

const longest = 80;

/** A name or a value inside a message. */
export function quote(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `"${sanitize(shown)}"`;
}
