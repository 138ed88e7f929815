import { countOf } from './words.ts';

const day = 24 * 60 * 60 * 1000;

/** How long ago a snapshot was taken, in milliseconds; clocks that disagree make it no younger than new. */
const ageIn = (takenAt: string, now: Date): number => Math.max(0, now.getTime() - Date.parse(takenAt));

/** True where more than a day has gone by: a snapshot is meant to be taken every night. */
export const isOld = (takenAt: string, now: Date): boolean => ageIn(takenAt, now) > day;

/** `a snapshot of 2026-06-15 03:00 UTC, 9 hours old`; without a `now`, only when it was taken. */
export function describeSnapshot(takenAt: string, now?: Date): string {
  // By way of a date, so that it is nothing but digits and signs of ours, whoever wrote the text.
  const time = `a snapshot of ${new Date(takenAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return now === undefined ? time : `${time}, ${ageWords(ageIn(takenAt, now))} old`;
}

/** In whole units, rounded down. */
function ageWords(age: number): string {
  const minutes = Math.floor(age / 60_000);
  if (minutes < 120) return countOf(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? countOf(hours, 'hour') : countOf(Math.floor(hours / 24), 'day');
}
