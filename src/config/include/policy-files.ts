import { dirname, isAbsolute, join, resolve, win32 } from 'node:path';
import { ReportedError } from '../../core/errors.ts';
import type { Section } from '../../core/section.ts';
import type { Report } from '../syntax/finding.ts';
import { jsonTree } from '../syntax/json-tree.ts';
import { checkText, isInside, type ReadFile, whyUnreadable } from '../read-file.ts';
import { quote } from '../syntax/quote.ts';
import { createSource, type Source } from '../syntax/source.ts';
import { get, type MapTree, type ScalarTree, select, textOf, type Tree } from '../syntax/tree.ts';

/** Puts the content of policy files where `{ file: … }` stands, so that all later checks see one document. */
export function includePolicyFiles(
  root: Tree,
  sections: readonly Section[],
  identity: Source,
  readFile: ReadFile,
  report: Report,
): Source[] {
  const sources: Source[] = [];
  const known = new Map<string, Tree | undefined>();
  const folder = dirname(resolve(identity.file));

  for (const { entry, key: member } of placesOf(root, sections)) {
    const policy = get(entry, member);
    const file = get(policy, 'file');
    const name = textOf(file);
    // With other keys beside it, or as something other than text, it is the schema's to complain.
    if (name === undefined || name === '' || policy?.kind !== 'map' || policy.entries.size > 1) continue;
    // Relative to the file that it stands in, which may be an included one.
    const base = dirname((file as ScalarTree).span.source.file);
    const path = resolve(base, name);
    const key = isAbsolute(name) ? name : path;
    const tree = known.has(key) ? known.get(key) : read(name, base, file as ScalarTree);
    known.set(key, tree);
    const before = entry.entries.get(member);
    if (tree && before) entry.entries.set(member, { key: before.key, value: tree });
  }
  return sources;

  function read(name: string, base: string, at: ScalarTree): Tree | undefined {
    const path = resolve(base, name);
    if (isAbsolute(name) || win32.isAbsolute(name) || !isInside(folder, path)) {
      const rule =
        'a policy file is named relative to the file that names it, and must be inside the folder of the identity file';
      report('policy-file-outside', at.span, `${quote(name)} leads outside; ${rule}.`);
      return undefined;
    }
    let text: string;
    try {
      text = checkText(readFile(path));
    } catch (error) {
      const outside = error instanceof ReportedError && error.code === 'file-outside';
      report(
        outside ? 'policy-file-outside' : 'policy-file-unreadable',
        at.span,
        `${quote(name)} ${whyUnreadable(error)}.`,
      );
      return undefined;
    }
    const source = createSource(join(base, name), text);
    sources.push(source);
    return jsonTree(source, report);
  }
}

/** The maps that may have a document under a key. */
function* placesOf(root: Tree, sections: readonly Section[]): Generator<{ entry: MapTree; key: string }> {
  for (const { name, documents = [] } of sections) {
    for (const path of documents) {
      const key = path.at(-1) ?? '';
      for (const { tree } of select(root, [name, ...path.slice(0, -1)])) {
        if (tree.kind === 'map') yield { entry: tree, key };
      }
    }
  }
}
