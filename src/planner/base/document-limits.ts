import { structuredPatch } from 'diff';
import { accountIdsByName } from '../../config/schema/accounts-section.ts';
import type { IdentityDocument } from '../../config/schema/document.ts';
import { identityFormat } from '../../config/schema/document.ts';
import type { LimitChange } from '../../core/findings.ts';
import { addTo } from '../../core/group-by.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { isMap } from '../../core/is-map.ts';
import { stableJson, unordered } from '../../core/stable-json.ts';
import { isPattern } from '../../core/account-target.ts';
import { compilePattern } from '../../core/pattern.ts';
import { underNewNames } from './new-names.ts';
import { oneLine } from './one-line.ts';

/** A change of a limit, before it is known on which line that is. */
export interface LimitAt extends Omit<LimitChange, 'place'> {
  /** Where it is in the document; of what has gone, where it was. */
  at: DocumentPath;
}

type Document = IdentityDocument;
/** Whose an account is, is no limit. */
const idsOf = (document: Document): Record<string, string> => Object.fromEntries(accountIdsByName(document));

type Include = NonNullable<Document['include']>[number];

/**
 * What a file says otherwise than the file before about itself: guards, rules, what it leaves alone and includes, which
 * instance and which accounts it means, and where profiles sign in. Pure. Every change counts as loosening, but for an entry
 * that is added under `protected` or `rules`, a lower `maxRemovals`, an allowance of less, a scope or an `ignore` with fewer
 * things, a section that is managed from now on, and preferences. A rule that follows a rename is the same rule.
 */
export function compareDocuments(before: Document, after: Document): LimitAt[] {
  const { safety, rules = {} } = underNewNames(before, after);
  return [
    ...safetyChanges(safety, after.safety),
    ...ruleChanges(rules, after.rules ?? {}),
    ...otherChanges(before, after),
  ];
}

const otherChanges = (before: Document, after: Document): LimitAt[] => [
  ...memberNames(before.ignore, after.ignore).flatMap((key) =>
    listChanges(['ignore', key], before.ignore[key] ?? [], after.ignore[key] ?? [], wider),
  ),
  ...includeChanges(before.include ?? [], after.include ?? []),
  ...mapChanges(['identityCenter'], before.identityCenter, after.identityCenter),
  ...cliChanges(before.cli, after.cli),
  ...preferenceChanges(before, after),
  ...mapChanges(['accounts'], idsOf(before), idsOf(after)),
  ...sectionChanges(before, after),
];

/** Whether an item that comes, and one that goes, lets more through. */
interface Meaning {
  added: boolean;
  removed: boolean;
}

/** Of what the file demands. */
const stricter: Meaning = { added: false, removed: true };
/** Of what the file lets pass. */
const wider: Meaning = { added: true, removed: false };

function safetyChanges(before: Document['safety'], after: Document['safety']): LimitAt[] {
  const { protected: was = [], allow: allowed, maxRemovals: limit, ...others } = before;
  const { protected: is = [], allow, maxRemovals, ...rest } = after;
  const hasLess =
    allowed !== undefined && (!allow || (allow.removals <= allowed.removals && allow.until <= allowed.until));
  return [
    ...valueChange(['safety', 'maxRemovals'], limit, maxRemovals, !isAtMost(maxRemovals, limit)),
    ...valueChange(['safety', 'allow'], allowed, allow, !hasLess),
    ...listChanges(['safety', 'protected'], was, is, stricter),
    ...mapChanges(['safety'], others, rest),
  ];
}

type MaxRemovals = Document['safety']['maxRemovals'];

/** True where one limit of removals never lets more through than another, however much there is. */
export function isAtMost(limit: MaxRemovals, other: MaxRemovals): boolean {
  if (limit === other || limit === 0 || limit === '0%' || other === '100%') return true;
  if (typeof limit === 'number') return typeof other === 'number' ? limit <= other : other === undefined && limit <= 3;
  if (limit === undefined || typeof other === 'number') return false;
  return Number.parseInt(limit, 10) <= (other === undefined ? 25 : Number.parseInt(other, 10));
}

