import type { Reach } from './reach.ts';
import type { User } from '../resources/user/table.ts';
import { type Html, html } from './html.ts';
import { maySignIn } from './may-sign-in.ts';

/** Where a page's forms lead, and what they carry along. */
export interface FormTarget {
  action: string;
  hidden: Readonly<Record<string, string>>;
}

/** More users than these are searched, and of more than those only the first are listed. */
const [searchedFrom, longestList] = [20, 200];

export function codeForm(): Html {
  return html`<form action="/device">
    <label class="label" for="code">The code that your terminal shows</label>
    <p>
      <input
        class="field"
        id="code"
        name="user_code"
        required
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        placeholder="ABCD-EFGH"
      />
    </p>
    <div class="row"><button class="main">Continue</button></div>
  </form>`;
}

/** Who asks, and how to tell that it is one's own terminal. */
export function whoAsks(clientName: string, code: string | undefined): Html {
  if (code === undefined) return html`<p>The program <b>${clientName}</b> on this machine asks to be signed in.</p>`;
  return html`<p>
      The program <b>${clientName}</b> asks to be signed in. Your terminal must show this code; if it does not, deny.
    </p>
    <p class="code">${code}</p>`;
}

/** A list to choose from; with a search where it is long. */
export function userChoice(users: readonly User[], search: string, target: FormTarget): Html {
  const all = users.filter(maySignIn).sort(byName);
  const disabled = users.length - all.length;
  const wanted = search.trim().toLowerCase();
  const found = all.filter((user) => textOf(user).includes(wanted));
  const shown = found.slice(0, longestList);
  return html`${all.length > searchedFrom ? searchForm(search, target) : undefined}
    <form action="${target.action}">
      ${hiddenFields(target)}
      <fieldset>
        <legend>Who are you?</legend>
        ${shown.map(userRow)}
      </fieldset>
      ${note(all.length === 0, 'There is no user who can sign in. Make one first.')}
      ${note(all.length > 0 && found.length === 0, `Nobody matches “${search}”.`)}
      ${note(found.length > shown.length, `The first ${shown.length} of ${found.length}; search for the others.`)}
      ${note(disabled > 0, `${disabled} disabled ${disabled === 1 ? 'user' : 'users'} can’t sign in.`)}
      ${shown.length > 0 ? html`<div class="row"><button class="main">Continue</button></div>` : undefined}
    </form>`;
}

/** The accounts and the permission sets in each, after a line that leads to them; or that there are none. */
export function reachList(reach: readonly Reach[], name: string, lead: Html): Html {
  if (reach.length === 0) return html`<p>${name} holds no permission set in any account: this opens nothing.</p>`;
  const sorted = reach.toSorted((a, b) => (a.account.Name < b.account.Name ? -1 : 1));
  return html`${lead}
    <dl class="reach">
      ${sorted.map(
        ({ account, permissionSets }) =>
          html`<div>
            <dt>${account.Name} <small>${account.Id}</small></dt>
            <dd>${permissionSets.map(({ Name }) => html`<span class="chip">${Name}</span>`)}</dd>
          </div>`,
      )}
    </dl>`;
}

/** The buttons that decide; without a user there is only one to deny. */
export function decisionForm(target: FormTarget): Html {
  const approve = html`<button class="main" name="decision" value="approve">Approve</button>`;
  return html`<form method="post" action="${target.action}">
    ${hiddenFields(target)}
    <div class="row">
      ${'user' in target.hidden ? approve : undefined}
      <button name="decision" value="deny">Deny</button>
    </div>
  </form>`;
}

export function nameOf({ DisplayName, UserName }: User): string {
  return DisplayName ?? UserName;
}

function searchForm(search: string, target: FormTarget): Html {
  return html`<form class="search" role="search" action="${target.action}">
    ${hiddenFields(target)}
    <label class="label" for="search">Find a user</label>
    <div class="row">
      <input class="field" id="search" type="search" name="search" value="${search}" />
      <button>Search</button>
    </div>
  </form>`;
}

function userRow(user: User): Html {
  return html`<label class="choice">
    <input type="radio" name="user" value="${user.UserId}" required />
    <span>${nameOf(user)} <small>${user.UserName}</small></span>
  </label>`;
}

function hiddenFields({ hidden }: FormTarget): Html[] {
  return Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

function note(isShown: boolean, text: string): Html | undefined {
  return isShown ? html`<p class="soft">${text}</p>` : undefined;
}

function byName(a: User, b: User): number {
  return nameOf(a).localeCompare(nameOf(b), 'en') || (a.UserName < b.UserName ? -1 : 1);
}

function textOf(user: User): string {
  return `${nameOf(user)} ${user.UserName}`.toLowerCase();
}
