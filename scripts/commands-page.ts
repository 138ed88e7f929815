// docs/commands.md and the README's table of commands, made from the definitions.
import { exitCodesOf, groupedFlags, isGroup, usageOf, walk, type Entry } from '../src/cli/command.ts';
import { idc } from '../src/cli/commands/index.ts';
import { environment } from '../src/cli/environment.ts';
import {
  explainArgument,
  explainFlag,
  flagGroups,
  longFlag,
  spellArgument,
  spellFlag,
  type Flag,
  type Flags,
} from '../src/cli/flag.ts';

const all = walk(idc);

/** docs/commands.md */
export function commandsPage(): string {
  const shared = flagGroups
    .filter((heading) => heading !== 'Flags')
    .flatMap((heading) => [`## ${heading}`, ...table('flag', 'meaning', sharedRows(heading))]);
  const variables = Object.entries(environment).map(([name, text]): [string, string] => [code(name), prose(text)]);
  return `${[
    '# Commands',
    '<!-- Written by npm run docs from src/cli/commands. -->',
    'Every command explains itself with `--help`; this page has the same text.',
    ...table(
      'command',
      'what it does',
      all.slice(1).map(({ path, entry }) => commandRow(path, entry, '')),
    ),
    ...all.flatMap(({ path, entry }) => section(path, entry)),
    ...shared,
    '## Environment variables',
    ...table('variable', 'meaning', variables),
  ].join('\n\n')}\n`;
}

/** What most tools have, and so no reader of the README looks for. */
const common = new Set(['completion', 'version']);

/** The README's table: a line for each command that is idc's own. */
export function commandTable(): string {
  const own = idc.commands.filter(({ name }) => !common.has(name));
  const rows = own.map((entry) => commandRow(`idc ${entry.name}`, entry, 'docs/commands.md'));
  return table('command', 'what it does', rows).join('');
}

/** Flags that have the heading in any command. */
function sharedRows(heading: string): [string, string][] {
  const groups = all.flatMap(({ entry }) => groupedFlags(entry)).filter((group) => group.heading === heading);
  const flags = Object.fromEntries(groups.flatMap((group) => group.flags));
  return Object.entries(flags).map(([name, flag]) => flagRow(name, flag, {}));
}

function section(path: string, entry: Entry): string[] {
  const groups = groupedFlags(entry);
  const own = groups.find(({ heading }) => heading === 'Flags')?.flags ?? [];
  const shared = groups.filter(({ heading }) => heading !== 'Flags');
  const commands = isGroup(entry) && entry !== idc ? entry.commands : [];
  const args = isGroup(entry) ? [] : Object.values(entry.args);
  const examples = entry.examples.map(({ does, run }) => `# ${does}\n${run}`);
  const variables = entry.environment ?? [];
  return [
    `## ${path}`,
    `${prose(entry.summary)}.`,
    fence('', usageOf(path, entry)),
    ...paragraphs(entry.description),
    ...table(
      'command',
      'what it does',
      commands.map((one) => commandRow(`${path} ${one.name}`, one, '')),
    ),
    ...table(
      'argument',
      'meaning',
      args.map((one) => [code(spellArgument(one)), prose(explainArgument(one))]),
    ),
    ...table(
      'flag',
      'meaning',
      own.map(([name, flag]) => flagRow(name, flag, entry.flags)),
    ),
    shared
      .map(({ heading, flags }) => {
        const names = flags.map(([name, flag]) => code(longFlag(name, flag)));
        return `- [${heading}](#${anchor(heading)}): ${names.join(', ')}`;
      })
      .join('\n'),
    ...(examples.length > 0 ? ['Examples:', fence('sh', examples.join('\n\n'))] : []),
    ...table(
      'exit code',
      'meaning',
      exitCodesOf(entry).map(([number, text]) => [number, prose(text)]),
    ),
    ...(variables.length > 0
      ? [`[Environment variables](#environment-variables): ${variables.map(code).join(', ')}`]
      : []),
  ];
}

/** What goes with no other flag is said too; help leaves it out. */
function flagRow(name: string, flag: Flag, all: Flags): [string, string] {
  const others = (flag.conflicts ?? []).flatMap((other) => (all[other] ? [code(longFlag(other, all[other]))] : []));
  const exclusion = others.length > 0 ? ` Not with ${others.join(', ')}.` : '';
  return [code(spellFlag(name, flag)), prose(`${explainFlag(flag)}${exclusion}`)];
}

const commandRow = (path: string, entry: Entry, page: string): [string, string] => [
  `[\`${path}\`](${page}#${anchor(path)})`,
  prose(entry.summary),
];

function paragraphs(description: readonly string[]): string[] {
  const blocks: string[] = [];
  for (const text of description) {
    if (text.startsWith('    ')) blocks.push(fence('sh', text.trim()));
    else if (text.startsWith('- ') && blocks.at(-1)?.startsWith('- '))
      blocks.push(`${blocks.pop()}\n- ${prose(text.slice(2))}`);
    else blocks.push(text.startsWith('- ') ? `- ${prose(text.slice(2))}` : prose(text));
  }
  return blocks;
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;

/** A block, or none where there is nothing to say. */
const table = (what: string, meaning: string, rows: readonly (readonly [string, string])[]): string[] =>
  rows.length === 0 ? [] : [[row([what, meaning]), '|---|---|', ...rows.map(row)].join('\n')];

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const code = (text: string): string => `\`${text}\``;
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

/** Nothing outside of code is markup. */
const prose = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[<>*[\]\\]|(?<!\w)_|_(?!\w)/g, String.raw`\$&`)))
    .join('');
