import { fold, isPerson, subjectKey, type Subject } from '../../core/address.ts';
import type { Section } from '../../core/section.ts';
import { accountId } from '../schema/accounts-section.ts';
import type { Finding, Report } from '../syntax/finding.ts';
import { quote } from '../syntax/quote.ts';
import type { Span } from '../syntax/source.ts';
import { get, select, textOf, type Tree } from '../syntax/tree.ts';
import { position } from './position.ts';

/** What each entry may be right about alone, and is wrong about beside the others. */
export function declarationFindings(root: Tree, sections: readonly Section[]): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (code, span, message) => findings.push({ code, span, message });
  for (const { name, declares } of sections) {
    if (declares === undefined) continue;
    checkSimilarNames(root, name, report);
    checkPreviousNames(root, name, declares, report);
  }
  checkAccountIds(root, report);
  checkAccountPreferences(root, report);
  return findings;
}

function checkSimilarNames(root: Tree, section: string, report: Report): void {
  const first = new Map<string, { name: string; key: Span }>();
  for (const { path, key } of select(root, [section, '*'])) {
    const name = String(path.at(-1));
    if (!key) continue;
    const other = first.get(fold(name));
    if (other) {
      const difference = `differs from ${quote(other.name)} at ${position(other.key, key)} only by case or by the form of its characters`;
      report('similar-names', key, `The name ${quote(name)} ${difference}.`);
    } else {
      first.set(fold(name), { name, key });
    }
  }
}

function checkPreviousNames(root: Tree, section: string, subject: Subject, report: Report): void {
  const form = (name: string): string => subjectKey(subject, name);
  const declared = new Map([...select(root, [section, '*'])].map(({ path, key }) => [form(String(path.at(-1))), key]));
  const claimed = new Map<string, { name: string; span: Span }>();
  for (const { tree, path } of select(root, [section, '*', 'previously'])) {
    // Only of people null means something, and YAML reads an empty value as null.
    if (isPerson(subject) && tree.kind === 'scalar' && tree.value === null && tree.text === '')
      report('wrong-type', tree.span, '"previously" has no value; write the old name, or null where there is none.');
    const [name, old] = [String(path[1]), textOf(tree)];
    if (old === undefined) continue;
    const before = claimed.get(form(old));
    const stillDeclared = declared.get(form(old));
    if (old === name) {
      report('previously-itself', tree.span, `${quote(old)} is the current name of this entry; remove "previously".`);
    } else if (stillDeclared && form(old) !== form(name)) {
      report(
        'previously-declared',
        tree.span,
        `${quote(old)} is still declared at ${position(stillDeclared, tree.span)}, so it cannot be the old name of ${quote(name)}.`,
      );
    } else if (before) {
      report(
        'previously-claimed',
        tree.span,
        `${quote(old)} is given as the old name of ${quote(before.name)} too, at ${position(before.span, tree.span)}.`,
      );
    } else {
      claimed.set(form(old), { name, span: tree.span });
    }
  }
}

function checkAccountIds(root: Tree, report: Report): void {
  const first = new Map<string, { name: string; span: Span }>();
  for (const { tree, key, path } of [...select(root, ['accounts', '*']), ...select(root, ['accounts', '*', 'id'])]) {
    const [name, id] = [String(path[1]), textOf(tree)];
    if (id === undefined || !accountId.safeParse(id).success) continue;
    // It would be read as an id wherever the file refers to it.
    if (/^\d{12}$/.test(name) && name !== id && key) {
      report('bad-name', key, `The name ${quote(name)} is the id of another account.`);
    }
    const other = first.get(id);
    if (other)
      report(
        'duplicate-account-id',
        tree.span,
        `${quote(id)} has the name ${quote(other.name)} already, at ${position(other.span, tree.span)}.`,
      );
    else first.set(id, { name, span: tree.span });
  }
}

/** One account under its name and its id would have two preferences. */
function checkAccountPreferences(root: Tree, report: Report): void {
  const ids = get(root, 'accounts');
  const first = new Map<string, { name: string; key: Span }>();
  for (const { key, path } of select(root, ['cli', 'accounts', '*'])) {
    const name = String(path.at(-1));
    if (!key) continue;
    const entry = get(ids, name);
    const id = textOf(entry) ?? textOf(get(entry, 'id')) ?? name;
    const other = first.get(id);
    if (other) {
      const message = `${quote(name)} is the account that ${quote(other.name)} at ${position(other.key, key)} is already.`;
      report('duplicate-account-id', key, message);
    } else first.set(id, { name, key });
  }
}
