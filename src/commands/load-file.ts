import { listFoldersBeside, loadIdentityFile, readFilesBeside, type LoadedFile } from '../config/load.ts';

/** Loads and checks the file; what it includes and its policy files are read from its own folder only. */
export function loadFile(file: string): LoadedFile {
  return loadIdentityFile(file, readFilesBeside(file), listFoldersBeside(file));
}
