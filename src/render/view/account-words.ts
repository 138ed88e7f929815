import { compilePattern } from '../../core/pattern.ts';
import { listOf } from '../../core/words.ts';

/** The names that are spelled out; of more, some stand for all. */
const names = 4;
const examples = 3;
/** At most so many are said to be left out. */
const exceptions = 2;

/**
 * Says which accounts some are: all of them, all but a few, those with a name like `payments-*-dev`, or by their names.
 * @param all ids in the order in which they are told: of the organization, or of those that are asked about.
 * @param nameOf sanitized.
 * @param options.asked what they have in common, where only a part was asked for: `of production`.
 */
export function createAccountWords(
  all: readonly string[],
  nameOf: (id: string) => string,
  { asked }: { asked?: string } = {},
): (ids: readonly string[]) => string {
  const known = new Map<string, string>();
  return (ids) => {
    const key = ids.join();
    const text = known.get(key) ?? words(new Set(ids));
    known.set(key, text);
    return text;
  };

  function words(ids: ReadonlySet<string>): string {
    const others = all.filter((id) => !ids.has(id)).map(nameOf);
    if (others.length === 0 && ids.size > names)
      return `all ${ids.size} accounts${asked === undefined ? '' : ` ${asked}`}`;
    if (others.length <= exceptions && ids.size > names) return `${ids.size} accounts: all but ${listOf(others)}`;
    const own = all.filter((id) => ids.has(id)).map(nameOf);
    const pattern = own.length > 2 ? commonPattern(own) : undefined;
    if (pattern !== undefined && !others.some(compilePattern(pattern))) return `${pattern} (${own.length})`;
    return listOf(own, own.length > names ? examples : names);
  }
}

/** `payments-*-dev` for names that begin and end alike, cut at a mark between words; undefined where they don't. */
function commonPattern(some: readonly string[]): string | undefined {
  const [first = ''] = some;
  const shortest = Math.min(...some.map((name) => name.length));
  const alike = (at: (index: number) => (name: string) => string | undefined, most: number): number => {
    let length = 0;
    while (length < most && some.every((name) => at(length)(name) === at(length)(first))) length += 1;
    return length;
  };
  const begin = alike((index) => (name) => name[index], shortest);
  const end = alike((index) => (name) => name.at(-1 - index), shortest - begin);
  const prefix = /^.*[-_./ ]/.exec(first.slice(0, begin))?.[0] ?? '';
  const suffix = /[-_./ ].*$/.exec(first.slice(first.length - end))?.[0] ?? '';
  return prefix + suffix === '' || /[*"]/.test(prefix + suffix) ? undefined : `${prefix}*${suffix}`;
}
