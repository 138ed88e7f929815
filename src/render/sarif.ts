import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../core/errors.ts';
import { sanitize, sanitizeJson } from '../core/sanitize.ts';

/** Why a file could not be checked at all. */
interface Failure {
  code: string;
  message: string;
}

export interface SarifOptions {
  /** Of idc. */
  version: string;
  /** What the codes mean, as far as there is a sentence of it. */
  meanings: Readonly<Record<string, string>>;
  /** The diagnostics are not all: the file could not be read. */
  failure?: Failure;
}

/**
 * Diagnostics as a log of SARIF 2.1.0, for GitHub code scanning and its like. Files are given by their path from the working
 * directory, which is the root of the repository there; columns count UTF-16 code units, as in a `Place`.
 */
export function renderSarif(diagnostics: readonly Diagnostic[], { version, meanings, failure }: SarifOptions): string {
  const ids = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const run = {
    tool: {
      driver: {
        name: 'idc',
        semanticVersion: version,
        rules: ids.map((id) => {
          const text = meanings[id] ?? `${id.replaceAll('-', ' ')}: see docs/codes.md of idc.`;
          return { id, shortDescription: { text }, fullDescription: { text }, help: { text } };
        }),
      },
    },
    invocations: [
      {
        executionSuccessful: failure === undefined,
        ...(failure && {
          toolExecutionNotifications: [
            { level: 'error', message: { text: sanitize(failure.message) }, descriptor: { id: failure.code } },
          ],
        }),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: diagnostics.map(({ code, message, place, severity }) => ({
      ruleId: code,
      ruleIndex: ids.indexOf(code),
      level: severity,
      message: { text: sanitize(message) },
      ...(place && {
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: uriOf(place.file) },
              region: { startLine: place.line, startColumn: place.column },
            },
          },
        ],
      }),
    })),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${sanitizeJson(JSON.stringify(log, null, 2))}\n`;
}

/** A reference from the working directory; absolute for a file that is not below it. */
function uriOf(file: string): string {
  const below = path.relative('', file);
  if (path.isAbsolute(below) || below.split(path.sep)[0] === '..') return pathToFileURL(file).href;
  return below.split(path.sep).map(encodeURIComponent).join('/');
}
