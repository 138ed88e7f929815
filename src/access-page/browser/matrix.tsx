import type { JSX } from 'preact';
import { sanitize } from '../../core/sanitize.ts';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { cellOf, columnPhrase, columnsOf, type Column, type Columns } from '../model/columns.ts';
import type { Model } from '../model/model.ts';
import { counted, number, people as peopleWords } from '../model/sentence.ts';
import type { Row } from '../model/rows.ts';
import type { View } from '../model/view.ts';
import { AllowsMark } from './allows.tsx';
import { ChangedCell, Part } from './changes.tsx';
import { fitName, fitPath } from './fit.ts';
import { Account, Listed, Name, PowerLetter } from './names.tsx';
import type { Selected } from './panel.tsx';
import { RowTitle } from './row-title.tsx';

const rowHeight = 38;
const nameWidth = 290;
/** So many columns have their names level. */
const mostWide = 12;
/** Rows outside of what is seen that are there all the same. */
const margin = 4;

/** A cell that has the focus: row -1 is the header, column -1 the people. */
interface At {
  row: number;
  column: number;
}

interface Props {
  model: Model;
  view: View;
  selected: Selected | undefined;
  select(selected: Selected): void;
  /** Looks at the accounts of one column alone. */
  narrow(column: Column): void;
}

