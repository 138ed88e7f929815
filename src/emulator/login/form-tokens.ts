import { createKept } from './kept.ts';
import { secret } from './secrets.ts';

const lifetimeMs = 10 * 60 * 1000;

/** A token in each form that changes something: good once, and for what the page was about. Other sites can't read it. */
export interface FormTokens {
  give(subject: string): string;
  take(token: string, subject: string): boolean;
}

export function createFormTokens(now: () => number): FormTokens {
  const given = createKept<{ expiresAt: number; subject: string }>(now);
  return {
    give(subject) {
      const token = secret();
      given.put(token, { subject, expiresAt: now() + lifetimeMs });
      return token;
    },
    take(token, subject) {
      const found = given.get(token);
      given.delete(token);
      return found?.subject === subject && found.expiresAt > now();
    },
  };
}
