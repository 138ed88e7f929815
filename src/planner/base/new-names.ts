import { identityFormat, type IdentityDocument } from '../../config/schema/document.ts';
import { isMap, memberOf } from '../../core/is-map.ts';

/** What the file demands, by names. */
const demanding = ['safety', 'rules'];

/**
 * The file before, whose guards and rules call what this file renames as this file does: a rename is a step of its own, and a
 * rule that follows it demands the same. Only where the file before declares the old name, and not the new one: else they are
 * two things.
 */
export function underNewNames(before: IdentityDocument, after: IdentityDocument): IdentityDocument {
  const renames = renamesBetween(before, after);
  return identityFormat.references
    .filter(({ at, to }) => demanding.includes(String(at[0])) && (renames.get(to)?.size ?? 0) > 0)
    .reduce(
      (document, { at, to }) =>
        changeAt(document, at, (text) => renames.get(to)?.get(text) ?? text) as IdentityDocument,
      before,
    );
}

/** By subject: what a file renames of the one before, new names by old ones. */
export const renamesBetween = (
  before: IdentityDocument,
  after: IdentityDocument,
): ReadonlyMap<string, ReadonlyMap<string, string>> =>
  new Map(
    identityFormat.sections.flatMap(({ name, declares }) =>
      declares === undefined ? [] : [[declares, renamesOf(memberOf(before, name), memberOf(after, name))] as const],
    ),
  );

/** New names by old ones. */
const renamesOf = (was: unknown, is: unknown): Map<string, string> =>
  new Map(
    Object.entries(isMap(is) ? is : {}).flatMap(([name, entry]) => {
      const old = memberOf(entry, 'previously');
      const isRename = typeof old === 'string' && hasMember(was, old) && !hasMember(was, name) && !hasMember(is, old);
      return isRename ? [[old, name] as const] : [];
    }),
  );

/** The same value with other texts where a path leads; `*` stands for every item and every member. */
function changeAt(value: unknown, [step, ...rest]: readonly unknown[], to: (text: string) => string): unknown {
  if (step === undefined) return typeof value === 'string' ? to(value) : value;
  if (Array.isArray(value)) return step === '*' ? value.map((item) => changeAt(item, rest, to)) : value;
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      step === '*' || step === key ? changeAt(member, rest, to) : member,
    ]),
  );
}

const hasMember = (value: unknown, key: string): boolean => isMap(value) && Object.hasOwn(value, key);
