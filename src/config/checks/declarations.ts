import { subjectKey } from '../../core/address.ts';
import { policyDocument, policyProblem } from '../../kinds/shared/policy/document.ts';
import { emailAddress, emailKey } from '../../kinds/user/schema.ts';
import { accountId } from '../schema/document.ts';
import type { Finding, Report } from '../syntax/finding.ts';
import { fold } from '../../core/address.ts';
import { quote } from '../syntax/show-text.ts';
import { placeOf, type Span } from '../syntax/source.ts';
import { get, locate, plain, select, textOf, type Tree } from '../syntax/tree.ts';

const sections = { users: 'user', groups: 'group', permissionSets: 'permission-set', accounts: 'account' } as const;
type Section = keyof typeof sections;

/** What each entry may be right about alone, and is wrong about beside the others. */
export function declarationFindings(root: Tree, external: boolean): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (code, span, message) => findings.push({ code, span, message });
  for (const section of Object.keys(sections) as Section[]) {
    checkSimilarNames(root, section, report);
    checkPreviousNames(root, section, report);
  }
  // An identity provider's users have none in the file.
  if (!external) checkEmails(root, report);
  checkAccountIds(root, report);
  checkAccountPreferences(root, report);
  checkPolicies(root, report);
  return findings;
}

/** `12:3`, and in another file `teams/data.yaml:12:3`. */
const position = (span: Span, from: Span): string => {
  const { file, line, column } = placeOf(span);
  return `${span.source === from.source ? '' : `${file}:`}${line}:${column}`;
};

function checkSimilarNames(root: Tree, section: Section, report: Report): void {
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

function checkPreviousNames(root: Tree, section: Section, report: Report): void {
  const form = (name: string): string => subjectKey(sections[section], name);
  const declared = new Map([...select(root, [section, '*'])].map(({ path, key }) => [form(String(path.at(-1))), key]));
  const claimed = new Map<string, { name: string; span: Span }>();
  for (const { tree, path } of select(root, [section, '*', 'previously'])) {
    const [name, old] = [String(path[1]), textOf(tree)];
    if (old === undefined) continue;
    const before = claimed.get(form(old));
    const stillThere = declared.get(form(old));
    if (form(old) === form(name)) {
      report(
        'previously-itself',
        tree.span,
        `${quote(old)} is the name that this entry has now; leave "previously" out.`,
      );
    } else if (stillThere) {
      report(
        'previously-declared',
        tree.span,
        `${quote(old)} is still declared, at ${position(stillThere, tree.span)}, so it cannot be the old name of ${quote(name)}.`,
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

function checkEmails(root: Tree, report: Report): void {
  const first = new Map<string, { name: string; tree: Tree }>();
  for (const { tree, path } of select(root, ['users', '*', 'email'])) {
    const [name, email] = [String(path[1]), textOf(tree)];
    if (email === undefined || !emailAddress.safeParse(email).success) continue;
    const other = first.get(emailKey(email));
    if (other) {
      // An alias has what it repeats in the place of the anchor, where nothing is wrong.
      const own = tree === other.tree ? locate(root, ['users', name])?.key : undefined;
      const span = own ?? tree.span;
      report(
        'duplicate-email',
        span,
        `${quote(name)} has the e-mail address ${quote(email)} of ${quote(other.name)}, at ${position(other.tree.span, span)}; Identity Center takes each address once, in whatever case. Give one of them another address, or none.`,
      );
    } else first.set(emailKey(email), { name, tree });
  }
}

function checkAccountIds(root: Tree, report: Report): void {
  const first = new Map<string, { name: string; span: Span }>();
  for (const { tree, key, path } of select(root, ['accounts', '*'])) {
    const [name, id] = [String(path.at(-1)), textOf(tree)];
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
    const id = textOf(get(ids, name)) ?? name;
    const other = first.get(id);
    if (other) {
      const message = `${quote(name)} is the account that ${quote(other.name)} at ${position(other.key, key)} is already.`;
      report('duplicate-account-id', key, message);
    } else first.set(id, { name, key });
  }
}

function checkPolicies(root: Tree, report: Report): void {
  for (const { tree, key } of select(root, ['permissionSets', '*', 'inlinePolicy'])) {
    if (tree.kind !== 'map' || get(tree, 'file') || !key) continue;
    const policy = policyDocument.safeParse(plain(tree));
    const problem = policy.success ? policyProblem(policy.data) : undefined;
    if (problem !== undefined) report('bad-policy', key, `The inline policy ${problem}.`);
  }
}
