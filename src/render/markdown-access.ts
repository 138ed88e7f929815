import type { AccessLine, AccessView } from './access-view.ts';
import type { Section } from './fit.ts';
import { cell, code } from './markdown-inline.ts';
import type { PlanView } from './view.ts';
import { listOf } from './wording.ts';

/** Of each side; gains must not push losses out of sight. */
const longest = 20;
/** The names that one cell spells out before they are counted instead. */
const names = 5;
/** The lines of the file likewise. */
const fileLines = 3;
/** The names in one cell of the folded list, so that a row of it is never too long to be shown. */
const foldedNames = 25;

const sides = ['gained', 'lost'] as const satisfies (keyof AccessView)[];
const verbs = { gained: ['gains', 'gain'], lost: ['**loses**', '**lose**'] } as const;

/** Who gains and who loses what, in a table; what is too long for it, folded under it by name. */
export function accessSections({ access }: PlanView): Section[] {
  const shown = sides.flatMap((side) => shownOf(access[side].lines).map((line) => ({ side, line })));
  const folded = sides.flatMap((side) => foldedOf(access[side].lines).map((line) => ({ side, line })));
  const more = sides.reduce((sum, side) => sum + access[side].lines.length, -shown.length);
  const hasPlaces = sides.some((side) => access[side].lines.some(({ places }) => places.length > 0));
  const head = tableHead(hasPlaces);
  if (shown.length === 0) return [];
  return [
    {
      rowsAre: 'rows of access',
      open: `### Who gains, and who loses\n\n${head}`,
      rows: shown.map(({ side, line }) => ({ text: tableRow(side, line, hasPlaces, names) })),
      close: more > 0 ? `\n… and ${more} more\n` : '',
    },
    ...(folded.length === 0
      ? []
      : [
          {
            rowsAre: 'rows of access by name',
            open: `<details><summary>Who and where, by name</summary>\n\n${head}`,
            rows: folded
              .flatMap(({ side, line }) => splitNames(line).map((part) => ({ side, line: part })))
              .map(({ side, line }) => ({ text: tableRow(side, line, hasPlaces, foldedNames) })),
            close: '\n</details>\n',
          },
        ]),
  ];
}

const shownOf = (lines: AccessLine[]): AccessLine[] => (lines.length <= longest + 1 ? lines : lines.slice(0, longest));

const foldedOf = (lines: AccessLine[]): AccessLine[] => {
  const shown = shownOf(lines);
  const counted = shown.filter((line) => isCounted(line.users, names) || isCounted(line.accounts, names));
  return [...counted, ...lines.slice(shown.length)];
};

/** One more name takes less room than a count of the names. */
const isCounted = (items: readonly string[], limit: number): boolean => items.length > limit + 1;

const tableHead = (hasPlaces: boolean): string =>
  `| Who | | Permission set | Accounts | Through |${hasPlaces ? ' Lines |' : ''}\n|---|---|---|---|---|${hasPlaces ? '---|' : ''}\n`;

function tableRow(side: keyof AccessView, line: AccessLine, hasPlaces: boolean, limit: number): string {
  const { users, permissionSet, accounts, through, directly, places } = line;
  const ways = [
    ...(directly ? ['directly'] : []),
    ...(through.length > 0 ? [`group${through.length === 1 ? '' : 's'} ${codes(through, limit)}`] : []),
  ];
  const cells = [
    isCounted(users, limit) ? `${users.length} people` : codes(users),
    verbs[side][users.length === 1 ? 0 : 1],
    code(permissionSet),
    isCounted(accounts, limit) ? `${accounts.length} accounts` : codes(accounts),
    listOf(ways),
    ...(hasPlaces ? [codes(places, fileLines)] : []),
  ];
  return `| ${cells.map(cell).join(' | ')} |\n`;
}

const codes = (items: readonly string[], limit = Infinity): string => listOf(items.map(code), limit);

/** A line as lines that together say the same, each true by itself. */
function splitNames(line: AccessLine): AccessLine[] {
  const parts = (items: readonly string[]): string[][] =>
    Array.from({ length: Math.ceil(items.length / foldedNames) }, (_, index) =>
      items.slice(index * foldedNames, (index + 1) * foldedNames),
    );
  const accounts = parts(line.accounts);
  return parts(line.users).flatMap((users) => accounts.map((some) => ({ ...line, users, accounts: some })));
}
