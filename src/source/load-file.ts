import { resolve } from 'node:path';
import { listFoldersBeside, loadIdentityFile, readFilesBeside, type LoadedFile } from '../config/load.ts';
import { readStandardInput } from '../config/read-file.ts';
import { fileName } from '../core/file-name.ts';

/**
 * Loads and checks the file; what it includes and its policy files are read from its own folder only.
 * @param file its path, or `-` for the standard input, which stands for a file in this folder.
 */
export function loadFile(file: string): LoadedFile {
  if (file === '-') return loadStandardInput();
  const name = fileName(file);
  const loaded = loadIdentityFile(file, readFilesBeside(file), listFoldersBeside(file));
  return { ...loaded, ...(name !== undefined && { name }) };
}

/** As places call it; no file has this name. */
const standardInput = '<stdin>';

function loadStandardInput(): LoadedFile {
  const readBeside = readFilesBeside(standardInput);
  const main = resolve(standardInput);
  const read = (path: string): string => (path === main ? readStandardInput() : readBeside(path));
  return loadIdentityFile(standardInput, read, listFoldersBeside(standardInput));
}