/** Lists of entries, and single rules. */
function ruleChanges(before: NonNullable<Document['rules']>, after: NonNullable<Document['rules']>): LimitAt[] {
  const [was, is] = [demands(before), demands(after)];
  return memberNames(was, is).flatMap((key) => {
    const [one, other] = [was[key], is[key]];
    return Array.isArray(one) || Array.isArray(other)
      ? listChanges(['rules', key], listOf(one), listOf(other), stricter)
      : valueChange(['rules', key], one, other, one !== undefined);
  });
}

/** Without what demands nothing. */
const demands = ({ directUserAssignments, ...rules }: NonNullable<Document['rules']>): Record<string, unknown> => ({
  ...rules,
  ...(directUserAssignments === false && { directUserAssignments }),
});

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * By file or pattern: a file that is included, and what its scope is. A pattern that takes the place of one that it covers, or
 * that covers it, is one change.
 */
function includeChanges(before: readonly Include[], after: readonly Include[]): LimitAt[] {
  const [was, is] = [byFile(before), byFile(after)];
  const moves = [...is].flatMap(([file, [other]]): LimitAt[] => {
    const [old] = [...was.keys()].filter((one) => !is.has(one) && (takes(file, one) || takes(one, file)));
    const one = old === undefined || was.has(file) ? undefined : was.get(old)?.shift();
    if (old === undefined || !one || !other) return [];
    is.get(file)?.shift();
    const at = ['include', other.index];
    return [
      ...change('include', oneLine(old), oneLine(file), true, at),
      ...scopeChanges(`include[${oneLine(file)}].scope`, at, one.scope, other.scope),
    ];
  });
  const rest = [...new Set([...was.keys(), ...is.keys()])].flatMap((file) => {
    const [ones, others] = [was.get(file) ?? [], is.get(file) ?? []];
    return Array.from({ length: Math.max(ones.length, others.length) }, (_, index): LimitAt[] => {
      const [one, other] = [ones[index], others[index]];
      const at = other ? ['include', other.index] : ['include'];
      if (one && other) return scopeChanges(`include[${oneLine(file)}].scope`, at, one.scope, other.scope);
      return change('include', one ? oneLine(one.entry) : null, other ? oneLine(other.entry) : null, true, at);
    }).flat();
  });
  return [...moves, ...rest];
}

const takes = (pattern: string, file: string): boolean => isPattern(pattern) && compilePattern(pattern)(file);

interface IncludeAt {
  entry: Include;
  scope: Record<string, unknown> | undefined;
  index: number;
}

function byFile(include: readonly Include[]): Map<string, IncludeAt[]> {
  const found = new Map<string, IncludeAt[]>();
  for (const [index, entry] of include.entries()) {
    const { file, scope } = typeof entry === 'string' ? { file: entry, scope: undefined } : entry;
    addTo(found, file, { entry, scope, index });
  }
  return found;
}

/** An account is in scope by any of its criteria, so fewer of them are fewer accounts; but by all of the tags together. */
function scopeChanges(
  key: string,
  at: DocumentPath,
  before: Record<string, unknown> | undefined,
  after: Record<string, unknown> | undefined,
): LimitAt[] {
  if (!before || !after) return valueChange([...at, 'scope'], before, after, before !== undefined, key);
  return memberNames(before, after).flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    const [path, label] = [[...at, 'scope', name], `${key}.${name}`];
    if (Array.isArray(was) || Array.isArray(is)) return listChanges(path, listOf(was), listOf(is), wider, label);
    return valueChange(path, was, is, is !== undefined && !hasAllOf(is, was), label);
  });
}

const hasAllOf = (value: unknown, other: unknown): boolean =>
  other !== undefined &&
  Object.entries(other as object).every(([name, member]) => (value as Record<string, unknown>)[name] === member);

/** Preferences by name are told one by one. */
function cliChanges(before: Document['cli'], after: Document['cli']): LimitAt[] {
  const [was, is]: Record<string, unknown>[] = [before, after];
  return memberNames(was, is).flatMap((key) => {
    const [one, other] = [was?.[key], is?.[key]];
    if (isLines(one) && isLines(other)) return lineChanges(['cli', key], one, other);
    return isMap(one) || isMap(other)
      ? mapChanges(['cli', key], isMap(one) ? one : {}, isMap(other) ? other : {})
      : valueChange(['cli', key], one, other, true);
  });
}

