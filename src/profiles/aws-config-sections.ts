import { splitShellWords } from './shell-words.ts';

export interface FoundHeader {
  kind: 'profile' | 'sso-session';
  name: string;
  /** From 1. */
  line: number;
}

/** A key with its value; a value of several lines begins with the first of them. */
export interface FoundEntry {
  key: string;
  value: string;
  /** Lines, from 1: the first, and the first behind it. */
  from: number;
  to: number;
}

/** A section that a reader of `~/.aws/config` finds, by its header. */
export interface FoundSection extends FoundHeader {
  /** In effect, with those of `[DEFAULT]`, which is Python's and not AWS's. */
  keys: ReadonlyMap<string, string>;
  /** Those of its own, in the order of the file. */
  entries: readonly FoundEntry[];
}

export interface CliReading {
  sections: FoundSection[];
  /** The lines of all headers, of whatever kind. */
  headers: number[];
  /** Why the AWS CLI refuses the whole file, as the end of a sentence. */
  unreadable?: string;
}

/**
 * As the AWS CLI and the AWS SDK for Python read it: Python's configparser, and then botocore's own rules. Where they
 * refuse the file, the sections are still what it seems to say.
 */
export function readAsCli(withMark: string): CliReading {
  const text = withMark.replace(/^\uFEFF/, '');
  const sections = new Map<string, RawSection>();
  const problems = text === withMark ? [] : ['it begins with a byte order mark; save it as UTF-8 without one'];
  const headers: number[] = [];
  let current: RawSection | undefined;
  let key: string | undefined;
  let indent = 0;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const content = strip(line);
    if (/^[#;]/.test(content)) continue;
    const value = key === undefined ? undefined : current?.keys.get(key);
    if (content === '') {
      value?.lines.push('');
      continue;
    }
    const depth = line.search(/[^\s]|\uFEFF/);
    if (value && depth > indent) {
      value.lines.push(content);
      value.to = index + 2;
      continue;
    }
    indent = depth;
    // To the last ] of the line; Python before 3.11 took the first one.
    const header = /^\[(.+)\]/.exec(content)?.[1];
    if (header !== undefined) {
      key = undefined;
      headers.push(index + 1);
      const known = sections.get(header);
      if (known && header !== 'DEFAULT') {
        problems.push(`[${header}] in line ${index + 1} stands in line ${known.line} already`);
      }
      current = known ?? { line: index + 1, keys: new Map() };
      sections.set(header, current);
      continue;
    }
    const option = /^([^=:]*)[=:](.*)$/s.exec(content);
    if (!current) problems.push(`line ${index + 1} stands in no section`);
    else if (!option || strip(option[1] ?? '') === '')
      problems.push(`line ${index + 1} is neither a key nor a section`);
    else {
      key = strip(option[1] ?? '').toLowerCase();
      if (current.keys.has(key)) problems.push(`"${key}" in line ${index + 1} stands twice in its section`);
      current.keys.set(key, { line: index + 1, to: index + 2, lines: [strip(option[2] ?? '')] });
    }
  }
  const { keys: shared = [] } = sections.get('DEFAULT') ?? {};
  sections.delete('DEFAULT');
  const found = [...sections].flatMap(([header, { line, keys }]): FoundSection[] => {
    const named = cliName(header);
    const values = [...new Map([...shared, ...keys])].map(([key, { line: from, to, lines }]): FoundEntry => {
      const value = lines.join('\n').trimEnd();
      if (!isNestable(value)) problems.push(`"${key}" in line ${from} has a line without = under it`);
      return { key, value, from, to };
    });
    const inEffect = new Map(values.map(({ key, value }) => [key, value]));
    const entries = values.filter(({ key }) => keys.has(key));
    return named ? [{ ...named, line, keys: inEffect, entries }] : [];
  });
  return { sections: found, headers, ...(problems[0] !== undefined && { unreadable: problems[0] }) };
}

interface RawSection {
  line: number;
  keys: Map<string, { line: number; to: number; lines: string[] }>;
}

/** A value that begins under its key is settings of its own (`s3 =`), by botocore; in sections of all kinds. */
const isNestable = (value: string): boolean =>
  !value.startsWith('\n') ||
  // As Python splits lines, which is at more than line feeds.
  value.split(/[\n\v\f\x85\u2028\u2029]/u).every((line) => strip(line) === '' || line.includes('='));

/** Whitespace by Python, to which a byte order mark is none. */
const strip = (text: string): string => text.replace(/^[^\S\uFEFF]+/u, '').replace(/[^\S\uFEFF]+$/u, '');

/** botocore goes by how the header begins, and takes the second of two words as a shell does. */
function cliName(header: string): Pick<FoundSection, 'kind' | 'name'> | undefined {
  if (header === 'default') return { kind: 'profile', name: 'default' };
  const kind = (['profile', 'sso-session'] as const).find((start) => header.startsWith(start));
  const words = kind && splitShellWords(header);
  return kind && words?.length === 2 && words[1] !== undefined ? { kind, name: words[1] } : undefined;
}

/** What the AWS SDK for JavaScript finds: indented headers too, and `[profile.NAME]`. It goes by the line alone. */
export function readHeadersAsSdk(text: string): FoundHeader[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = (line.split(/(?:^|\s)[;#]/)[0] ?? '').trim();
    const header = /^\[(.*)\]$/s.exec(content)?.[1];
    if (header === undefined) return [];
    if (header === 'default') return [{ kind: 'profile' as const, name: 'default', line: index + 1 }];
    const named =
      /^(?<kind>profile|sso-session)\s(["'])?(?<name>[\w\-@+.%:/]+)\2$/.exec(header)?.groups ??
      /^(?<kind>profile|sso-session)\.(?<name>.+)$/s.exec(header)?.groups;
    const { kind, name } = named ?? {};
    return name !== undefined && (kind === 'profile' || kind === 'sso-session')
      ? [{ kind, name, line: index + 1 }]
      : [];
  });
}

/** What that SDK finds and the AWS CLI does not. A section of such a name would be two sections to the SDK. */
export function readHidden(text: string): FoundHeader[] {
  const { sections } = readAsCli(text);
  return readHeadersAsSdk(text).filter(
    ({ kind, name }) => !sections.some((section) => section.kind === kind && section.name === name),
  );
}
