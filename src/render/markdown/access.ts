import { nounCount, peopleCount } from '../../core/words.ts';
import type { AccessLine } from '../view/access-line.ts';
import type { AccessSide, AdministratorsLine, ApplicationLine, AttributesLine } from '../view/access-view.ts';
import type { EditsView } from '../view/edit-view.ts';
import { cutOff } from '../view/cut-off.ts';
import { byWords } from '../view/edit-words.ts';
import type { Row, Section } from './truncate.ts';
import {
  accessHeading,
  attributesSentence,
  changedHandsSentence,
  firstNames,
  holdersSentence,
  restOfEdited,
  restSentence,
} from '../view/access-words.ts';
import { code, placeLink, prose } from './inline.ts';
import { tableHead, tableRow } from './table.ts';
import type { PlanView } from '../view/view.ts';
import { listOf } from '../view/wording.ts';

/** The names that one cell spells out before they are counted instead. */
const names = 5;
/** The names in one line above the table; see also {@link firstNames}. */
const namesInLine = 10;
/** The lines of the file that one cell spells out. */
const fileLines = 3;
/** The names in one cell of the folded list, so that a row of it is never too long to be shown. */
const foldedNames = 25;

const sides = ['gained', 'lost'] as const;
const verbs = { gained: ['gains', 'gain'], lost: ['**loses**', '**lose**'] } as const;
const folds = { gained: 'Who gains what, by name', lost: 'Who loses what, by name' } as const;
const heading = `### ${accessHeading}\n\n`;

/** Who gains and who loses what, in a table; what is too long for it, folded under it by name. */
export function accessSections({ access }: Pick<PlanView, 'access'>, filesUrl?: string): Section[] {
  const has = (isIn: (line: AccessLine) => boolean): boolean => sides.some((side) => access[side].lines.some(isIn));
  const head: TableHead = {
    ...accessHead({ hasReasons: has(hasReason), hasEnds: has(({ until }) => until !== undefined) }),
    ...(filesUrl !== undefined && { filesUrl }),
  };
  const shown = sides
    .flatMap((side) => cutOff(access[side].lines)[0].map((line) => ({ side, line })))
    // Stable: what comes first stays in the order of the sides.
    .sort((a, b) => Number(b.line.first > 0) - Number(a.line.first > 0))
    .map(({ side, line }) => ({ ...accessRow(side, line, head, names), isFirst: line.first > 0 }));
  const applications = (['gained', 'lost'] as const).flatMap((side) =>
    access.applications[side].map((line) => applicationRow(side, line, head)),
  );
  const rest = sides.flatMap((side) => {
    const [, lines] = cutOff(access[side].lines);
    return lines.length === 0 ? [] : [`\n… and ${prose(restSentence(side, lines))}\n`];
  });
  const parts: Section[] = [
    alerts(access),
    edits(access.edited),
    attributes(access.attributes),
    { rowsAre: 'rows of access', open: head.text, rows: [...shown, ...applications], close: rest.join('') },
  ].filter(({ rows }) => rows.length > 0);
  return [
    ...parts.map((part, index) => (index === 0 ? { ...part, open: `${heading}${part.open}` } : part)),
    ...editDetails(access.edited),
    ...sides.flatMap((side) => {
      const rows = foldedOf(access[side])
        .flatMap(splitNames)
        .map((line) => accessRow(side, line, head, foldedNames));
      const open = `<details><summary>${folds[side]}</summary>\n\n${head.text}`;
      return rows.length === 0 ? [] : [{ rowsAre: 'rows of access by name', open, rows, close: '\n</details>\n' }];
    }),
  ];
}

/** What must not be overlooked, in a list above the table. */
function alerts({
  newAdministrators: { lines },
  lostAdministrators,
  lastAccess,
  changedHands,
}: PlanView['access']): Section {
  const [shown, rest] = cutOff(lines);
  const [former, otherFormer] = cutOff(lostAdministrators.lines);
  const [shownHands, otherHands] = cutOff(changedHands);
  const people = (users: readonly string[]): string => codes(users, namesInLine, 'more people');
  const texts: { text: string; isFirst?: boolean }[] = [
    ...shown.map((line) => {
      const what = line.users.length === 1 ? 'New administrator' : 'New administrators';
      const by = byWords(line.by);
      return {
        text: `**${what}** of ${administrators(line)}${by === '' ? '' : `, ${prose(by)}`}${line.areNone ? ', who administered none before' : ''}`,
        isFirst: line.first > 0,
      };
    }),
    ...(rest.length > 0 ? [{ text: `… and more, of ${rest.length} other accounts` }] : []),
    ...former.map((line) => ({
      text: `**No longer ${line.users.length === 1 ? 'an administrator' : 'administrators'}** of ${administrators(line)}${line.areNone ? `, who ${line.users.length === 1 ? 'administers' : 'administer'} none any more` : ''}`,
      isFirst: line.first > 0,
    })),
    ...(otherFormer.length > 0 ? [{ text: `… and more, of ${otherFormer.length} other accounts` }] : []),
    ...shownHands.map((line) => ({
      text: `**Perhaps another person**: ${prose(changedHandsSentence(line))}`,
      isFirst: line.first > 0,
    })),
    ...(otherHands.length > 0 ? [{ text: `… and ${peopleCount(otherHands.length)} more` }] : []),
    ...(lastAccess.length === 0
      ? []
      : [{ text: `**Last access lost** (nothing left in any account): ${people(lastAccess)}` }]),
  ];
  return {
    rowsAre: 'last accesses, new and former administrators',
    open: '',
    rows: texts
      .map(({ text, isFirst = false }) => ({ text: `- ${text}\n`, isFirst }))
      .sort((a, b) => Number(b.isFirst) - Number(a.isFirst)),
    close: '',
  };
}

