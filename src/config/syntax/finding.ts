import type { Diagnostic } from '../../core/errors.ts';
import { frameOf } from './frame.ts';
import { placeOf, type Span } from './source.ts';

/** Every code that a diagnostic can have besides those of the sections, with what it says, for the README. */
export const diagnosticCodes = {
  syntax: 'The file is not YAML, or holds more than one document.',
  'too-deep': 'Lists and maps stand inside each other deeper than any identity file needs.',
  'alias-bomb': 'Aliases make the file grow without bounds.',
  'recursive-alias': 'An alias stands inside what it refers to.',
  'unknown-alias': 'An alias (`*name`) has no anchor (`&name`) before it; a text that begins with * needs quotes.',
  'unknown-tag': 'A YAML tag such as `!Ref`, which means nothing here.',
  'empty-file': 'The file says nothing.',
  'bad-key': 'A key is empty, or is itself a list or a map.',
  'bad-merge': '`<<` merges something other than a map.',
  'duplicate-key': 'The same key stands twice in one map.',
  'reserved-name': '`__proto__` as a name.',
  'unknown-key': 'A key that this place does not have.',
  'missing-key': 'A key that this place must have.',
  'wrong-type': 'A text, a number, a list or a map stands where another of them is expected.',
  'unquoted-account-id': 'An account id without quotes, which YAML reads as a number.',
  'bad-value': 'A value that the service, or this file format, does not take.',
  'bad-name': 'A name that the service does not take.',
  'external-directory': "Something about a user or a group that is the identity provider's to say.",
  'similar-names': 'Two names that differ by case or by Unicode normalisation alone.',
  'previously-declared': '`previously` names something that the file still declares.',
  'previously-claimed': 'Two entries give the same `previously`.',
  'previously-itself': '`previously` gives the name that the entry has now.',
  'duplicate-account-id': 'Two names for one account id.',
  'include-outside': "An included file outside the identity file's folder.",
  'include-unreadable':
    'An included file, or a folder for a pattern, that is missing or cannot be read; or more than a thousand.',
  'include-matches-nothing': 'A pattern under `include` that matches no file.',
  'include-twice': 'A file that is included twice, or includes itself.',
  'not-in-included-file': 'A section that only the root file may have.',
  'defined-twice': 'Two files define the same group or permission set.',
  'outside-scope': 'An included file defines or grants what its `scope` does not allow.',
  'policy-file-outside': "A policy file outside the identity file's folder.",
  'policy-file-unreadable': 'A policy file that is missing or cannot be read.',
  'policy-file-syntax': 'A policy file that is not JSON.',
  'text-file-outside': "The file of a text is outside the identity file's folder.",
  'text-file-unreadable': 'The file of a text is missing or cannot be read.',
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;

/** A diagnostic before its place has been worked out. */
export interface Finding {
  /** One of the codes above, of a section's checks, or `unknown-` and what is referred to. */
  code: string;
  message: string;
  span: Span;
}

export type Report = (code: DiagnosticCode, span: Span, message: string) => void;

/** In the order of the file, each once: what an anchor gets wrong is found again wherever it is used. */
export function diagnosticsOf(
  findings: readonly Finding[],
  main: string,
  severity: Diagnostic['severity'],
): Diagnostic[] {
  const seen = new Set<string>();
  const unique = findings.filter(({ code, message, span }) => {
    const key = `${span.source.file}\0${span.start}\0${code}\0${message}`;
    return !seen.has(key) && seen.add(key);
  });
  // The identity file comes first, then the policy files by name.
  const rank = ({ file }: Span['source']): string => (file === main ? '' : file);
  const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return unique
    .sort((a, b) => compare(rank(a.span.source), rank(b.span.source)) || a.span.start - b.span.start)
    .map(({ code, message, span }) => ({ code, message, place: placeOf(span), frame: frameOf(span), severity }));
}
