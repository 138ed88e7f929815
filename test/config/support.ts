import { join, resolve, sep } from 'node:path';
import { formatDiagnostic, loadIdentityFile, type LoadedFile } from '../../src/config/load.ts';
import { identityFormat } from '../../src/config/schema/document.ts';
import { diagnosticCodes } from '../../src/config/syntax/finding.ts';
import { ConfigError, type Diagnostic } from '../../src/core/errors.ts';

/** The policy files beside identity.yaml, by the name that the file gives them. */
export type Files = Record<string, string>;

/** Loads a text as identity.yaml, with other files beside it. */
export function load(text: string, files: Files = {}): LoadedFile {
  const contents = new Map(
    Object.entries({ ...files, 'identity.yaml': text }).map(([name, content]) => [resolve(name), content]),
  );
  const readFile = (path: string): string => {
    const content = contents.get(path);
    if (content === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return content;
  };
  return loadIdentityFile('identity.yaml', readFile, (folder) => {
    const below = [...contents.keys()].filter((path) => path.startsWith(`${folder}${sep}`));
    const names = new Set(below.map((path) => path.slice(folder.length + 1).split(sep)[0] ?? ''));
    return [...names].map((name) => ({ name, isFolder: !contents.has(join(folder, name)) }));
  });
}

/** Everything that is said of the text: its errors, or else its warnings. */
export function diagnose(text: string, files: Files = {}): readonly Diagnostic[] {
  try {
    return load(text, files).warnings;
  } catch (error) {
    if (error instanceof ConfigError) return error.diagnostics;
    throw error;
  }
}

const { sections, checked, references } = identityFormat;

/** Every code that a diagnostic of the loader can have. */
export const everyCode: string[] = [
  ...Object.keys(diagnosticCodes),
  ...checked.flatMap(({ checks = [], unique = [] }) => [...checks, ...unique].map(({ code }) => code)),
  ...sections.flatMap(({ declares }) => (references.some(({ to }) => to === declares) ? [`unknown-${declares}`] : [])),
];

export const codesOf = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);

/** `line:column code` of each. */
export const summarise = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, place }) => `${place?.line}:${place?.column} ${code}`);

export const explain = (text: string, files: Files = {}): string =>
  diagnose(text, files).map(formatDiagnostic).join('\n');

/** A user of whom nothing is to be said. */
/** Whose e-mail address no one else has. */
export const personNamed = (name: string): string =>
  `{ givenName: Given, familyName: Family, email: ${name}@example.com }`;

export const person = personNamed('someone');
