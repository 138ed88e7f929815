import { ReportedError } from '../core/errors.ts';
import { readAsCli, type CliReading } from './aws-config-sections.ts';
import { sectionsText, type Section } from './section.ts';
import { printsOf } from './own-keys.ts';

// The marks hold neither : nor =. `aws configure set` takes any line with one of them for a key, and would put a new key
// of the section above the block behind such a line, so into the block.
const purpose = ' - idc profiles --write replaces what it wrote from here to "idc end"';
const beginMark = /^# ?idc begin\b(?: (?<place>\S+) (?<user>\S+)(?: (?<suffix>\S+))? - )?/;
const endMark = /^# ?idc end\b(?: - (?<prints>.*))?/;
/** Behind `purpose`: the text above had no line break at its end, so the block brought one. */
const broken = ' - added a line break above';

const byteOrderMark = '\u00EF\u00BB\u00BF';

/** Whose profiles a block holds. */
export interface BlockOwner {
  /** The id of the instance (`ssoins-…`), or the session's name where the instance is not known. */
  place: string;
  user: string;
  /** What the names of its session and its profiles end with. */
  suffix?: string;
}

export interface Block {
  /** Absent in a block that idc wrote when it kept one alone. */
  owner?: BlockOwner;
  /** What idc had for each key when it wrote last, by `printsOf`; absent in such a block. */
  written?: ReadonlySet<string>;
  /** Where it is in the text, with its marks. */
  start: number;
  end: number;
}

/** A config with its blocks. The text holds one character a byte, so that every byte survives. */
export interface BlockFile {
  text: string;
  blocks: readonly Block[];
  lineBreak: string;
}

/** Finds the blocks. Errors: `damaged-block` with what to mend, `config-encoding` for what is not such a text. */
export function findBlocks(bytes: Uint8Array): BlockFile {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('\0')) {
    throw new ReportedError(
      'config-encoding',
      'The AWS config holds zero bytes, so it is UTF-16 or no text at all.',
      'The AWS CLI and the SDKs can not read it either: save it as UTF-8, without a byte order mark.',
    );
  }
  const lines = linesOf(text);
  const marks = lines.filter(({ content }) => beginMark.test(content) || endMark.test(content));
  const isPaired = marks.every(({ content }, index) => (index % 2 === 0 ? beginMark : endMark).test(content));
  if (!isPaired || marks.length % 2 === 1) {
    const found = marks.map(({ number, content }) => `"${/idc \w+/.exec(content)?.[0]}" in line ${number}`);
    throw damaged(`its marks are ${found.join(', ')}, instead of an "# idc end" after each "# idc begin"`);
  }
  const blocks = marks.flatMap((first, index): Block[] => {
    const last = marks[index + 1];
    return index % 2 === 0 && last ? [blockBetween(first, last, lines, marks[index + 2]?.start ?? Infinity)] : [];
  });
  return { text, blocks, lineBreak: /\r?\n/.exec(text)?.[0] ?? '\n' };
}

function blockBetween(first: Line, last: Line, lines: readonly Line[], limit: number): Block {
  const stray = lines.find(({ start, content }) => start > first.start && start < last.start && !isQuiet(content));
  if (stray && !stray.content.startsWith('[')) {
    throw damaged(`line ${stray.number}, after "# idc begin", belongs to the section above it; move it there`);
  }
  const behind = lines.filter(({ start }) => start > last.start && start < limit);
  const next = behind.findIndex(({ content }) => content.trimStart().startsWith('['));
  if (next >= 0 && !behind[next]?.content.startsWith('[')) {
    throw damaged(`line ${behind[next]?.number}, after "# idc end", is indented; move it to the start of its line`);
  }
  // `aws configure set` puts keys of the last section here too, where all readers find them.
  const keys = behind.slice(0, next < 0 ? undefined : next).filter(({ content }) => !isQuiet(content));
  const { place, user, suffix } = beginMark.exec(first.content)?.groups ?? {};
  const prints = endMark.exec(last.content)?.groups?.['prints'];
  return {
    start: first.start,
    end: (keys.at(-1) ?? last).end,
    ...(place !== undefined &&
      user !== undefined && {
        owner: { place: decode(place), user: decode(user), ...(suffix !== undefined && { suffix: decode(suffix) }) },
        written: new Set(prints?.trim().split(' ')),
      }),
  };
}

