import { randomBytes, randomInt } from 'node:crypto';

/** Opaque and not to be guessed: a token, a code. */
export function secret(): string {
  return randomBytes(32).toString('base64url');
}

// Consonants, so that no word comes out (RFC 8628, 6.1).
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

/** What a person compares with the terminal, or types: `BCDF-GHJK`. */
export function userCode(): string {
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A user code as a person types it; whatever is no code stays none. */
export function readUserCode(typed: string): string {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
