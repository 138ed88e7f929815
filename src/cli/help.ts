import { exitCodesOf, groupedFlags, isGroup, usageOf, type Entry, type Example } from './command.ts';
import { environment } from './environment.ts';
import { explainArgument, explainFlag, spellArgument, spellFlag } from './flag.ts';

type Item = readonly [term: string, text: string];
interface List {
  heading: string;
  items: readonly Item[];
}

// Longer lines are hard to read.
const widest = 100;

/** The help of a command, made from its definition. */
export function helpText(path: string, entry: Entry, columns: number): string {
  const width = Math.min(columns, widest);
  const blocks = [
    entry.summary,
    hang('Usage: ', fill(usageOf(path, entry).split(' '), width - 7)).join('\n'),
    ...paragraphs(entry.description, width),
    ...lists([inside(entry)], width),
    // All flags are in one column.
    ...lists(flagLists(entry), width),
    ...(entry.examples.length > 0 ? [`Examples:\n${exampleText(entry.examples, width)}`] : []),
    ...lists([{ heading: 'Exit codes', items: exitCodesOf(entry) }], width),
    ...lists([variables(entry)], width),
    ...(isGroup(entry) ? [wrap(`Run ${path} <command> --help for the help of a command.`, width).join('\n')] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const inside = (entry: Entry): List =>
  isGroup(entry)
    ? { heading: 'Commands', items: entry.commands.map(({ name, summary }) => [name, summary]) }
    : {
        heading: 'Arguments',
        items: Object.values(entry.args).map((one) => [spellArgument(one), explainArgument(one)]),
      };

const flagLists = (entry: Entry): List[] =>
  groupedFlags(entry).map(({ heading, flags }) => ({
    heading,
    items: flags.map(([name, flag]) => [`${flag.short ? '' : '    '}${spellFlag(name, flag)}`, explainFlag(flag)]),
  }));

const variables = ({ environment: names = [] }: Entry): List => ({
  heading: 'Environment variables',
  items: names.map((name) => [name, environment[name]]),
});

/** Each paragraph is a block; the items of a list, and a line to paste, stand right under what introduces them. */
function paragraphs(description: readonly string[], width: number): string[] {
  const blocks: string[] = [];
  for (const text of description) {
    if (text.startsWith('    ')) blocks.push([blocks.pop(), ...fold(text.trim(), width)].join('\n'));
    else if (text.startsWith('- '))
      blocks.push([blocks.pop(), ...hang('  - ', wrap(text.slice(2), width - 4))].join('\n'));
    else blocks.push(wrap(text, width).join('\n'));
  }
  return blocks;
}

/** Terms in one column and texts in another. Under a term that is too long for its column begins its text. */
function lists(all: readonly List[], width: number): string[] {
  const most = Math.floor(width / 3);
  const terms = all.flatMap(({ items }) => items.map(([term]) => term.length));
  const column = Math.max(...terms.filter((length) => length <= most), Math.min(most, ...terms));
  const line = ([term, text]: Item): string => {
    const lines = wrap(text, width - column - 4);
    return term.length <= column
      ? hang(`  ${term.padEnd(column)}  `, lines).join('\n')
      : [`  ${term}`, ...hang(' '.repeat(column + 4), lines)].join('\n');
  };
  return all.flatMap(({ heading, items }) => (items.length > 0 ? [`${heading}:\n${items.map(line).join('\n')}`] : []));
}

const exampleText = (examples: readonly Example[], width: number): string =>
  examples.map(({ does, run }) => [...hang('  # ', [does]), ...fold(run, width)].join('\n')).join('\n\n');

/** A command on as many lines as it takes, so that it can still be pasted. */
function fold(run: string, width: number): string[] {
  const words: string[] = [];
  for (const word of run.match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? []) {
    // A flag and its value stay together.
    if (words.at(-1)?.startsWith('-') && !/^[-|>&]/.test(word)) words.push(`${words.pop()} ${word}`);
    else words.push(word);
  }
  const lines = fill(words, width - 8);
  return lines.map((line, at) => `${at > 0 ? '      ' : '  '}${line}${at < lines.length - 1 ? ' \\' : ''}`);
}

/** Indents lines as far as what stands before the first. */
const hang = (before: string, lines: readonly string[]): string[] =>
  lines.map((line, at) => `${at === 0 ? before : ' '.repeat(before.length)}${line}`);

/** Backticks are for the page of commands. */
const wrap = (text: string, width: number): string[] => fill(text.replaceAll('`', '').split(' '), width);

function fill(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
