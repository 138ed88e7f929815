// A GitHub job obeys lines that a step prints: `::name key=value::text` at the beginning of a line, and in an older form
// `##[name key=value]text` anywhere in it.

/** Where an annotation is shown. */
export interface Annotation {
  level: 'error' | 'warning';
  title: string;
  message: string;
  place?: { file: string; line: number; column: number };
}

/** The command that shows a message in the run, and beside the line of a pull request's file. */
export function annotationCommand({ level, title, message, place }: Annotation): string {
  const properties = {
    ...(place && { file: place.file, line: String(place.line), col: String(place.column) }),
    title,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${level} ${list.join(',')}::${escapeData(message)}\n`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * A text that the job only shows. What would be a command is spelled with an escape that leaves a JSON document what it is:
 * there, only a text can hold it.
 */
export function withoutCommands(text: string): string {
  return text
    .replaceAll('##[', String.raw`#\u0023[`)
    .replaceAll(/^((?:[^\S\r\n]|\u0085)*):(?=:)/gm, String.raw`$1\u003a`);
}
