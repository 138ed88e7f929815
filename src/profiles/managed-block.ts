import { ReportedError } from '../core/errors.ts';

// The lines hold neither : nor =. `aws configure set` takes any line with one of them for a key, and would put a new key
// of the section above the block behind such a line, so into the block.
const begin = '# idc begin - idc profiles replaces all lines from here to "idc end"';
const end = '# idc end';
/** Behind `begin`: the text above had no line break at its end, so the block brought one. */
const broken = ' - added a line break above';

const byteOrderMark = '\u00EF\u00BB\u00BF';

/** A file with at most one block. All texts hold one character a byte, so that every byte survives. */
export interface BlockParts {
  before: string;
  /** With its first and its last line; absent where the file has none. */
  block?: string;
  after: string;
  /** The line break of the block. */
  lineBreak: string;
}

/** Takes a config apart. Errors: `damaged-block` with what to mend, `config-encoding` for what is no such text. */
export function findBlock(bytes: Uint8Array): BlockParts {
  const text = Buffer.from(bytes).toString('latin1');
  if (text.includes('\0')) {
    throw new ReportedError(
      'config-encoding',
      'The AWS config holds zero bytes, so it is UTF-16 or no text at all.',
      'The AWS CLI and the SDKs can not read it either: save it as UTF-8, without a byte order mark.',
    );
  }
  const lines = linesOf(text);
  const begins = lines.filter(({ content }) => /^# ?idc begin\b/.test(content));
  const ends = lines.filter(({ content }) => /^# ?idc end\b/.test(content));
  const [first, last] = [begins[0], ends[0]];
  if (!first && !last) return { before: text, after: '', lineBreak: /\r?\n/.exec(text)?.[0] ?? '\n' };
  if (!first || !last || begins.length > 1 || ends.length > 1 || last.start < first.start) {
    const found = [...begins, ...ends].sort((a, b) => a.start - b.start);
    throw damaged(
      `its marks are ${found.map(({ number, content }) => `"${content.slice(0, 11).trim()}" in line ${number}`).join(', ')}, instead of one "# idc begin" with one "# idc end" after it`,
    );
  }
  const [inside, behind] = [
    lines.filter(({ start }) => start > first.start && start < last.start),
    lines.filter(({ start }) => start > last.start),
  ];
  checkNoStrays(inside, 'after "# idc begin" belongs to the section above it');
  checkNoStrays(behind, 'after "# idc end" belongs to the last section of the block');
  return {
    before: text.slice(0, first.start),
    block: text.slice(first.start, last.end),
    after: text.slice(last.end),
    lineBreak: /\r?\n$/.exec(text.slice(first.start, first.end))?.[0] ?? '\n',
  };
}

/** The same lines, with those of the block empty: what others have written, in its own places. */
export function outsideBlock({ before, block = '', after }: BlockParts): Buffer {
  return Buffer.from(before + block.replaceAll(/[^\r\n]/g, '') + after, 'latin1');
}

/** The config with these sections in its block: where the block is, or else at the end. `sections` has LF line breaks. */
export function withBlock({ before, block, after, lineBreak }: BlockParts, sections: string): Buffer {
  const isBroken = block === undefined ? before !== '' && !before.endsWith('\n') : brought(block);
  const gap = block !== undefined || before === '' ? '' : lineBreak.repeat(isBroken ? 2 : 1);
  // The empty line before the end is where `aws configure set` puts a new key of the last section.
  const lines = `${begin}${isBroken ? broken : ''}\n\n${sections}\n${end}\n`;
  return Buffer.from(before + gap + lines.replaceAll('\n', lineBreak) + after, 'latin1');
}

/** What there was before the first block, with all that others have changed since. */
export function withoutBlock({ before, block, after, lineBreak }: BlockParts): Buffer {
  if (block === undefined) return Buffer.from(before, 'latin1');
  const cut = before.endsWith(lineBreak) ? before.slice(0, -lineBreak.length) : before;
  const hasGap = cut !== before && cut.endsWith('\n');
  let rest = hasGap ? cut : before;
  // Only at the end of the file can the last line do without its break.
  if (after === '' && brought(block) && rest.endsWith(lineBreak)) {
    rest = rest.slice(0, -lineBreak.length);
  }
  return Buffer.from(rest + after, 'latin1');
}

/** Whether the block brought the line break above it. */
const brought = (block: string): boolean => (/^.*/.exec(block)?.[0] ?? '').includes(broken);

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

/** Up to the first section, there may only be empty lines and comments. */
function checkNoStrays(lines: readonly Line[], what: string): void {
  const stray = lines.find(({ content }) => !/^\s*([#;]|$)/.test(content));
  if (stray && !stray.content.startsWith('[')) {
    throw damaged(`line ${stray.number}, ${what}; move it there`);
  }
}

const damaged = (why: string): ReportedError =>
  new ReportedError(
    'damaged-block',
    `The block that idc keeps in the AWS config is damaged: ${why}.`,
    'Mend it, or delete all of the block from "# idc begin" to "# idc end"; the next --write creates it again. Nothing was changed.',
  );
