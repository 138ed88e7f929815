import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ServiceError } from './errors.ts';
import { uuid } from './ids.ts';
import type { Runtime } from './runtime.ts';
import { answerSts } from './sts.ts';

// The wire protocol, and nothing else: HTTP in, a call to the runtime, HTTP out. All services share one port; the three
// with JSON name themselves in X-Amz-Target, STS sends a form.

interface Reply {
  status: number;
  type: string;
  body: string;
}

const json = 'application/x-amz-json-1.1';
const largestBody = 1024 * 1024;

export function createHttpServer(runtime: Runtime): Server {
  let requests = 0;
  const server = createServer((request, response) => {
    const requestId = uuid(`http ${++requests}`);
    reply(runtime, request, requestId)
      .catch(failure)
      .then((answer) => send(response, answer, requestId))
      .catch(() => response.destroy());
  });
  // An idle connection that the server closes just as a client uses it again would look like a failed call.
  server.keepAliveTimeout = 0;
  return server;
}

async function reply(runtime: Runtime, request: IncomingMessage, requestId: string): Promise<Reply> {
  if (request.method === 'GET' || request.method === 'HEAD') return greet(request.url);
  const body = await readBody(request);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const output = await runtime.answer({ target, region: signedRegion(request), body, requestId });
    return { status: 200, type: json, body: JSON.stringify(output) };
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body);
    const { status, xml } = answerSts(form, runtime.caller, requestId);
    const operation = form.get('Action') ?? '';
    runtime.record({ service: 'sts', operation, input: {}, outcome: status === 200 ? 'ok' : 'InvalidAction' });
    return { status, type: 'text/xml', body: xml };
  }
  throw new ServiceError('UnknownOperationException', '');
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

/** The Region of the SigV4 credential scope, `KEY/20260131/us-east-1/sso/aws4_request`. The signature isn't checked. */
function signedRegion(request: IncomingMessage): string | undefined {
  return /Credential=[^/,]+\/\d{8}\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
}

/** Every error that a client can mend travels as HTTP 400 (observed), whatever status the API models hint at. */
function failure(error: unknown): Reply {
  if (error instanceof ServiceError) {
    const { name, message, members } = error;
    const text = message === '' ? {} : { Message: message };
    return {
      status: 400,
      type: json,
      body: JSON.stringify({ __type: name, ...text, ...members }),
    };
  }
  const Message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, type: json, body: JSON.stringify({ __type: 'InternalServerException', Message }) };
}

function send(response: ServerResponse, { status, type, body }: Reply, requestId: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
  });
  response.end(body);
}