const administrators = ({ users, accounts, first }: AdministratorsLine): string => {
  const where = codes(accounts, Math.max(namesInLine, first), 'more accounts');
  return `${where}: ${codes(users, first > 0 ? firstNames : namesInLine, 'more people')}`;
};

/** What the edits of permission sets mean to who holds them: at most two lines a set. */
function edits({ sets }: EditsView): Section {
  const [shown, others] = cutOff(sets);
  return {
    rowsAre: 'edited permission sets',
    open: '',
    rows: [
      ...shown.map(({ permissionSet, who, where, lead: [line = '', ...more], first }) => ({
        text: `- **${code(permissionSet)}**, ${prose(`held by ${who} in ${where}, ${line}`)}\n${more.map((text) => `  - ${prose(text)}\n`).join('')}`,
        isFirst: first > 0,
      })),
      ...(others.length > 0 ? [{ text: `- … and ${prose(restOfEdited(others))}\n` }] : []),
    ],
    close: '',
  };
}

/** Whose attributes differ, in what permission sets ask for. */
const attributes = (lines: readonly AttributesLine[]): Section => ({
  rowsAre: 'changes of attributes',
  open: '',
  rows: lines.map((line) => ({ text: `- ${prose(attributesSentence(line))}\n`, isFirst: line.first > 0 })),
  close: '',
});

/** Who holds what is edited, and what the lines above have no room for. */
function editDetails({ sets }: EditsView): Section[] {
  const rows = sets.flatMap(({ permissionSet, rest, holders }) =>
    [...rest, ...holders.map(holdersSentence)].map((text) => ({ text: `- ${code(permissionSet)}: ${prose(text)}\n` })),
  );
  const open = '<details><summary>Edited permission sets: who holds them, and the rest of what changes</summary>\n\n';
  return rows.length === 0
    ? []
    : [{ rowsAre: 'lines about edited permission sets', open, rows, close: '\n</details>\n' }];
}

function foldedOf({ lines }: AccessSide): AccessLine[] {
  const [shown, rest] = cutOff(lines);
  const counted = shown.filter((line) => isCounted(line.users, names) || isCounted(line.accounts, names));
  return [...counted, ...rest];
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

function accessHead({ hasReasons, hasEnds }: Columns): TableHead {
  const titles = ['Who', '', 'Permission set', 'Power', 'Accounts', 'Through'];
  const text = tableHead([...titles, ...(hasEnds ? ['Until'] : []), ...(hasReasons ? ['By'] : [])]);
  return { hasReasons, hasEnds, text };
}

function accessRow(
  side: keyof typeof verbs,
  line: AccessLine,
  { hasReasons, hasEnds, filesUrl }: TableHead,
  limit: number,
): Row {
  const { users, permissionSet, accounts, first, through, directly, places, cause } = line;
  const ways = [
    ...(directly ? ['directly'] : []),
    ...(through.length > 0 ? [`group${through.length === 1 ? '' : 's'} ${codes(through, limit)}`] : []),
  ];
  const reason =
    cause ??
    listOf(
      places.map((place) => {
        const where = placeLink(`${place.file}:${place.line}`, place, filesUrl);
        return place.reason === undefined ? where : `${where} (${code(place.reason)})`;
      }),
      fileLines,
    );
  const cells = [
    isCounted(users, limit) ? `${users.length} people` : codes(users),
    verbs[side][users.length === 1 ? 0 : 1],
    code(permissionSet),
    powerCell(line),
    isCounted(accounts, limit) ? countedAccounts(accounts, first) : codes(accounts),
    listOf(ways),
    ...(hasEnds ? [line.until ?? ''] : []),
    ...(hasReasons ? [reason] : []),
  ];
  return { text: tableRow(cells) };
}

const powerCell = ({ power, powerWords }: AccessLine): string =>
  power === 'administrator' || power === 'raise' ? `**${prose(powerWords)}**` : prose(powerWords);

/** `40 accounts`; those that come first by name. */
const countedAccounts = (accounts: readonly string[], first: number): string =>
  first === 0
    ? `${accounts.length} accounts`
    : listOf([
        ...accounts.slice(0, first).map(code),
        ...(accounts.length > first ? [nounCount(accounts.length - first, ['more account', 'more accounts'])] : []),
      ]);

function applicationRow(
  side: keyof typeof verbs,
  { users, application }: ApplicationLine,
  { hasReasons, hasEnds }: TableHead,
): Row {
  const who = codes(users, foldedNames, 'more people');
  const cells = [who, verbs[side][users.length === 1 ? 0 : 1], `application ${code(application)}`, '', '', ''];
  const empty = [...(hasEnds ? [''] : []), ...(hasReasons ? [''] : [])];
  return { text: tableRow([...cells, ...empty]) };
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
