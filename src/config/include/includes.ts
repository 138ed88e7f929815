import { dirname, join, posix, resolve } from 'node:path';
import type { DocumentPath } from '../../core/kind.ts';
import type { Section } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { ReportedError } from '../../core/errors.ts';
import type { Finding, Report } from '../syntax/finding.ts';
import { expandPath, isPathBelow } from './include-paths.ts';
import type { FileFormat } from '../schema/document.ts';
import { checkText, type ReadFiles, whyUnreadable } from '../read-file.ts';
import { type ExplainKeys, schemaFindings } from '../schema/schema-issues.ts';
import { createMerge, type Slices } from './merge-sections.ts';
import { quote } from '../syntax/quote.ts';
import { listOf } from '../../core/words.ts';
import { createSource, placeOf, type Source, type Span } from '../syntax/source.ts';
import { get, type MapTree, plain, select, textOf, type Tree } from '../syntax/tree.ts';

/** A file that has been read into another. */
export interface IncludedFile {
  /** As messages name it. */
  file: string;
  /** Its entry in `include`. */
  entry: number;
  /** Its items of lists, among those of all. */
  items: Slices;
}

/** An included file, and what it says. */
export interface IncludedTree extends IncludedFile {
  tree: MapTree;
}

interface Input {
  root: MapTree;
  format: Pick<FileFormat<unknown>, 'sections' | 'document' | 'accountIds'>;
  identity: Source;
  files: ReadFiles;
  report: Report;
  readTree(source: Source, report: Report): Tree | undefined;
}

const mostFiles = 1000;
/** Of what aliases add, in all files together. */
const mostAliased = 1_000_000;

/** What may stand in an included file; its sections are checked where they have been put together. */
const includedSchema = (mergeable: readonly Section[]) =>
  z.strictObject({
    version: z.optional(z.literal(1)),
    ...Object.fromEntries(mergeable.map(({ name }) => [name, z.optional(z.unknown())])),
  });

/** Reads the files that the root file includes. What is wrong with one of them is reported at its own place. */
export function readIncludes({ root, format, identity, files, report, readTree }: Input): {
  merged: MapTree;
  included: IncludedTree[];
  sources: Source[];
  findings: Finding[];
} {
  const folder = dirname(resolve(identity.file));
  const known = new Map<string, Span>();
  const sources: Source[] = [];
  const findings: Finding[] = [];
  const includedTrees: IncludedTree[] = [];
  const mergeable = format.sections.filter((section) => section.mergeable);
  const schema = includedSchema(mergeable);
  const merging = createMerge(root, mergeable, report);
  let aliased = 0;

  for (const { tree: item, path } of select(root, ['include', '*'])) {
    const name = item.kind === 'map' ? get(item, 'file') : item;
    const pattern = textOf(name);
    // Something other than text is the schema's to complain of.
    if (!name || pattern === undefined || pattern === '') continue;
    for (const file of filesOf(pattern, name.span)) {
      const tree = readOne(file, name.span);
      if (tree) {
        includedTrees.push({ file: tree.span.source.file, entry: Number(path[1]), items: merging.add(tree), tree });
      }
    }
  }
  return { merged: merging.result(), included: includedTrees, sources, findings };

  function filesOf(pattern: string, at: Span): string[] {
    if (!isPathBelow(pattern)) {
      const rule = 'a file is included by its path from this one, with forward slashes, and stays inside its folder';
      report('include-outside', at, `${quote(pattern)} leads outside; ${rule}.`);
      return [];
    }
    try {
      const found = expandPath(pattern, folder, files.listFolder);
      if (found.length === 0) report('include-matches-nothing', at, `${quote(pattern)} matches no file.`);
      return found;
    } catch (error) {
      complain(`The folder that ${quote(pattern)} names`, at, error);
      return [];
    }
  }

  function readOne(file: string, at: Span): MapTree | undefined {
    if (file === posix.basename(identity.file.replaceAll('\\', '/'))) {
      report('include-twice', at, `${quote(file)} is the file that includes.`);
      return undefined;
    }
    const before = known.get(file);
    if (before) {
      const { line, column } = placeOf(before);
      report('include-twice', at, `${quote(file)} is included already, at ${line}:${column}.`);
      return undefined;
    }
    known.set(file, at);
    if (known.size > mostFiles) {
      if (known.size === mostFiles + 1) report('include-unreadable', at, `More than ${mostFiles} files are included.`);
      return undefined;
    }
    let source: Source;
    try {
      source = createSource(join(dirname(identity.file), file), checkText(files.readFile(join(folder, file))));
    } catch (error) {
      complain(quote(file), at, error);
      return undefined;
    }
    sources.push(source);
    const tree = readTree(source, report);
    if (tree?.kind !== 'map') return undefined;
    aliased += Math.max(0, tree.size - source.text.length);
    if (aliased > mostAliased) {
      report('alias-bomb', tree.span, 'With the aliases of this file the files grow to more than a million values.');
      return undefined;
    }
    const { error } = schema.safeParse(plain(tree));
    const { accountIds } = format;
    findings.push(...schemaFindings(tree, schema, error?.issues ?? [], { explainKeys, accountIds }));
    return tree;
  }

  function explainKeys(_path: DocumentPath, keys: readonly string[]): ReturnType<ExplainKeys> {
    const own = keys.filter((key) => Object.hasOwn(format.document.shape, key));
    const names = listOf(mergeable.map(({ name }) => name));
    const message = `An included file has ${names}, and nothing else; ${listOf(own.map(quote))} ${own.length === 1 ? 'is' : 'are'} said in the file that includes it.`;
    return own.length === 0 ? undefined : { code: 'not-in-included-file', keys: own, message };
  }

  function complain(what: string, at: Span, error: unknown): void {
    const outside = error instanceof ReportedError && error.code === 'file-outside';
    report(outside ? 'include-outside' : 'include-unreadable', at, `${what} ${whyUnreadable(error)}.`);
  }
}
