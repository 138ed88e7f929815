import { html } from '../login/html.ts';
import type { Routes } from '../login/http.ts';
import { maySignIn } from '../login/may-sign-in.ts';
import { localPage, page } from '../login/page.ts';
import { nameOf, reachList, userChoice } from '../login/views.ts';
import { reachOf } from '../login/reach.ts';
import type { World } from '../core/world.ts';

/** The access portal for a person to look at: what a start URL can point at. */
export function startRoutes(world: World): Routes {
  const start = localPage(({ query }) => {
    const user = world.users.get(query.get('user') ?? '');
    const search = query.get('search') ?? '';
    if (!maySignIn(user)) {
      const target = { action: '/start', hidden: {} };
      return page('Access portal', userChoice(world.users.rows(), search, target));
    }
    const lead = html`<p>The user <b>${user.UserName}</b> can take these permission sets:</p>`;
    const body = html`${reachList(reachOf(world, user.UserId), nameOf(user), lead)}
      <p class="after"><a href="/start">Choose another user</a></p>`;
    return page(`What ${nameOf(user)} reaches`, body);
  });
  // AWS's start URLs are seen with and without the slash.
  return { 'GET /start': start, 'GET /start/': start };
}
