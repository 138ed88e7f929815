import { existsSync, readdirSync } from 'node:fs';
import path, { resolve } from 'node:path';
import { listFoldersBeside, loadIdentityFile, readFilesBeside, type LoadedFile } from '../config/load.ts';
import { readStandardInput } from '../config/read-file.ts';
import { ReportedError } from '../core/errors.ts';
import { fileName } from '../core/file-name.ts';
import { createNearest } from '../core/nearest-name.ts';
import { shellWord } from '../core/words.ts';

/**
 * Loads and checks the file; what it includes and its policy files are read from its own folder only.
 * @param file its path, or `-` for the standard input, which stands for a file in this folder.
 */
export function loadFile(file: string): LoadedFile {
  if (file === '-') return loadStandardInput();
  if (!existsSync(file)) {
    throw new ReportedError('unreadable-file', `${file} does not exist.`, adviseFile(file));
  }
  const name = fileName(file);
  const loaded = loadIdentityFile(file, readFilesBeside(file), listFoldersBeside(file));
  return { ...loaded, ...(name !== undefined && { name }) };
}

/** Where the file may be that was meant: beside it under a similar name, or in a folder above. */
function adviseFile(file: string): string {
  const { dir, base } = path.parse(file);
  const near = createNearest(namesIn(dir).filter((name) => /\.(ya?ml|json)$/i.test(name)))(base);
  if (near !== undefined) return `Did you mean --file ${shellWord(path.join(dir, near))}?`;
  for (let folder = path.resolve(dir, '..'), from = path.resolve(dir); folder !== from;) {
    const above = path.join(folder, base);
    if (existsSync(above)) return `There is one in a folder above: --file ${shellWord(path.relative('', above))}`;
    [from, folder] = [folder, path.dirname(folder)];
  }
  return 'Name the identity file with --file FILE, or write one of what is live: idc import --out identity.yaml';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder === '' ? '.' : folder);
  } catch {
    return [];
  }
}

/** As places call it; no file has this name. */
const standardInput = '<stdin>';

function loadStandardInput(): LoadedFile {
  const readBeside = readFilesBeside(standardInput);
  const main = resolve(standardInput);
  const read = (path: string): string => (path === main ? readStandardInput() : readBeside(path));
  return loadIdentityFile(standardInput, read, listFoldersBeside(standardInput));
}
