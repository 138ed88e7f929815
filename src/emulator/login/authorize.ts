import type { Reply, WebRequest } from './http.ts';
import { messagePage, redirect } from './page.ts';
import { mayRedirectTo, readClient } from './registration.ts';
import type { CodeFlow, LoginRequests } from './requests.ts';

/** What a client sends a browser to /authorize with becomes a request that waits; the browser goes on to its page. */
export function beginAuthorization({ query }: WebRequest, now: number, requests: LoginRequests): Reply {
  const client = readClient(query.get('client_id') ?? '', now);
  if (!client) return refused('The program that sent you here is not registered, or its registration has expired.');
  const redirectUri = query.get('redirect_uri') ?? '';
  // Never to where the client did not say before.
  if (!mayRedirectTo(client, redirectUri)) return refused('The address to go back to is not one of this program.');
  const state = query.get('state') ?? undefined;
  const challenge = query.get('code_challenge') ?? '';
  const back = (error: string): Reply => redirect(returnAddress({ redirectUri, state }, { error }));
  if (query.get('response_type') !== 'code') return back('unsupported_response_type');
  if (!client.grantTypes.includes('authorization_code')) return back('unauthorized_client');
  if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)) return back('invalid_request');
  const { id } = requests.startCode(client, { redirectUri, state, challenge });
  return redirect(`/authorize?request=${id}`);
}

/** Where the client listens for what has been decided. */
export function returnAddress(
  { redirectUri, state }: Pick<CodeFlow, 'redirectUri' | 'state'>,
  answer: { code: string } | { error: string },
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

function refused(text: string): Reply {
  return messagePage('This can’t go on', text, { status: 400 });
}