/** The sections of one block, with the lines that they have in the file. */
export const readBlock = ({ text }: BlockFile, { start, end }: Block): CliReading =>
  readAsCli(decodeText(blank(text.slice(0, start)) + text.slice(start, end)));

/** The same lines, with those of all blocks empty: what others have written, in its own places. */
export function outsideBlocks({ text, blocks }: BlockFile): string {
  let outside = '';
  let at = 0;
  for (const { start, end } of blocks) {
    outside += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
  }
  return decodeText(outside + text.slice(at));
}

export interface BlockContent {
  owner: BlockOwner;
  /** As they are written, with what their reader set. */
  sections: readonly Section[];
  /** The same as idc has them. */
  wanted: readonly Section[];
}

/**
 * The config with this block: in the place of the old one, or else at the end.
 * @param freed lines of the old block that are not its own, which go behind it.
 */
export function withBlock(
  file: BlockFile,
  old: Block | undefined,
  { owner, sections, wanted }: BlockContent,
  freed: readonly string[] = [],
): Buffer {
  const { text } = file;
  const { start, end } = old ?? { start: text.length, end: text.length };
  const isBroken = old ? brought(text, old) : text !== '' && !text.endsWith('\n');
  const lineBreak = old ? breakOf(file, old) : file.lineBreak;
  const gap = old || text === '' ? '' : '\n'.repeat(isBroken ? 2 : 1);
  const { place, user, suffix } = owner;
  const names = [place, user, ...(suffix === undefined ? [] : [suffix])].map(encodeURIComponent).join(' ');
  const prints = wanted.flatMap(printsOf).join(' ');
  // The empty line before the end is where `aws configure set` puts a new key of the last section.
  const lines = `${gap}# idc begin ${names}${purpose}${isBroken ? broken : ''}\n\n${sectionsText(sections)}\n# idc end - ${prints}\n`;
  const block = (lines + freedText(freed)).replaceAll('\n', lineBreak);
  return Buffer.from(text.slice(0, start) + block + text.slice(end), 'latin1');
}

/** The config without this block: what there was before it, with all that others have changed since. */
export function withoutBlock(file: BlockFile, old: Block, freed: readonly string[] = []): Buffer {
  const { text } = file;
  const [before, after] = [text.slice(0, old.start), text.slice(old.end)];
  const lineBreak = breakOf(file, old);
  const cut = before.endsWith(lineBreak) ? before.slice(0, -lineBreak.length) : before;
  const hasGap = cut !== before && cut.endsWith('\n');
  let rest = hasGap ? cut : before;
  const left = freedText(freed).replaceAll('\n', lineBreak) + after;
  // Only at the end of the file can the last line do without its break.
  if (left === '' && brought(text, old) && rest.endsWith(lineBreak)) rest = rest.slice(0, -lineBreak.length);
  return Buffer.from(rest + left, 'latin1');
}

const freedText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Whether the block brought the line break above it. */
const brought = (text: string, { start, end }: Block): boolean =>
  (/^.*/.exec(text.slice(start, end))?.[0] ?? '').includes(broken);

const breakOf = ({ text, lineBreak }: BlockFile, { start, end }: Block): string =>
  /\r?\n/.exec(text.slice(start, end))?.[0] ?? lineBreak;

const blank = (text: string): string => text.replaceAll(/[^\r\n]/g, '');

const decodeText = (text: string): string => Buffer.from(text, 'latin1').toString();

/** A mark that somebody edited may hold what no encoding made. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Line {
  /** From 1. */
  number: number;
  /** Without its line break. */
  content: string;
  start: number;
  /** Behind its line break. */
  end: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
  while (start < text.length) {
    const at = text.indexOf('\n', start);
    const end = at < 0 ? text.length : at + 1;
    lines.push({ number: lines.length + 1, content: text.slice(start, end).replace(/\r?\n$/, ''), start, end });
    start = end;
  }
  return lines;
}

/** An empty line or a comment. */
const isQuiet = (content: string): boolean => /^\s*([#;]|$)/.test(content);

const damaged = (why: string): ReportedError =>
  new ReportedError(
    'damaged-block',
    `A block that idc keeps in the AWS config is damaged: ${why}.`,
    'Mend it, or delete all of the block from "# idc begin" to "# idc end"; the next --write makes it again. Nothing was changed.',
  );
