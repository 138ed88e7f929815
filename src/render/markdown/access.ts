import type { AccessLine, AccessSide } from '../view/access-view.ts';
import type { Row, Section } from './truncate.ts';
import { restOfEdited, restSentence } from '../view/access-words.ts';
import { cell, code, placeLink, prose } from './inline.ts';
import type { PlanView } from '../view/view.ts';
import { listOf } from '../view/wording.ts';

/** Of each side; neither must push the other out of sight. */
const longest = 20;
/** The names that one cell spells out before they are counted instead. */
const names = 5;
/** The names in one line above the table. */
const namesInLine = 10;
/** The lines of the file that one cell spells out. */
const fileLines = 3;
/** The names in one cell of the folded list, so that a row of it is never too long to be shown. */
const foldedNames = 25;

// Where not everything has room, what comes first stays.
const sides = ['lost', 'gained'] as const;
const verbs = { gained: ['gains', 'gain'], lost: ['**loses**', '**lose**'] } as const;
const folds = { gained: 'Who gains what, by name', lost: 'Who loses what, by name' } as const;
const heading = '### Who gains, and who loses\n\n';

/** Who gains and who loses what, in a table; what is too long for it, folded under it by name. */
export function accessSections({ access }: PlanView, filesUrl?: string): Section[] {
  const has = (isIn: (line: AccessLine) => boolean): boolean => sides.some((side) => access[side].lines.some(isIn));
  const head: TableHead = {
    ...tableHead({ hasReasons: has(hasReason), hasEnds: has(({ until }) => until !== undefined) }),
    ...(filesUrl !== undefined && { filesUrl }),
  };
  const shown = sides.flatMap((side) => shownOf(access[side]).map((line) => tableRow(side, line, head, names)));
  const rest = sides.flatMap((side) => {
    const lines = access[side].lines.slice(shownOf(access[side]).length);
    return lines.length === 0 ? [] : [`\n… and ${prose(restSentence(side, lines))}\n`];
  });
  const parts: Section[] = [
    alerts(access),
    { rowsAre: 'rows of access', open: head.text, rows: shown, close: rest.join('') },
  ].filter(({ rows }) => rows.length > 0);
  return [
    ...parts.map((part, index) => (index === 0 ? { ...part, open: `${heading}${part.open}` } : part)),
    ...sides.flatMap((side) => {
      const rows = foldedOf(access[side])
        .flatMap(splitNames)
        .map((line) => tableRow(side, line, head, foldedNames));
      const open = `<details><summary>${folds[side]}</summary>\n\n${head.text}`;
      return rows.length === 0 ? [] : [{ rowsAre: 'rows of access by name', open, rows, close: '\n</details>\n' }];
    }),
  ];
}

/** What must not be overlooked, in a list above the table. */
function alerts({ newAdministrators: { lines }, lastAccess, edited }: PlanView['access']): Section {
  const shown = lines.slice(0, lines.length <= longest + 1 ? lines.length : longest);
  const rest = lines.length - shown.length;
  const end = edited.lines.length <= longest + 1 ? edited.lines.length : longest;
  const [shownEdits, otherEdits] = [edited.lines.slice(0, end), edited.lines.slice(end)];
  const people = (users: readonly string[]): string => codes(users, namesInLine, 'more people');
  const texts = [
    ...(lastAccess.length === 0 ? [] : [`**Last access lost**, nothing is left anywhere: ${people(lastAccess)}`]),
    ...shown.map(({ users, accounts }) => {
      const what = users.length === 1 ? 'New administrator' : 'New administrators';
      return `**${what}** of ${codes(accounts, namesInLine, 'more accounts')}: ${people(users)}`;
    }),
    ...(rest > 0 ? [`… and more, of ${rest} other accounts`] : []),
    ...shownEdits.map(
      ({ permissionSet, users, accounts }) =>
        `**Edited** ${code(permissionSet)}, which is held in ${codes(accounts, namesInLine, 'more accounts')} by ${people(users)}`,
    ),
    ...(otherEdits.length > 0 ? [`… and ${prose(restOfEdited(otherEdits))}`] : []),
  ];
  return {
    rowsAre: 'last accesses, new administrators and edited permission sets',
    open: '',
    rows: texts.map((text) => ({ text: `- ${text}\n` })),
    close: '',
  };
}

const shownOf = ({ lines }: AccessSide): AccessLine[] =>
  lines.length <= longest + 1 ? lines : lines.slice(0, longest);

function foldedOf(side: AccessSide): AccessLine[] {
  const shown = shownOf(side);
  const counted = shown.filter((line) => isCounted(line.users, names) || isCounted(line.accounts, names));
  return [...counted, ...side.lines.slice(shown.length)];
}

/** One more name takes less room than a count of the names. */
const isCounted = (items: readonly string[], limit: number): boolean => items.length > limit + 1;

const hasReason = ({ places, cause }: AccessLine): boolean => places.length > 0 || cause !== undefined;

/** Columns that a table has only where a row has something to say in them. */
interface Columns {
  hasReasons: boolean;
  hasEnds: boolean;
}

interface TableHead extends Columns {
  text: string;
  /** Where the lines of the file are. */
  filesUrl?: string;
}

function tableHead({ hasReasons, hasEnds }: Columns): TableHead {
  const columns = [...(hasEnds ? ['Until'] : []), ...(hasReasons ? ['By'] : [])];
  const titles = `| Who | | Permission set | Accounts | Through |${columns.map((title) => ` ${title} |`).join('')}`;
  return { hasReasons, hasEnds, text: `${titles}\n|---|---|---|---|---|${'---|'.repeat(columns.length)}\n` };
}

function tableRow(
  side: keyof typeof verbs,
  line: AccessLine,
  { hasReasons, hasEnds, filesUrl }: TableHead,
  limit: number,
): Row {
  const { users, permissionSet, accounts, through, directly, places, cause } = line;
  const ways = [
    ...(directly ? ['directly'] : []),
    ...(through.length > 0 ? [`group${through.length === 1 ? '' : 's'} ${codes(through, limit)}`] : []),
  ];
  const reason =
    cause ??
    listOf(
      places.map((place) => placeLink(`${place.file}:${place.line}`, place, filesUrl)),
      fileLines,
    );
  const cells = [
    isCounted(users, limit) ? `${users.length} people` : codes(users),
    verbs[side][users.length === 1 ? 0 : 1],
    code(permissionSet),
    isCounted(accounts, limit) ? `${accounts.length} accounts` : codes(accounts),
    listOf(ways),
    ...(hasEnds ? [line.until ?? ''] : []),
    ...(hasReasons ? [reason] : []),
  ];
  return { text: `| ${cells.map(cell).join(' | ')} |\n` };
}

const codes = (items: readonly string[], limit = Infinity, more?: string): string =>
  listOf(items.map(code), limit, more);

/** A line as lines that together say the same, each true by itself. */
function splitNames(line: AccessLine): AccessLine[] {
  const parts = (items: readonly string[]): string[][] =>
    Array.from({ length: Math.ceil(items.length / foldedNames) }, (_, index) =>
      items.slice(index * foldedNames, (index + 1) * foldedNames),
    );
  const accounts = parts(line.accounts);
  return parts(line.users).flatMap((users) => accounts.map((some) => ({ ...line, users, accounts: some })));
}
