import { dirname, isAbsolute, join, resolve, win32 } from 'node:path';
import { ReportedError } from '../../core/errors.ts';
import type { NamedFiles } from '../schema/document.ts';
import type { DiagnosticCode, Report } from '../syntax/finding.ts';
import { jsonTree } from '../syntax/json-tree.ts';
import { checkText, isInside, type ReadFile, whyUnreadable } from '../read-file.ts';
import { quote } from '../syntax/quote.ts';
import { createSource, type Source } from '../syntax/source.ts';
import { get, type MapTree, scalarTree, type ScalarTree, select, textOf, type Tree } from '../syntax/tree.ts';

interface Form {
  what: string;
  outside: DiagnosticCode;
  unreadable: DiagnosticCode;
  /** Undefined where the content is not of this form; that has then been reported. */
  treeOf(source: Source, report: Report): Tree | undefined;
}

const forms = {
  policy: {
    what: 'a policy file',
    outside: 'policy-file-outside',
    unreadable: 'policy-file-unreadable',
    treeOf: jsonTree,
  },
  text: {
    what: 'a text file',
    outside: 'text-file-outside',
    unreadable: 'text-file-unreadable',
    treeOf(source) {
      const text = source.text.replaceAll('\r\n', '\n');
      return scalarTree({ source, start: 0, end: source.text.length }, text, text);
    },
  },
} satisfies Record<NamedFiles['holds'], Form>;

/** Puts the content of files where `{ file: … }` stands, so that all later checks see one document. */
export function includeNamedFiles(
  root: Tree,
  named: readonly NamedFiles[],
  identity: Source,
  readFile: ReadFile,
  report: Report,
): Source[] {
  const sources: Source[] = [];
  const known = new Map<string, Tree | undefined>();
  const folder = dirname(resolve(identity.file));

  for (const { entry, key: member, holds } of placesOf(root, named)) {
    const content = get(entry, member);
    const file = get(content, 'file');
    const name = textOf(file);
    // With other keys beside it, or as something other than text, it is the schema's to complain.
    if (name === undefined || name === '' || content?.kind !== 'map' || content.entries.size > 1) continue;
    // Relative to the file that it stands in, which may be an included one.
    const base = dirname((file as ScalarTree).span.source.file);
    const path = resolve(base, name);
    const key = `${holds}:${isAbsolute(name) ? name : path}`;
    const tree = known.has(key) ? known.get(key) : read(name, base, file as ScalarTree, forms[holds]);
    known.set(key, tree);
    const before = entry.entries.get(member);
    if (tree && before) entry.entries.set(member, { key: before.key, value: tree });
  }
  return sources;

  function read(name: string, base: string, at: ScalarTree, { what, ...form }: Form): Tree | undefined {
    const path = resolve(base, name);
    if (isAbsolute(name) || win32.isAbsolute(name) || !isInside(folder, path)) {
      const rule = `${what} is named relative to the file that names it, and must be inside the folder of the identity file`;
      report(form.outside, at.span, `${quote(name)} leads outside; ${rule}.`);
      return undefined;
    }
    let text: string;
    try {
      text = checkText(readFile(path));
    } catch (error) {
      const outside = error instanceof ReportedError && error.code === 'file-outside';
      report(outside ? form.outside : form.unreadable, at.span, `${quote(name)} ${whyUnreadable(error)}.`);
      return undefined;
    }
    const source = createSource(join(base, name), text);
    sources.push(source);
    return form.treeOf(source, report);
  }
}

/** The maps that may have such content under a key. */
function* placesOf(
  root: Tree,
  named: readonly NamedFiles[],
): Generator<{ entry: MapTree; key: string; holds: NamedFiles['holds'] }> {
  for (const { at, holds } of named) {
    for (const { tree } of select(root, at.slice(0, -1))) {
      if (tree.kind === 'map') yield { entry: tree, key: at.at(-1) ?? '', holds };
    }
  }
}
