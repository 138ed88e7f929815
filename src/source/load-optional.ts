import { existsSync } from 'node:fs';
import { identityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import { loadFile } from './load-file.ts';

/** The file where it is there, or was asked for; undefined where neither holds. */
export function loadOptional(asked: string | undefined, file: string): LoadedFile | undefined {
  return asked === undefined && !existsSync(file) ? undefined : loadFile(file);
}

/** A file that says nothing. */
export const emptyFile = (): LoadedFile => ({
  document: identityDocument.parse({ version: 1 }),
  places: { of: () => undefined, frame: () => undefined },
  warnings: [],
});
