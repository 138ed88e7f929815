import { reachOf } from './reach.ts';
import type { User } from '../resources/user/table.ts';
import type { World } from '../core/world.ts';
import { beginAuthorization, returnAddress } from './authorize.ts';
import { createFormTokens, type FormTokens } from './form-tokens.ts';
import { html } from './html.ts';
import type { Reply, Routes, WebRequest } from './http.ts';
import { maySignIn } from './may-sign-in.ts';
import { localPage, messagePage, page, redirect } from './page.ts';
import type { LoginRequest, LoginRequests } from './requests.ts';
import { readUserCode } from './secrets.ts';
import { codeForm, decisionForm, type FormTarget, nameOf, reachList, userChoice, whoAsks } from './views.ts';

/** The pages on which a person says who they are and approves: one after a device's code, one that a client opens. */
export function pageRoutes(world: World, now: () => number, requests: LoginRequests): Routes {
  const tokens = createFormTokens(now);

  const whileOpen = (id: string, go: (request: LoginRequest) => Reply): Reply => {
    const request = requests.find(id);
    return request ? (whyOver(request, now()) ?? go(request)) : unknown;
  };
  const show = (id: string, query: URLSearchParams): Reply =>
    whileOpen(id, (request) => showRequest(world, tokens, request, query));
  const decide = (request: LoginRequest, form: URLSearchParams): Reply => {
    if (!tokens.take(form.get('token') ?? '', request.id)) return staleForm;
    if (form.get('decision') !== 'approve') return denied(request);
    const user = userIn(world, form);
    if (!user) return cannotSignIn;
    request.outcome = { userId: user.UserId };
    const { flow } = request;
    if (flow.type === 'code') return redirect(returnAddress(flow, { code: requests.giveCode(request) }));
    return messagePage(
      'You are signed in',
      `As ${nameOf(user)}. You can close this page and go back to your terminal.`,
    );
  };

  /** The answer to a form, whose field of this name says which request it is about. */
  const answerTo =
    (field: string) =>
    ({ body, header, origin }: WebRequest): Reply => {
      const form = new URLSearchParams(body);
      const site = header('origin');
      // Browsers say which site a form was on.
      if (site !== undefined && site !== origin) return staleForm;
      return whileOpen(form.get(field) ?? '', (request) => decide(request, form));
    };

  return {
    'GET /device': localPage(({ query }) => {
      const code = query.get('user_code') ?? '';
      return code === '' ? page('Sign in', codeForm()) : show(readUserCode(code), query);
    }),
    'POST /device': localPage(answerTo('user_code')),
    'GET /authorize': localPage((request) => {
      const id = request.query.get('request');
      return id === null ? beginAuthorization(request, now(), requests) : show(id, request.query);
    }),
    'POST /authorize': localPage(answerTo('request')),
  };
}

/** Who are you? And then: this is what it opens. */
function showRequest(world: World, tokens: FormTokens, request: LoginRequest, query: URLSearchParams): Reply {
  const { id, flow, client } = request;
  const isDevice = flow.type === 'device';
  const own = { [isDevice ? 'user_code' : 'request']: id };
  const target: FormTarget = { action: isDevice ? '/device' : '/authorize', hidden: own };
  const withToken = (more: Record<string, string>): FormTarget => ({
    ...target,
    hidden: { ...own, ...more, token: tokens.give(id) },
  });
  const options = flow.type === 'code' ? { formTarget: policySource(new URL(flow.redirectUri)) } : {};
  const asks = whoAsks(client.name, isDevice ? id : undefined);
  const again = `${target.action}?${new URLSearchParams(own).toString()}`;

  const search = query.get('search') ?? '';
  if (!query.has('user')) {
    const choice = userChoice(world.users.rows(), search, target);
    const body = html`${asks}${choice}
      <h2>Did you not ask for this?</h2>
      ${decisionForm(withToken({}))}`;
    return page('Sign in', body, options);
  }
  const user = userIn(world, query);
  if (!user) return cannotSignIn;
  const lead = html`<p>
    As ${nameOf(user)} <span class="soft">(${user.UserName})</span> it can take these permission sets:
  </p>`;
  const body = html`${asks}${reachList(reachOf(world, user.UserId), nameOf(user), lead)}
    ${decisionForm(withToken({ user: user.UserId }))}
    <p class="after"><a href="${again}">Choose another user</a></p>`;
  return page(`Sign in as ${nameOf(user)}?`, body, options);
}

/**
 * What the page's policy calls the way back of a form, for a browser holds that against it too. A policy has no word for
 * an IPv6 address, and its form still leads only to a redirect URI that was checked.
 */
function policySource({ origin, hostname, protocol }: URL): string {
  return hostname.startsWith('[') ? protocol : origin;
}

function denied(request: LoginRequest): Reply {
  request.outcome = 'denied';
  if (request.flow.type === 'code') return redirect(returnAddress(request.flow, { error: 'access_denied' }));
  return messagePage('Denied', 'The sign-in was denied. You can close this page.');
}

/** The page for a request that can't be decided any more; undefined while it can. */
function whyOver(request: LoginRequest, now: number): Reply | undefined {
  if (request.outcome !== 'waiting') {
    return messagePage('Already used', 'This was decided before. Begin again in your terminal.', { status: 410 });
  }
  if (request.expiresAt > now) return undefined;
  return messagePage('Expired', 'This code is too old. Begin again in your terminal.', { status: 410 });
}

function userIn({ users }: World, fields: URLSearchParams): User | undefined {
  const user = users.get(fields.get('user') ?? '');
  return maySignIn(user) ? user : undefined;
}

const unknown = page(
  'Unknown code',
  html`<p role="status">Nothing waits for this code.</p>
    ${codeForm()}`,
  { status: 404 },
);

const staleForm = messagePage('Sent before', 'This form was sent already, or is too old. Go back and load it again.', {
  status: 403,
});

const cannotSignIn = messagePage('Unknown user', 'This user is not there, or is disabled, and can’t sign in.', {
  status: 403,
});
