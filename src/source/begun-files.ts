import { externalDocument, identityDocument, type IdentityDocument } from '../config/schema/document.ts';
import { ReportedError } from '../core/errors.ts';
import { isMap, memberOf } from '../core/is-map.ts';
import { stableJson } from '../core/stable-json.ts';
import { kinds } from '../kinds/index.ts';

// Of a file whose apply began and did not finish counts only what it declares and grants, and by what names. Where the names mean
// the same as in the file before, a plan carries no more of it than what that one has not.

/** What a file has besides its sections that its entries are resolved by. */
const surroundings = ['version', 'identityCenter', 'accounts'];

/** By section: whether something is given by its entries, and not only declared. */
const sections = new Map<string, boolean>();
for (const { name, section } of kinds)
  sections.set(section.name, (sections.get(section.name) ?? false) || section.declares !== name);

/**
 * What a file asks for beyond the file before: the entries that differ, and of what grants the items. All that it asks for where
 * the same entry would mean something else in the file before.
 */
export function entriesBeyond(document: IdentityDocument, before: IdentityDocument | undefined): object {
  const means = (one: IdentityDocument): string => stableJson(membersOf(one, surroundings));
  if (!before || means(document) !== means(before)) return membersOf(document, [...surroundings, ...sections.keys()]);
  return Object.fromEntries(
    [...sections].flatMap(([name, grants]) => {
      const own = beyond(memberOf(document, name), memberOf(before, name), grants);
      return own === undefined ? [] : [[name, own] as const];
    }),
  );
}

/**
 * A file that asks for those entries, by the names of the file before where they have none of their own. Errors: a `ReportedError`
 * where they are damaged.
 */
export function withEntries(entries: unknown, before: IdentityDocument | undefined): IdentityDocument {
  const isWhole = memberOf(entries, 'version') !== undefined;
  const whole = isWhole || !isMap(entries) ? entries : { ...(before && membersOf(before, surroundings)), ...entries };
  const directory = memberOf(memberOf(whole, 'identityCenter'), 'directory');
  const document = (directory === 'external' ? externalDocument() : identityDocument).safeParse(whole);
  if (document.success) return document.data;
  const [fault] = document.error.issues;
  throw new ReportedError(
    'plan-shape',
    `The plan can't be used, because a file inside it whose apply did not finish is damaged: ${(fault?.path ?? []).join('.')}: ${fault?.message ?? 'unusable'}.`,
    'Save the plan again with `idc plan --out plan.json`.',
  );
}

const membersOf = (document: IdentityDocument, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(document).filter(([name, member]) => names.includes(name) && member !== undefined));

/**
 * What a section has that another has not; undefined where that is nothing.
 * @param splits whether a part of an entry stands for itself
 */
function beyond(value: unknown, before: unknown, splits: boolean): unknown {
  if (stableJson(value) === stableJson(before)) return undefined;
  if (Array.isArray(value) && Array.isArray(before)) {
    const known = new Set(before.map(stableJson));
    const items = value.filter((item) => !known.has(stableJson(item)));
    return items.length === 0 ? undefined : items;
  }
  if (!isMap(value) || !isMap(before)) return value;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const other = memberOf(before, key);
    const isSame = stableJson(member) === stableJson(other);
    const own = splits || isSame ? beyond(member, other, splits) : member;
    return own === undefined ? [] : [[key, own] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
