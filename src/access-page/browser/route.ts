import { fragmentOf, parseFragment, type Filter } from '../model/filter.ts';
import type { Model } from '../model/model.ts';

/** Where a reader is: all of it, by a filter, or what one person or one account has. It is in the URL, so that it can be sent. */
export type Route =
  | { page: 'all'; tab: Tab; filter: Filter }
  | { page: 'person'; person: number }
  | { page: 'account'; account: number };

export type Tab = 'matrix' | 'grants';

export const hrefOfPerson = ({ people }: Model, person: number): string =>
  `#person/${encodeURIComponent(people[person]?.name ?? '')}`;

export const hrefOfAccount = ({ accounts }: Model, account: number): string => `#account/${accounts[account]?.id}`;

export function hrefOf(tab: Tab, filter: Filter): string {
  return `#${[`view=${tab}`, fragmentOf(filter)].filter(Boolean).join('&')}`;
}

/** What a fragment says; all of it where it says nothing that is there. @param tab where it does not say which */
export function routeOf(model: Model, hash: string, tab: Tab): Route {
  const text = hash.replace(/^#/, '');
  const [page = '', name = ''] = text.split('/', 2);
  if (page === 'person') {
    const person = model.people.findIndex((one) => encodeURIComponent(one.name) === name);
    if (person !== -1) return { page, person };
  }
  if (page === 'account') {
    const account = model.accounts.findIndex(({ id }) => id === name);
    if (account !== -1) return { page, account };
  }
  const view = new URLSearchParams(text).get('view');
  return {
    page: 'all',
    tab: view === 'grants' || view === 'matrix' ? view : tab,
    filter: parseFragment(text),
  };
}

/** Goes there with a step in the history, or without one while a filter is typed. */
export function go(href: string, { replace = false } = {}): void {
  if (replace) location.replace(href);
  else location.assign(href);
}
