import { resolve } from 'node:path';
import { type Node, parseDocument } from 'yaml';
import type { DocumentPath } from '../../core/kind.ts';
import { groupBy } from '../../core/group-by.ts';
import { stableJson } from '../../core/stable-json.ts';
import { loadIdentityFile, type LoadedFile } from '../load.ts';
import type { ReadFiles } from '../read-file.ts';
import { type Member, nodeAt, setMember } from './set-member.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

/** A file with another text. */
export interface EditedFile {
  /** As messages name it. */
  file: string;
  before: string;
  after: string;
}

export interface EntryEdits {
  files: EditedFile[];
  /** The entries that say it then. */
  done: DocumentPath[];
  /** Those that can't be made to say it and nothing else: what is written for them stands for other places of the file too. */
  left: DocumentPath[];
}

/** An edit for one entry. */
interface Planned {
  path: DocumentPath;
  file: string;
  edit: TextEdit;
}

/**
 * Gives entries of the file and of what it includes a member each, and leaves every other byte as it is. What comes out is
 * loaded again: an edit by which the document says anything else is not made. Writes nothing.
 * @param file the identity file, as it was loaded
 * @param paths of entries, in the document of all files
 * @param files reads those that were loaded
 */
export function editEntries(
  file: string,
  loaded: LoadedFile,
  paths: readonly DocumentPath[],
  member: Member,
  files: ReadFiles,
): EntryEdits {
  const texts = new Map<string, OpenFile>();
  const open = (name: string): OpenFile => {
    const known = texts.get(name) ?? openFile(name, files);
    texts.set(name, known);
    return known;
  };
  const planned: Planned[] = [];
  const left: DocumentPath[] = [];
  for (const path of paths) {
    const place = placeIn(file, loaded, path);
    const { root, text } = open(place.file);
    const node = nodeAt(root, place.path);
    const edit = node && setMember(text, node, member);
    if (edit) planned.push({ path, file: place.file, edit });
    else left.push(path);
  }
  const sound = findSound(planned);
  const kept = new Set(sound);
  return {
    files: [...groupBy(sound, (one) => one.file)].map(([name, edits]) => {
      const { raw } = open(name);
      return { file: name, before: raw, after: edited(name, edits) };
    }),
    done: sound.map(({ path }) => path),
    left: [...left, ...planned.filter((one) => !kept.has(one)).map(({ path }) => path)],
  };

  /** All where they do what they should; else the good ones of each half. */
  function findSound(edits: Planned[]): Planned[] {
    if (edits.length === 0 || isSound(edits)) return edits;
    if (edits.length === 1) return [];
    const middle = edits.length >> 1;
    const halves = [...findSound(edits.slice(0, middle)), ...findSound(edits.slice(middle))];
    return isSound(halves) ? halves : [];
  }

  function isSound(edits: readonly Planned[]): boolean {
    const byFile = groupBy(edits, (one) => resolve(one.file));
    const readFile = (path: string): string => {
      const own = byFile.get(path);
      return own?.[0] ? edited(own[0].file, own) : files.readFile(path);
    };
    try {
      const { document } = loadIdentityFile(file, readFile, files.listFolder);
      const expected = structuredClone(loaded.document);
      for (const { path } of edits) withMember(expected, path, member);
      return stableJson(document) === stableJson(expected);
    } catch {
      return false;
    }
  }

  function edited(name: string, edits: readonly Planned[]): string {
    const { mark, text } = open(name);
    return (
      mark +
      applyEdits(
        text,
        edits.map(({ edit }) => edit),
      )
    );
  }
}

interface OpenFile {
  raw: string;
  /** The byte order mark, where it begins with one. */
  mark: string;
  text: string;
  root: Node | null;
}

function openFile(name: string, { readFile }: ReadFiles): OpenFile {
  const raw = readFile(resolve(name));
  const text = raw.replace(/^\uFEFF/, '');
  const { contents } = parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: true });
  return { raw, mark: raw.slice(0, raw.length - text.length), text, root: contents };
}

/** In which file an entry stands, and where in it: the lists of included files follow one another. */
function placeIn(
  identity: string,
  { places, includes = [] }: LoadedFile,
  [section = '', name = '', ...rest]: DocumentPath,
): { file: string; path: DocumentPath } {
  const file = places.of([section, name])?.file ?? identity;
  const from = includes.find((one) => one.file === file)?.items[String(section)]?.[0] ?? 0;
  return { file, path: [section, typeof name === 'number' ? name - from : name, ...rest] };
}

/** The document with the member in one entry. */
function withMember(document: object, path: DocumentPath, { key, value, shortFor }: Member): void {
  let above = document as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) above = above[step] as typeof above;
  const last = path.at(-1) ?? '';
  const entry = above[last] as string | object;
  above[last] = { ...(typeof entry === 'string' ? { [shortFor]: entry } : entry), [key]: value };
}
