import { createHash } from 'node:crypto';
import { fillTemplate, type Answers } from './templates.ts';

/** Raised with every change of a template: `npm run templates` insists on it. */
export const templatesVersion = 9;

const line = /idc templates (\d+) ([0-9a-f]{12})/;

/**
 * The file that a template makes, with its version line: the number of the templates, and a hash of the rest as it is written,
 * by which it is seen whether it has been edited since. Undefined where an answer is missing.
 */
export function writeFromTemplate(template: string, answers: Partial<Answers>): string | undefined {
  const blank = '0'.repeat(12);
  const filled = fillTemplate(template, { ...answers, templates: `${templatesVersion} ${blank}` });
  return filled?.replace(line, (found) => found.replace(blank, digestOf(filled)));
}

/** What stands at a file's path, beside what the template of now makes. */
export type Standing =
  /** Nothing. */
  | 'missing'
  /** The same, or the same template with edits of the team: there is nothing new for it. */
  | 'current'
  /** Of another version of the template or for other answers, and as idc wrote it. */
  | 'outdated'
  /** Of another version or for other answers, and edited since. */
  | 'edited'
  /** Not written by idc. */
  | 'foreign';

/** The number of the templates that a file was written from; undefined where idc has not written it. */
export function versionOf(text: string): number | undefined {
  const [, version] = line.exec(text) ?? [];
  return version === undefined ? undefined : Number(version);
}

export function compareWithTemplate(there: string | undefined, made: string): Standing {
  if (there === undefined) return 'missing';
  if (unix(there) === made) return 'current';
  const [, , written] = line.exec(there) ?? [];
  if (written === undefined) return 'foreign';
  if (written === digestOf(made)) return 'current';
  return written === digestOf(there) ? 'outdated' : 'edited';
}

/** Of all but the version line's own values, and the actions' versions, which a dependency bot raises. */
function digestOf(text: string): string {
  const own = unix(text)
    .replace(line, 'idc templates')
    .replaceAll(/@[0-9a-f]{40} # v[\d.]+/g, '@');
  return createHash('sha256').update(own).digest('hex').slice(0, 12);
}

/** Git may give other line ends to a checkout. */
const unix = (text: string): string => text.replaceAll('\r\n', '\n');
