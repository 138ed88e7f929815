import { loadIdentityFile, readFilesBeside, type LoadedFile } from '../config/load.ts';

/** Loads and checks the file; policy files are read from its own folder only. */
export function loadFile(file: string): LoadedFile {
  return loadIdentityFile(file, readFilesBeside(file));
}
