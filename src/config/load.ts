import { resolve } from 'node:path';
import { ConfigError, type Diagnostic, ReportedError } from '../core/errors.ts';
import { declarationFindings } from './checks/declarations.ts';
import { type FileFormat, type IdentityDocument, identityFormat } from './schema/document.ts';
import { explainExternalKeys, isExternal } from './schema/external-directory.ts';
import { diagnosticsOf, type Finding, type Report } from './syntax/finding.ts';
import { createPlaces, type Places } from './syntax/places.ts';
import { type IncludedFile, readIncludes } from './include/includes.ts';
import { includeNamedFiles } from './include/named-files.ts';
import { checkText, type ListFolder, limitTogether, type ReadFile, whyUnreadable } from './read-file.ts';
import { referenceFindings } from './checks/references.ts';
import { scopeFindings } from './include/scopes.ts';
import { schemaFindings } from './schema/schema-issues.ts';
import { createSource, type Source } from './syntax/source.ts';
import { type MapTree, plain } from './syntax/tree.ts';
import { valueFindings } from './checks/values.ts';
import { parseYaml } from './syntax/yaml-syntax.ts';
import { yamlTree } from './syntax/yaml-tree.ts';

export { formatDiagnostic } from './syntax/format.ts';
export type { Places } from './syntax/places.ts';
export { listFoldersBeside, readFilesBeside, type ListFolder, type ReadFile } from './read-file.ts';

export interface LoadedFile<Document = IdentityDocument> {
  /** What tells it from the other files of its repository; absent for identity.yaml. */
  name?: string;
  document: Document;
  places: Places;
  warnings: Diagnostic[];
  /** The files that have been read into it. Absent: none, or it is not known any more. */
  includes?: readonly IncludedFile[];
}

/** For a file that includes none by a pattern. */
const nothing: ListFolder = () => [];

/**
 * Reads and checks the identity file. Throws a ConfigError with everything that is wrong with it at once, or a
 * ReportedError where it can't be read at all. `file` is shown in places as it is given here.
 */
export function loadIdentityFile(file: string, readFile: ReadFile, listFolder: ListFolder = nothing): LoadedFile {
  return loadFileOf(identityFormat, file, readFile, listFolder);
}

/** The same for a file of any format. */
export function loadFileOf<Document>(
  format: FileFormat<Document>,
  file: string,
  readFile: ReadFile,
  listFolder: ListFolder = nothing,
): LoadedFile<Document> {
  const { sections, accountIds } = format;
  const source = createSource(file, readIdentityFile(file, readFile));
  const findings: Finding[] = [];
  const report: Report = (code, span, message) => findings.push({ code, span, message });
  const stop = (): never => {
    throw new ConfigError(diagnosticsOf(findings, file, 'error'));
  };

  const readOther = limitTogether(readFile);
  const own = readTree(source, report) ?? stop();
  const {
    merged: root,
    included,
    sources,
    findings: keys,
  } = readIncludes({
    root: own,
    format,
    identity: source,
    files: { readFile: readOther, listFolder },
    report,
    readTree,
  });
  const namedSources = includeNamedFiles(root, format.namedFiles, source, readOther, report);
  const external = isExternal(root);
  const schema = external ? format.external() : format.document;
  const explainKeys = external ? explainExternalKeys(sections) : () => undefined;
  const { data: document, error } = schema.safeParse(plain(root));
  findings.push(
    ...keys,
    ...schemaFindings(root, schema, error?.issues ?? [], { explainKeys, accountIds }),
    ...referenceFindings(root, format, external),
    ...declarationFindings(root, sections),
    ...valueFindings(root, format.checked, 'error', external),
    ...scopeFindings(own, sections, included),
  );
  if (!document || findings.length > 0) return stop();

  return {
    document,
    places: createPlaces(root, [source, ...sources, ...namedSources]),
    includes: included.map(({ tree: _tree, ...file }) => file),
    warnings: diagnosticsOf(valueFindings(root, format.checked, 'warning', external), file, 'warning'),
  };
}

function readIdentityFile(file: string, readFile: ReadFile): string {
  try {
    return checkText(readFile(resolve(file)));
  } catch (error) {
    // What is wrong with a file that was found, the message says.
    const hint = error instanceof ReportedError ? undefined : 'Name the identity file with --file FILE.';
    throw new ReportedError('unreadable-file', `${file} ${whyUnreadable(error)}.`, hint);
  }
}

/** A key that begins with `x-` is the author's own: a place for what anchors repeat elsewhere. */
function withoutAnchors(tree: MapTree): MapTree {
  for (const key of tree.entries.keys()) if (key.startsWith('x-')) tree.entries.delete(key);
  return tree;
}

/** Undefined where the text is no YAML document with keys and values; that has then been reported. */
function readTree(source: Source, report: Report): MapTree | undefined {
  const parsed = parseYaml(source, report);
  const tree = parsed && yamlTree(parsed, source, report);
  if (!tree) return tree;
  if (tree.kind === 'map') return withoutAnchors(tree);
  const span = { source, start: tree.span.start, end: tree.span.end };
  if (tree.kind === 'scalar' && tree.value === null) {
    report('empty-file', { source, start: 0, end: 1 }, 'The file is empty; it begins with "version: 1".');
  } else {
    report(
      'wrong-type',
      span,
      `Expected keys and values such as "version: 1", but found ${tree.kind === 'list' ? 'a list' : 'a text'}.`,
    );
  }
  return undefined;
}
