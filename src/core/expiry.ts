import type { DocumentPath } from './kind.ts';

/** When something ends that the file asks for, and where it says so. */
export interface Expiry {
  /** A calendar date, or a time with its zone: `2027-01-31`, `2027-01-31T18:00:00+09:00`. */
  until: string;
  at: DocumentPath;
}

const day = 24 * 60 * 60 * 1000;
const date = /^\d{4}-\d{2}-\d{2}$/;
const time = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/;

/** True for a day that the calendar has, written `2027-01-31`. */
export function isCalendarDate(text: string): boolean {
  const found = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text);
}

/** What is wrong with a text that should say when something ends, as the end of a sentence; undefined where it is fine. */
export function expiryProblem(text: string): string | undefined {
  const [, of = text, , , , zone] = time.exec(text) ?? [];
  if (!(date.test(text) || time.test(text)) || !isCalendarDate(of)) {
    return 'is neither a calendar date such as 2027-01-31 nor a time such as 2027-01-31T18:00:00+09:00';
  }
  return of !== text && zone === undefined ? 'has no time zone: add Z for UTC, or an offset such as +09:00' : undefined;
}

/** The first millisecond at which it is over: of a date, the next day in UTC begins. */
export function endOf(until: string): number {
  return date.test(until) ? Date.parse(`${until}T00:00:00Z`) + day : Date.parse(until);
}

/** Of several, the one that is over last; undefined of none. */
export const lastOf = (untils: readonly string[]): string | undefined =>
  untils.toSorted((a, b) => endOf(b) - endOf(a))[0];

export function isOver(until: string, now: Date): boolean {
  return now.getTime() >= endOf(until);
}

/** `at the end of 2027-01-31 (UTC)`, `at 2027-01-31T18:00:00+09:00`. */
export const endText = (until: string): string => (date.test(until) ? `at the end of ${until} (UTC)` : `at ${until}`);
