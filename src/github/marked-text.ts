import { ReportedError } from '../core/errors.ts';
import { markerLine, markerWord } from '../core/marker.ts';

/** What GitHub takes in a comment or an issue, in characters. */
const longest = 65_536;

const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? '';

/** The marker in the first line, such as `<!-- idc:plan -->`, by which the text is found again. */
export function markerOf(body: string): string {
  const line = firstLine(body);
  if (markerWord(line) !== undefined) return line;
  throw new ReportedError(
    'no-marker',
    'The first line of the text is not a marker such as <!-- idc:plan -->, so the next run would not find the text.',
    'Take what `idc plan --format markdown` prints, as it is.',
  );
}

/** The same text behind another marker. */
export function withMarker(body: string, marker: string): string {
  return `${marker}${body.slice(markerOf(body).length)}`;
}

/** The same text as one about this file: undefined is identity.yaml. */
export function aboutFile(body: string, file: string | undefined): string {
  return withMarker(body, markerLine(markerWord(markerOf(body)) ?? '', file));
}

/** Throws before anything is sent. */
export function checkLength(body: string): void {
  if (body.length <= longest) return;
  throw new ReportedError(
    'text-too-long',
    `GitHub takes ${longest} characters, and the text has ${body.length}.`,
    '`idc plan --format markdown` keeps below that by itself; shorten what was added to it.',
  );
}

/** Anybody can write our marker; only the author's login, which GitHub gives out, says that a text is ours. */
export function isOurs(
  { body, user }: { body?: string | null | undefined; user?: { login: string; type: string } | null | undefined },
  marker: string,
  author: string,
): boolean {
  return firstLine(body ?? '') === marker && user?.login === author && user.type === 'Bot';
}

/** What to say where a text that was just written would not be taken for ours. */
export function notOurs(text: Parameters<typeof isOurs>[0], marker: string, author: string): string[] {
  if (isOurs(text, marker, author)) return [];
  const writer = text.user ? `${text.user.login} (${text.user.type})` : 'an unknown account';
  return [
    `It is by ${writer}, and not by ${author} (Bot), so the next run will write another one: name its author with --author.`,
  ];
}

/** GitHub may keep other line ends, and none at the end. */
export function isSameText(a: string | null | undefined, b: string): boolean {
  const plain = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(a ?? '') === plain(b);
}
