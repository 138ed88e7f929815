import { createHash } from 'node:crypto';
import { writeStableJson } from './stable-json.ts';

const bufferSize = 65_536;

/** `sha256:` and the hash of a value's stable JSON, which is never whole in memory: of a snapshot it can be 200 MB. */
export function digestOfJson(value: unknown): string {
  const hash = createHash('sha256');
  let text = '';
  writeStableJson(value, (piece) => {
    text += piece;
    if (text.length < bufferSize) return;
    hash.update(text);
    text = '';
  });
  return `sha256:${hash.update(text).digest('hex')}`;
}
