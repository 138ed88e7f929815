import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceError } from '../core/errors.ts';
import { LostAnswer } from '../faults/lost-answer.ts';
import { uuid } from '../core/ids.ts';
import type { Login } from './login.ts';
import type { Reply, WebRequest } from '../login/http.ts';
import { RestError } from '../login/rest-error.ts';
import { isLoopback } from '../login/loopback.ts';
import type { Runtime } from './runtime.ts';
import { iam } from '../iam/answer.ts';
import { accountAccess } from '../services/account-access/service.ts';
import { routeOf, statusOf } from '../services/account-access/routes.ts';
import { answerForm } from '../query/service.ts';
import { identityOf, sts } from '../sts/answer.ts';
import { refuseForm, refuseRest } from './other-service.ts';

// The wire protocol, and nothing else: HTTP in, a call to the runtime, HTTP out. All services share one port; the three
// with JSON name themselves in X-Amz-Target, STS and IAM take forms, and what signs people in goes by method and path.

const json = 'application/x-amz-json-1.1';
const largestBody = 1024 * 1024;

const queryServices = [sts, iam];

export function createHttpServer(runtime: Runtime, login: Login): Server {
  let requests = 0;
  let isLocal = true;
  const server = createServer((request, response) => {
    const requestId = uuid(`http ${++requests}`);
    const isWanted = !isLocal || isLoopback(request.headers.host ?? '');
    const answered = isWanted ? reply(runtime, login, request, requestId) : Promise.resolve(misdirected);
    answered
      .catch(failure)
      .then((answer) => send(response, answer, requestId))
      .catch((error: unknown) => {
        // A silent call is left open until its client, or the whole server, closes it.
        if (!(error instanceof LostAnswer && error.how === 'silent')) response.destroy();
      });
  });
  server.on('listening', () => {
    const { address, family } = server.address() as AddressInfo;
    isLocal = isLoopback(family === 'IPv6' ? `[${address}]` : address);
  });
  // An idle connection that the server closes just as a client uses it again would look like a failed call.
  server.keepAliveTimeout = 0;
  return server;
}

/**
 * For what came to a loopback address under a name that isn't one, as from a web page whose name was made to point here
 * (DNS rebinding). Where the emulator serves a network it can't know its names, and takes any.
 */
const misdirected: Reply = {
  status: 421,
  type: json,
  body: JSON.stringify({
    __type: 'MisdirectedRequestException',
    Message: 'This emulator answers to the hosts localhost, 127.0.0.0/8 and [::1] only',
  }),
};

async function reply(runtime: Runtime, login: Login, request: IncomingMessage, requestId: string): Promise<Reply> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const [path = '', ...query] = (request.url ?? '').split('?');
  const body = isRead ? '' : await readBody(request);
  const method = isRead ? 'GET' : request.method;
  const route = login.routes.get(`${method} ${request.url}`) ?? login.routes.get(`${method} ${path}`);
  if (route) return route(webRequest(request, new URLSearchParams(query.join('?')), body));
  const service = signedWith(request, 'service');
  if (isRead && service === undefined) return greet(request.url);
  const identified = login.desk.identify(signedWith(request, 'key') ?? '', header(request, 'x-amz-security-token'));
  const rest =
    service === 'account-access' && routeOf(request.method ?? '', path, new URLSearchParams(query.join('?')));
  if (rest) {
    const region = signedWith(request, 'region');
    const call = { target: `${accountAccess.target}.${rest.operation}`, members: rest.input };
    return answerRest(() => runtime.answer({ ...call, region, body, requestId, identified }));
  }
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const region = signedWith(request, 'region');
    const output = await runtime.answer({ target, region, body, requestId, identified });
    return { status: 200, type: json, body: JSON.stringify(output) };
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body);
    const operation = form.get('Action') ?? '';
    const asked = queryServices.find(({ version }) => version === form.get('Version'));
    if (!asked) {
      runtime.record({ service: undefined, operation, input: {}, outcome: 'InvalidAction' });
      return refuseForm(form, service, requestId);
    }
    const { outcome, reply } = answerForm(asked, login.sts, () => identityOf(login.sts, identified), form, requestId);
    runtime.record({ service: asked.name, operation, input: {}, outcome });
    return reply;
  }
  const operation = `${request.method} ${path}`;
  runtime.record({ service: undefined, operation, input: {}, outcome: 'NotImplemented' });
  return refuseRest(operation, service, requestId);
}

async function answerRest(answer: () => Promise<object>): Promise<Reply> {
  try {
    return { status: 200, type: 'application/json', body: JSON.stringify(await answer()) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { name, message } = error;
    throw new RestError(name, statusOf(name), { message });
  }
}

function greet(url: string | undefined): Reply {
  if (url === '/') return { status: 200, type: 'text/plain', body: 'IAM Identity Center emulator: ready\n' };
  return { status: 404, type: 'text/plain', body: 'Not found\n' };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new ServiceError('RequestEntityTooLargeException', 'Request body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function webRequest(request: IncomingMessage, query: URLSearchParams, body: string): WebRequest {
  const host = request.headers.host ?? '';
  const origin = isLoopback(host) ? `http://${host}` : undefined;
  const { port } = request.socket.address() as AddressInfo;
  return {
    query,
    body,
    header: (name) => header(request, name),
    origin,
    localOrigin: origin ?? `http://127.0.0.1:${port}`,
  };
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A part of the SigV4 credential scope, `KEY/20260131/us-east-1/sso/aws4_request`. The signature isn't checked. */
function signedWith(request: IncomingMessage, part: 'key' | 'region' | 'service'): string | undefined {
  const scope = /Credential=(?<key>[^/,]+)\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\//.exec(
    request.headers.authorization ?? '',
  );
  return scope?.groups?.[part];
}

/** Errors of the services' own, by the names that the API models give them; assumed to travel as HTTP 500. */
const serverErrors = new Set(['InternalServerException', 'ServiceException']);

/** Every error that a client can mend travels as HTTP 400 (observed), whatever status the API models hint at. */
function failure(error: unknown): Reply {
  if (error instanceof LostAnswer) throw error;
  if (error instanceof RestError) {
    const { name, status, body } = error;
    return { status, type: 'application/json', body: JSON.stringify(body), headers: { 'x-amzn-errortype': name } };
  }
  if (error instanceof ServiceError) {
    const { name, message, members } = error;
    const text = message === '' ? {} : { Message: message };
    return {
      status: serverErrors.has(name) ? 500 : 400,
      type: json,
      body: JSON.stringify({ __type: name, ...text, ...members }),
    };
  }
  const Message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, type: json, body: JSON.stringify({ __type: 'InternalServerException', Message }) };
}

function send(response: ServerResponse, { status, type, body, headers }: Reply, requestId: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
    ...headers,
  });
  response.end(body);
}