/** People with the same access by accounts that look the same. */
export function Matrix({ model, view, selected, select, narrow }: Props): JSX.Element {
  const grid = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(model, view), [model, view]);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [at, setAt] = useState<At>({ row: 0, column: -1 });
  const isMoving = useRef(false);
  useEffect(() => {
    // The same value where it is there already: nothing is drawn twice.
    setAt((now) => (now.row === 0 && now.column === -1 ? now : { row: 0, column: -1 }));
    setTop(0);
    if (grid.current) grid.current.scrollTop = 0;
  }, [view]);
  useEffect(() => {
    const measure = (): void => setHeight(grid.current?.clientHeight ?? 600);
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    const cell = grid.current?.querySelector<HTMLElement>('[tabindex="0"]');
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);

  const { rows } = view;
  const isWide = columns.isCollapsed || columns.columns.length <= mostWide;
  const widths = useMemo(() => widthsOf(model, columns, isWide), [model, columns, isWide]);
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + margin);
  const shown = [...rows.keys()].slice(first, last);
  if (at.row >= 0 && at.row < rows.length && !shown.includes(at.row)) shown.push(at.row);

  const everywhere = useMemo(() => columns.columns.flatMap(({ accounts }) => accounts), [columns]);
  const activate = ({ row, column }: At): void => {
    const of = columns.columns[column];
    if (row === -1) {
      if (of) narrow(of);
      return;
    }
    const people = rows[row]?.people ?? [];
    if (of) select({ people, accounts: of.accounts, title: columnPhrase(of) });
    else select({ people, accounts: everywhere, title: 'all accounts shown' });
  };
  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 2);
    const end = { row: rows.length - 1, column: columns.columns.length - 1 };
    const to = target(event, at, end, page);
    if (!to) {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      activate(at);
      return;
    }
    event.preventDefault();
    isMoving.current = true;
    setAt(to);
  };
  const cellProps = (row: number, column: number) => ({
    tabIndex: at.row === row && at.column === column ? 0 : -1,
    'aria-colindex': column + 2,
    onClick: () => {
      setAt({ row, column });
      activate({ row, column });
    },
  });
  const total = nameWidth + sumOf(widths);

  return (
    <>
      <div
        class={`matrix${isWide ? ' wide' : ''}`}
        role="grid"
        aria-label={`${model.isDifference ? 'What changes for whom: people with the same change' : 'Who holds what: people with the same access'} by accounts that look the same`}
        aria-rowcount={rows.length + 2}
        aria-colcount={columns.columns.length + 1}
        ref={grid}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        onKeyDown={move}
      >
        <div class="head" role="rowgroup" style={{ width: `${total}px` }}>
          <UnitRow columns={columns} widths={widths} />
          <div class="row" role="row" aria-rowindex={2}>
            <div class="corner" role="columnheader" {...cellProps(-1, -1)} style={{ width: `${nameWidth}px` }}>
              {model.isDifference ? 'People with the same change' : 'People with the same access'}
              <span class="quiet small">
                {counted(rows.length, 'row')}, {peopleWords(view.counts.people)}
              </span>
            </div>
            {columns.columns.map((column, index) => (
              <div
                key={`${column.unit}/${column.title}/${column.accounts[0]}`}
                class={`title${selected?.accounts === column.accounts ? ' is-selected' : ''}`}
                role="columnheader"
                title={sanitize(column.title)}
                style={{ width: `${widths[index]}px` }}
                {...cellProps(-1, index)}
              >
                <span class="turned">
                  <Name
                    text={fitName(
                      sanitize(column.title),
                      isWide ? titleLines * charsIn(widths[index] ?? 0) : charsIn(turnedHeight),
                    )}
                  />
                  {column.accounts.length > 1 && <span class="quiet"> {number(column.accounts.length)}</span>}
                </span>
              </div>
            ))}
          </div>
        </div>
        <div class="body" role="rowgroup" style={{ height: `${rows.length * rowHeight}px`, width: `${total}px` }}>
          {shown.map((index) => {
            const row = rows[index] as Row;
            return (
              <div
                key={row.people[0]}
                class="row"
                role="row"
                aria-rowindex={index + 3}
                style={{ top: `${index * rowHeight}px`, width: `${total}px` }}
              >
                <div class="people" role="rowheader" style={{ width: `${nameWidth}px` }} {...cellProps(index, -1)}>
                  <RowTitle model={model} row={row} />
                </div>
                {columns.columns.map((column, columnIndex) => (
                  <div
                    key={`${column.unit}/${column.title}/${column.accounts[0]}`}
                    class={`cell${selected?.people === row.people && selected.accounts === column.accounts ? ' is-selected' : ''}`}
                    role="gridcell"
                    style={{ width: `${widths[columnIndex]}px` }}
                    {...cellProps(index, columnIndex)}
                  >
                    <CellContent view={view} row={row} column={column} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {columns.unreached.length > 0 && (
        <p class="quiet">
          {model.isDifference ? 'Nothing changes in' : 'No one shown here has access to'}{' '}
          {counted(columns.unreached.length, 'account')}:{' '}
          <Listed>
            {columns.unreached.slice(0, mostUnreached).map((account) => (
              <Account key={account} model={model} account={account} />
            ))}
          </Listed>
          {columns.unreached.length > mostUnreached && ` and ${columns.unreached.length - mostUnreached} more`}.
        </p>
      )}
    </>
  );
}

const mostUnreached = 5;

/** Pixels of a box with its letter and what is around it, and of a character of what stands beside it. */
const boxWidth = 46;
const charWidth = 7;
const titleLines = 3;
const turnedHeight = 150;

const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);

const charsIn = (pixels: number): number => Math.floor((pixels - 10) / charWidth);

/** How wide each column is: `13 of 22` has room, and of a difference what changes in how many accounts. */
function widthsOf({ isDifference, actions }: Model, { columns, isCollapsed }: Columns, isWide: boolean): number[] {
  const own = actions && !isDifference ? 14 : 0;
  return columns.map(({ accounts: { length } }) => {
    if (!isWide) return (isDifference ? 92 : 44) + own;
    const part = isCollapsed && length > 1 ? boxWidth + charWidth * (2 * number(length).length + 4) : 0;
    return Math.max(isDifference && part > 0 ? 150 : 104, part) + own;
  });
}

/** Where a key leads; undefined for one that leads nowhere. */
function target({ key, ctrlKey, metaKey }: KeyboardEvent, { row, column }: At, end: At, page: number): At | undefined {
  const far = ctrlKey || metaKey;
  const to: Record<string, At> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + page, column },
    PageUp: { row: Math.max(row - page, Math.min(row, 0)), column },
    Home: far ? { row: 0, column: -1 } : { row, column: -1 },
    End: far ? end : { row, column: end.column },
  };
  const found = to[key];
  if (!found) return undefined;
  const within = (value: number, most: number): number => Math.max(-1, Math.min(most, value));
  return { row: within(found.row, end.row), column: within(found.column, end.column) };
}

/** The units of the columns, each once. */
function UnitRow({ columns: { columns }, widths }: { columns: Columns; widths: readonly number[] }): JSX.Element {
  const spans: { unit: string; from: number; count: number }[] = [];
  for (const [from, { unit }] of columns.entries()) {
    const open = spans.at(-1);
    if (open && open.unit === unit) open.count++;
    else spans.push({ unit, from, count: 1 });
  }
  if (columns.every(({ unit }) => unit === '')) return <></>;
  const widthOf = (from: number, count: number): number => sumOf(widths.slice(from, from + count));
  return (
    <div class="row units" role="row" aria-rowindex={1}>
      <div class="corner" role="columnheader" aria-colindex={1} style={{ width: `${nameWidth}px` }}>
        <span class="hidden">Unit</span>
      </div>
      {spans.map(({ unit, from, count }) => (
        <div
          key={from}
          class="unit"
          role="columnheader"
          aria-colindex={from + 2}
          aria-colspan={count}
          title={sanitize(unit)}
          style={{ width: `${widthOf(from, count)}px` }}
        >
          {unit === '' ? (
            <span class="hidden">No unit</span>
          ) : (
            <Name text={fitPath(sanitize(unit), charsIn(widthOf(from, count)))} />
          )}
        </div>
      ))}
    </div>
  );
}

function CellContent({ view, row, column }: { view: View; row: Row; column: Column }): JSX.Element {
  const cell = cellOf(view, row, column);
  const { power, allows, ends, accounts, change } = cell;
  if (accounts === 0) return <span class="hidden">none</span>;
  const all = column.accounts.length;
  return (
    <>
      {change ? <ChangedCell cell={cell} change={change} all={all} /> : <PowerLetter power={power} ends={ends} />}
      <AllowsMark allows={allows} />
      {!change && accounts < all && <Part of={accounts} all={all} />}
    </>
  );
}
