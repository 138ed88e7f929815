import type { JSX } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageAbout, PageData } from '../data.ts';
import { fragmentOf, isFiltered, noFilter, type Filter } from '../model/filter.ts';
import { createModel, type Model } from '../model/model.ts';
import { noOne, sentenceOf } from '../model/sentence.ts';
import { shownRoles } from '../model/roles.ts';
import { viewOf, type View } from '../model/view.ts';
import { filterWords } from './choices.ts';
import { ComingUsers } from './coming-users.tsx';
import { Facts } from './facts.tsx';
import { Filters } from './filters.tsx';
import { Grants } from './grants.tsx';
import { Head } from './head.tsx';
import { ChangeKey, Key, ReachKey } from './key.tsx';
import { Matrix } from './matrix.tsx';
import { Panel, type Selected } from './panel.tsx';
import { Printing, usePrinting } from './printing.ts';
import { Roles } from './roles.tsx';
import { go, hrefOf, routeOf, type Route, type Tab } from './route.ts';
import { AccountPage, PersonPage } from './subject.tsx';

/** Narrower than this there is no room for a matrix: the grants come first. */
const phone = '(max-width: 640px)';

const firstTab = (): Tab => (matchMedia(phone).matches ? 'grants' : 'matrix');

export function App({ data }: { data: PageData }): JSX.Element {
  const model = useMemo(() => createModel(data), [data]);
  const route = useRoute(model);
  const isPrinting = usePrinting();
  return (
    <Printing.Provider value={isPrinting}>
      <Head data={data} />
      {route.page === 'person' && <PersonPage key={route.person} model={model} person={route.person} />}
      {route.page === 'account' && <AccountPage key={route.account} model={model} account={route.account} />}
      {route.page === 'all' && (
        <AllPage model={model} about={data.about} tab={isPrinting ? 'grants' : route.tab} filter={route.filter} />
      )}
    </Printing.Provider>
  );
}

function useRoute(model: Model): Route {
  const read = (): Route => routeOf(model, location.hash, firstTab());
  const [route, setRoute] = useState(read);
  useLayoutEffect(() => {
    const follow = (): void => {
      const next = read();
      // Another page begins at its head.
      if (next.page !== 'all') scrollTo(0, 0);
      setRoute(next);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [model]);
  return route;
}

/** The views of the last filters: who clears one, or goes back, does not wait for it again. */
const views = new Map<string, View>();
const mostViews = 8;

function seen(model: Model, filter: Filter): View {
  const key = fragmentOf(filter);
  const view = views.get(key) ?? viewOf(model, filter);
  views.delete(key);
  views.set(key, view);
  const [oldest = ''] = views.keys();
  if (views.size > mostViews) views.delete(oldest);
  return view;
}

interface AllProps {
  model: Model;
  about: PageAbout;
  tab: Tab;
  filter: Filter;
}

function AllPage({ model, about, tab, filter }: AllProps): JSX.Element {
  const view = useMemo(() => seen(model, filter), [model, filter]);
  const [selected, select] = useState<Selected>();
  const opener = useRef<Element | null>(null);
  useEffect(() => select(undefined), [view, tab]);
  const close = (): void => {
    select(undefined);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const show = (next: Filter, replace = false): void => go(hrefOf(tab, next), { replace });
  const tabOf = (one: Tab, text: string): JSX.Element => (
    <a href={hrefOf(one, filter)} aria-current={tab === one ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <main>
      <Facts model={model} about={about} filter={filter} choose={(next) => show(next)} />
      <FilterBox filter={filter}>
        <Filters model={model} filter={filter} change={show} />
      </FilterBox>
      <p class="sentence" role="status" aria-atomic="true">
        {sentenceOf(model, view).map(({ text, isStrong }, at) => (isStrong ? <strong key={at}>{text}</strong> : text))}
      </p>
      {model.isDifference && <ComingUsers model={model} who={filter.who} />}
      <PrintedFilter filter={filter} />
      <div class={`bar on-${tab}`}>
        <nav class="tabs" aria-label="Views">
          {tabOf('matrix', 'Matrix')}
          {tabOf('grants', 'Grants')}
        </nav>
        <Key />
        {tab === 'matrix' && model.actions && <ReachKey />}
        {tab === 'matrix' && model.isDifference && <ChangeKey />}
      </div>
      {tab === 'grants' ? (
        <Grants key={JSON.stringify(filter)} model={model} grants={view.grants.list()} />
      ) : view.rows.length === 0 ? (
        <p class="nothing">
          {noOne(model, filter)}{' '}
          {isFiltered(filter) && (
            <button type="button" onClick={() => show(noFilter)}>
              Clear the filters
            </button>
          )}
        </p>
      ) : (
        <div class={selected ? 'with-panel' : ''}>
          <div class="picture">
            <Matrix
              model={model}
              view={view}
              selected={selected}
              select={(next) => {
                opener.current = document.activeElement;
                select(next);
              }}
              narrow={({ title, unit, accounts }) => {
                const [only = -1] = accounts;
                if (accounts.length === 1) go(`#account/${model.accounts[only]?.id}`);
                else show({ ...filter, ...(unit !== '' && { unit }), ...narrowedBy(model, title) });
              }}
            />
          </div>
          {selected && <Panel model={model} view={view} {...selected} close={close} />}
        </div>
      )}
      <Roles model={model} roles={shownRoles(model, filter)} />
    </main>
  );
}

/** On paper there are no fields of filters: it says by what it is filtered. */
function PrintedFilter({ filter }: { filter: Filter }): JSX.Element {
  const isPrinting = useContext(Printing);
  if (!isPrinting) return <></>;
  const words = filterWords(filter);
  return <p>{words.length === 0 ? 'Not filtered.' : `Filtered by ${words.join('; ')}.`}</p>;
}

/** On a phone the filters would take the first screen: there they open. */
function FilterBox({ filter, children }: { filter: Filter; children: JSX.Element }): JSX.Element {
  const [isPhone] = useState(() => matchMedia(phone).matches);
  const [isOpen] = useState(() => isFiltered(filter));
  if (!isPhone) return children;
  return (
    <details class="more-filters" open={isOpen}>
      <summary>Filters</summary>
      {children}
    </details>
  );
}

/** By the title of a column: a unit, a tag, or a pattern of names. */
function narrowedBy({ units, tags }: Model, title: string): Partial<Filter> {
  if (tags.includes(title)) return { tag: title };
  if (units.some((unit) => unit === title || unit.startsWith(`${title}/`))) return { unit: title };
  return title.includes('*') && !/\s/.test(title) ? { account: title } : {};
}
