/** A statement as a document has it; of a live document nothing more is known. */
export type RawStatement = Readonly<Record<string, unknown>>;

/** What a live document may be, or not. */
export const isObject = (value: unknown): value is RawStatement =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The statements of a document; none of what is not one. Where variables are plain text, it is escaped. */
export const rawStatements = (document: unknown): RawStatement[] => {
  if (!isObject(document)) return [];
  const statements = [document['Statement'] ?? []].flat().filter(isObject);
  return document['Version'] === '2012-10-17' ? statements : statements.map((one) => plainText(one) as RawStatement);
};

/** Before version 2012-10-17 `${` is text. Source: IAM User Guide, "IAM JSON policy elements: Version". */
const plainText = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('${', '${$}{');
  if (Array.isArray(value)) return value.map(plainText);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainText(one)])) : value;
};

/** The statements of a managed policy, without their Sids; undefined where it is not in the data. */
export type Documents = (name: string) => RawStatement[] | undefined;

interface ShortStatement {
  /** Deny. */
  d?: 1;
  /** Action and NotAction: services by `|`, each a prefix and its names by blanks. */
  a?: string;
  n?: string;
  /** Resource, where it is not `*`, and NotResource, by blanks. */
  r?: string;
  x?: string;
  /** Condition. */
  c?: unknown;
}

/**
 * The documents of AWS's managed policies.
 * @param lines of `data/documents.json`, in the order of the names.
 * @param names as a file writes them: `ReadOnlyAccess`, `job-function/Billing`.
 */
export function documentsOf(lines: readonly string[], names: readonly string[]): Documents {
  const byName = new Map(names.map((name, index) => [name, lines[index] ?? '[]']));
  return (name) => {
    const line = byName.get(name);
    return line === undefined ? undefined : (JSON.parse(line) as ShortStatement[]).map(longStatement);
  };
}

const longStatement = ({ d, a, n, r, x, c }: ShortStatement): RawStatement => ({
  Effect: d ? 'Deny' : 'Allow',
  ...(a !== undefined && { Action: readActions(a) }),
  ...(n !== undefined && { NotAction: readActions(n) }),
  ...(x === undefined ? { Resource: r?.split(' ') ?? '*' } : { NotResource: x.split(' ') }),
  ...(c !== undefined && { Condition: c }),
});

const readActions = (text: string): string[] =>
  text.split('|').flatMap((group) => {
    const prefix = group.slice(0, group.indexOf(':') + 1);
    return group
      .slice(prefix.length)
      .split(' ')
      .map((name) => prefix + name);
  });
