import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkAnswer, checkRequest, type Route } from './description.ts';
import { cursorPageOf, pageOf } from './paging.ts';
import type { Answer, Failure, Handler, Permissions } from './handler.ts';
import { routes } from './routes.ts';
import { actionsBot, createWorld, type Account, type World, type WorldOptions } from './world.ts';

/** One request, and what became of it. */
export interface Logged {
  method: string;
  /** Decoded, without the query: `/repos/octo-org/access/pulls/1`. */
  path: string;
  query: string;
  body: unknown;
  headers: IncomingMessage['headers'];
  status: number;
}

/** An answer that is not the one that was asked for. */
export interface Fault {
  /** Of which requests: `POST /repos/{owner}/{repo}/issues`, say; all where it is not given. */
  route?: Route;
  status: number;
  message?: string;
  headers?: Readonly<Record<string, string>>;
  /** How many; 1 unless it is given. */
  times?: number;
  /** The request is carried out, and only its answer is lost. */
  carriedOut?: boolean;
}

export interface GitHubStandIn {
  url: string;
  /** Of a job that may do everything, as github-actions[bot]. */
  token: string;
  world: World;
  requests: Logged[];
  /** Of what is not in GitHub's own description of its API; to be empty at the end of a test. */
  mismatches: string[];
  /** A token that may do less, or is somebody else's. */
  grant(permissions: Permissions, account?: Account): string;
  fail(fault: Fault): void;
  /** The environment of a job, for a process that talks to the stand-in. */
  env(token?: string): Record<string, string>;
  close(): Promise<void>;
}

/** Serves a little GitHub on loopback. Every request and every answer is held against GitHub's own description of its API. */
export async function startGitHubServer(options: WorldOptions = {}): Promise<GitHubStandIn> {
  const world = createWorld(options);
  const tokens = new Map<string, { account: Account; permissions?: Permissions }>();
  const faults: Fault[] = [];
  const standIn: GitHubStandIn = {
    url: '',
    token: 'ghs_everything',
    world,
    requests: [],
    mismatches: [],
    grant(permissions, account = actionsBot) {
      const token = `ghs_token${tokens.size}`;
      tokens.set(token, { account, permissions });
      return token;
    },
    fail: (fault) => faults.push({ ...fault }),
    env: (token = standIn.token) => ({
      GITHUB_TOKEN: token,
      GITHUB_REPOSITORY: world.repository,
      GITHUB_API_URL: standIn.url,
    }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  tokens.set(standIn.token, { account: actionsBot });

  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => {
      standIn.mismatches.push(`the stand-in failed: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', standIn.url);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const logged: Logged = { method, path: decodeURI(url.pathname), query: url.search, body, headers, status: 0 };
    standIn.requests.push(logged);
    const complain = (faultsFound: readonly string[]): void => {
      for (const fault of faultsFound) standIn.mismatches.push(`${method} ${logged.path}: ${fault}`);
    };

    const match = matchRoute(method, url.pathname);
    if (!match) {
      complain(['the stand-in knows no such request']);
      return sendJson(404, { message: 'Not Found' });
    }
    const { route, handler, params } = match;
    if (!headers['user-agent']) complain(['there is no user-agent, which GitHub refuses']);
    const asked = checkRequest(route, { query: url.searchParams, body });
    complain(asked);
    if (asked.length > 0) return sendFailure({ status: 422, message: asked.join('; ') });

    const fault = takeFault(route);
    const answer = fault && !fault.carriedOut ? undefined : answerTo();
    if (fault) {
      const { status, message = 'Oops', headers: more } = fault;
      // What stands before GitHub's API answers with a page for people.
      if (status > 500)
        return send(status, 'text/html; charset=utf-8', '<!DOCTYPE html>\n<title>Unicorn!</title>', more);
      return sendFailure({ status, message }, more);
    }
    if (answer === undefined) return;
    if ('message' in answer) return sendFailure(answer);
    if ('none' in answer) {
      complain(checkAnswer(route, answer.status, undefined));
      logged.status = answer.status;
      return void response.writeHead(answer.status, { 'x-github-request-id': 'STAND:IN' }).end();
    }
    if ('bytes' in answer) {
      const isRaw = /\braw\b/.test(headers.accept ?? '');
      if (!isRaw) complain(['the stand-in gives files as they are only']);
      const type = (headers.accept ?? '').split(',')[0] ?? '';
      return send(200, `${type}; charset=utf-8`, answer.bytes);
    }
    if ('list' in answer) {
      const page = (answer.byCursor ? cursorPageOf : pageOf)(answer.list, url);
      const { list } = page;
      const whole = answer.under ? { total_count: answer.list.length, [answer.under]: list } : list;
      return sendChecked(200, whole, page.link === '' ? {} : { link: page.link });
    }
    return sendChecked(answer.status ?? 200, answer.json);

    function answerTo(): Answer {
      const [, token = ''] = /^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? '') ?? [];
      const holder = tokens.get(token);
      if (!holder) return { status: 401, message: 'Bad credentials' };
      const mayAdminister = may(holder.permissions, 'administration', 'write');
      const request = { world, params, query: url.searchParams, body, author: holder.account, mayAdminister };
      if (!route.includes('{repo}')) return handler.answer(request);
      const asked = `${params['owner']}/${params['repo']}`.toLowerCase();
      const forks = [...world.pulls.values()].map(({ headRepository }) => headRepository);
      const known = [world.repository, ...(handler.inForks ? forks : [])];
      if (!known.some((name) => name?.toLowerCase() === asked)) return { status: 404, message: 'Not Found' };
      if (!handler.needs.some(([name, level]) => may(holder.permissions, name, level))) {
        return { status: 403, message: 'Resource not accessible by integration' };
      }
      return handler.answer(request);
    }

    function sendFailure({ status, message }: Failure, more?: Readonly<Record<string, string>>): void {
      sendChecked(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, more);
    }

    function sendChecked(status: number, json: unknown, more?: Readonly<Record<string, string>>): void {
      complain(checkAnswer(route, status, json));
      sendJson(status, json, more);
    }

    function sendJson(status: number, json: unknown, more?: Readonly<Record<string, string>>): void {
      send(status, 'application/json; charset=utf-8', JSON.stringify(json), more);
    }

    function send(status: number, type: string, data: string | Uint8Array, more = {}): void {
      logged.status = status;
      response.writeHead(status, { 'content-type': type, 'x-github-request-id': 'STAND:IN', ...more }).end(data);
    }
  }

  function takeFault(route: Route): Fault | undefined {
    const fault = faults.find((one) => one.route === undefined || one.route === route);
    if (!fault) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
    return fault;
  }
}

/** Everything may be done where nothing is said; what is said leaves out all else, but for what every token may read. */
function may(permissions: Permissions | undefined, name: string, level: 'read' | 'write'): boolean {
  if (permissions === undefined || name === 'metadata') return true;
  const granted = permissions[name];
  return granted === 'write' || granted === level;
}

const patterns = (Object.entries(routes) as [Route, Handler][]).map(([route, handler]) => {
  const [method = '', path = ''] = route.split(' ');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = path.replaceAll(/\{\w+\}/g, '([^/]+)');
  return { route, handler, method, names, pattern: new RegExp(`^${pattern}$`) };
});

function matchRoute(
  method: string,
  path: string,
): { route: Route; handler: Handler; params: Record<string, string> } | undefined {
  for (const { route, handler, method: its, names, pattern } of patterns) {
    const found = method === its ? pattern.exec(path) : null;
    if (!found) continue;
    const params = names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')] as const);
    return { route, handler, params: Object.fromEntries(params) };
  }
  return undefined;
}
