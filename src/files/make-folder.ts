import { mkdirSync } from 'node:fs';
import { ReportedError } from '../core/errors.ts';

/** How a folder that can't be made is reported: the code, and what it can't be (`can't be made`). */
export interface FolderFault {
  code: 'unwritable-file' | 'unwritable-folder';
  fault: string;
}

/** Makes a folder and those above it that are missing. Errors: a `ReportedError` as described. */
export function makeFolder(folder: string, { code, fault }: FolderFault, mode?: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode });
  } catch (error) {
    throw new ReportedError(code, `${folder} ${fault}: ${(error as Error).message}`);
  }
}
