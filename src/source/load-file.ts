import { listFoldersBeside, loadIdentityFile, readFilesBeside, type LoadedFile } from '../config/load.ts';
import { fileName } from '../core/file-name.ts';

/** Loads and checks the file; what it includes and its policy files are read from its own folder only. */
export function loadFile(file: string): LoadedFile {
  const name = fileName(file);
  const loaded = loadIdentityFile(file, readFilesBeside(file), listFoldersBeside(file));
  return { ...loaded, ...(name !== undefined && { name }) };
}
