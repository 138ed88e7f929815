// The service takes 1 to 12 hours and defaults to one (user guide: "Set session duration for AWS accounts").
const shortest = 3600;
const longest = 12 * 3600;

const short = /^(?:(\d{1,3})h)?(?:(\d{1,3})m)?$/;
const iso = /^PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})S)?$/;

/** How the file may say a session duration: `8h`, `90m`, `1h30m`, or ISO 8601 (`PT8H`). */
export const durationPattern = /^(?:(?=\d)(?:\d{1,3}h)?(?:\d{1,3}m)?|PT(?=\d)(?:\d{1,3}H)?(?:\d{1,4}M)?(?:\d{1,6}S)?)$/;

/** Seconds; undefined where the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const parts = (text === '' ? null : short.exec(text)) ?? iso.exec(text);
  if (!parts) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

export function isSessionDuration(text: string): boolean {
  const seconds = parseDuration(text);
  return seconds !== undefined && seconds >= shortest && seconds <= longest;
}

/** ISO 8601 in its shortest form, as it is sent and compared. A text that is no duration stays as it is. */
export function isoDuration(text: string): string {
  const total = parseDuration(text);
  if (total === undefined) return text;
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
}

/** As the file says it: `8h`, `1h30m`. */
export function shortDuration(text: string): string {
  return parseDuration(text) === undefined ? text : isoDuration(text).slice(2).toLowerCase();
}

/** `8h` for a number of hours, minutes or seconds, as other tools say it; only one of them can be meant. */
export function durationForm(value: unknown): string | undefined {
  const count = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : NaN;
  const seconds = [3600, 60, 1].map((unit) => count * unit).find((total) => total >= shortest && total <= longest);
  return seconds === undefined ? undefined : shortDuration(`PT${seconds}S`);
}
