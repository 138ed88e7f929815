import { externalDocument, identityDocument, type IdentityDocument } from '../config/schema/document.ts';
import { ReportedError } from '../core/errors.ts';
import { isMap, memberOf } from '../core/is-map.ts';
import { stableJson } from '../core/stable-json.ts';
import { kinds } from '../kinds/index.ts';

// Of a file whose apply began and did not finish counts only what it granted, and by what names. A plan carries no more of it.

/** What a file has besides its sections that its entries are resolved by. */
const surroundings = ['version', 'identityCenter', 'accounts'];

/** Sections in which something is given by entries, and not only declared. */
const granting = kinds.filter(({ name, section }) => section.declares !== name).map(({ section }) => section.name);

const kept = new Set([...surroundings, ...granting]);

/** What a file grants beyond the file before: of what counts, the entries that differ, and of them the items. */
export const entriesBeyond = (document: IdentityDocument, before: IdentityDocument | undefined): unknown =>
  beyond(whatCounts(document), before && whatCounts(before)) ?? {};

/**
 * A file that grants all that the file before does and those entries besides. Errors: a `ReportedError` where they are damaged.
 */
export function withEntries(entries: unknown, before: IdentityDocument | undefined): IdentityDocument {
  const joined = join(before && whatCounts(before), entries);
  const directory = memberOf(memberOf(joined, 'identityCenter'), 'directory');
  const document = (directory === 'external' ? externalDocument() : identityDocument).safeParse(joined);
  if (document.success) return document.data;
  const [fault] = document.error.issues;
  throw new ReportedError(
    'plan-shape',
    `The plan can't be used, because a file inside it whose apply did not finish is damaged: ${(fault?.path ?? []).join('.')}: ${fault?.message ?? 'unusable'}.`,
    'Save the plan again with `idc plan --out plan.json`.',
  );
}

const whatCounts = (document: IdentityDocument): Record<string, unknown> =>
  Object.fromEntries(Object.entries(document).filter(([name, member]) => kept.has(name) && member !== undefined));

/** What a value has that another has not: members, items of a list, or all of it; undefined where that is nothing. */
function beyond(value: unknown, before: unknown): unknown {
  if (stableJson(value) === stableJson(before)) return undefined;
  if (Array.isArray(value) && Array.isArray(before)) {
    const known = new Set(before.map(stableJson));
    const items = value.filter((item) => !known.has(stableJson(item)));
    return items.length === 0 ? undefined : items;
  }
  if (!isMap(value) || !isMap(before)) return value;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const own = beyond(member, memberOf(before, key));
    return own === undefined ? [] : [[key, own] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** The two put together again. */
function join(before: unknown, entries: unknown): unknown {
  if (entries === undefined) return before;
  if (Array.isArray(before) && Array.isArray(entries)) return [...(before as unknown[]), ...(entries as unknown[])];
  if (!isMap(before) || !isMap(entries)) return entries;
  const keys = new Set([...Object.keys(before), ...Object.keys(entries)]);
  return Object.fromEntries([...keys].map((key) => [key, join(memberOf(before, key), memberOf(entries, key))]));
}