const isLines = (value: unknown): value is string => typeof value === 'string' && value.includes('\n');

/** What differs between two texts of several lines, each stretch of lines for itself. */
function lineChanges(path: DocumentPath, before: string, after: string): LimitAt[] {
  const { hunks } = structuredPatch('', '', `${before.trimEnd()}\n`, `${after.trimEnd()}\n`, '', '', { context: 0 });
  return hunks.flatMap(({ lines }) => {
    const textOf = (sign: '-' | '+'): string | null => {
      const own = lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
      return own.length === 0 ? null : oneLine(own.join('\n'));
    };
    return change(keyOf(path), textOf('-'), textOf('+'), true, path);
  });
}

/** Of entries that both have: they grant nothing, but no step shows them. */
function preferenceChanges(before: Document, after: Document): LimitAt[] {
  const entriesOf = (document: Document, section: string): Record<string, unknown> => {
    const entries = (document as Readonly<Record<string, unknown>>)[section];
    return isMap(entries) ? entries : {};
  };
  return identityFormat.sections.flatMap(({ name: section, preferences = [] }) => {
    const [was, is] = [entriesOf(before, section), entriesOf(after, section)];
    return Object.entries(is).flatMap(([name, entry]) => {
      const old = was[name] ?? was[String(valueAt(entry, ['previously']))];
      return old === undefined
        ? []
        : preferences.flatMap((path) =>
            valueChange([section, name, ...path], valueAt(old, path), valueAt(entry, path), false),
          );
    });
  });
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((one, key) => (isMap(one) ? one[key] : undefined), value);

/** What has no section is left alone, all of it. */
function sectionChanges(before: Document, after: Document): LimitAt[] {
  const has = (document: Document, name: string): boolean =>
    (document as Readonly<Record<string, unknown>>)[name] !== undefined;
  const text = (isManaged: boolean): string => (isManaged ? 'managed' : 'not managed');
  return identityFormat.sections.flatMap(({ name }) => {
    const [was, is] = [has(before, name), has(after, name)];
    return name === 'accounts' || was === is ? [] : change(name, text(was), text(is), was, [name]);
  });
}

/** Every member that differs. */
function mapChanges(path: DocumentPath, before: object, after: object): LimitAt[] {
  const [was, is] = [before as Readonly<Record<string, unknown>>, after as Readonly<Record<string, unknown>>];
  return memberNames(was, is).flatMap((key) => valueChange([...path, key], was[key], is[key], true));
}

function valueChange(path: DocumentPath, before: unknown, after: unknown, loosens: boolean, key?: string): LimitAt[] {
  if (stableJson(unordered(before)) === stableJson(unordered(after))) return [];
  const text = (value: unknown): string | null => (value === undefined ? null : oneLine(value));
  return change(key ?? keyOf(path), text(before), text(after), loosens, path);
}

/** Items that come and go; in which order they are makes no difference. */
function listChanges(
  path: DocumentPath,
  before: readonly unknown[],
  after: readonly unknown[],
  meaning: Meaning,
  key = keyOf(path),
): LimitAt[] {
  const byId = (list: readonly unknown[]): Map<string, number> =>
    new Map(list.map((item, index) => [stableJson(unordered(item)), index]));
  const [was, is] = [byId(before), byId(after)];
  const missing = (some: Map<string, number>, others: Map<string, number>): number[] =>
    [...some].flatMap(([id, index]) => (others.has(id) ? [] : [index]));
  return [
    ...missing(was, is).flatMap((index) => change(key, oneLine(before[index]), null, meaning.removed, path)),
    ...missing(is, was).flatMap((index) => change(key, null, oneLine(after[index]), meaning.added, [...path, index])),
  ];
}

const change = (
  key: string,
  before: string | null,
  after: string | null,
  loosens: boolean,
  at: DocumentPath,
): LimitAt[] => [{ key, before, after, loosens, at }];

const keyOf = (path: DocumentPath): string => path.map((step) => oneLine(step)).join('.');

const memberNames = (one: object = {}, other: object = {}): string[] => [
  ...new Set([...Object.keys(one), ...Object.keys(other)]),
];
