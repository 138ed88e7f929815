import { STS } from '@aws-sdk/client-sts';
import { constructStack } from '@smithy/core/client';
import { loadConfig } from '@smithy/core/config';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HandlerExecutionContext } from '@smithy/types';
import { ReportedError } from '../../core/errors.ts';
import type { Aws } from '../connect.ts';

// Account access manager (API 2018-05-10, rest-json) has no client for JavaScript yet. This one signs, sends and tells errors
// by the parts of the SDK's own, and has the few operations that are needed.

/** One call: the answer's JSON. Errors: as the SDK's clients throw them, told as for every other service. */
export type Send = (operation: string, method: 'GET' | 'POST', path: string, input?: object) => Promise<unknown>;

const signingName = 'account-access';
/** Quota of the user guide. */
const rate = 20;
/** In most regions there may be no such service, and nobody waits long for what only adds to an answer. */
const patienceMs = 4000;
const attempts = 3;

/** By partition, as its endpoint rule set has them. */
const suffixes: Readonly<Record<string, string>> = {
  'aws-cn': 'api.amazonwebservices.com.cn',
  'aws-eusc': 'api.amazonwebservices.eu',
  'aws-iso': 'api.aws.ic.gov',
  'aws-iso-b': 'api.aws.scloud',
  'aws-iso-e': 'api.cloud-aws.adc-e.uk',
  'aws-iso-f': 'api.aws.hci.ic.gov',
};

export function accountAccessClient(aws: Aws): Send {
  const { region, partition } = aws.instance;
  const { requestHandler, ...options } = aws.clientOptions;
  // Of the client for STS only the signer and the connection are used.
  const { config } = new STS({ ...options, requestHandler: { ...requestHandler, connectionTimeout: patienceMs } });
  const stack = constructStack<Sent, { output: object }>();
  aws.observe(stack, signingName, rate, attempts);

  const sendOnce = async ({ method, path, input }: Sent): Promise<object> => {
    const endpoint = options.endpoint ?? (await ownEndpoint());
    if (endpoint === undefined && (await isElsewhere()) !== '') {
      throw new ReportedError(
        'no-connection',
        'AWS_ENDPOINT_URL_ACCOUNT_ACCESS is not set, and other calls go elsewhere.',
      );
    }
    const url = new URL(endpoint ?? `https://${signingName}.${region}.${suffixes[partition] ?? 'api.aws'}`);
    const body = input && JSON.stringify(input);
    const request = new HttpRequest({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: `${url.pathname.replace(/\/$/, '')}${path}`,
      headers: { host: url.host, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    });
    const signer = await config.signer({ name: 'sigv4', signingName, signingRegion: region, properties: {} });
    const { response } = await config.requestHandler.handle((await signer.sign(request)) as HttpRequest);
    const text = await textOf(response.body);
    if (response.statusCode >= 300) throw failureOf(response, text);
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) throw new SyntaxError('It is not a JSON object.');
    return answer;
  };
  return async (operation, method, path, input) => {
    const context: HandlerExecutionContext = { commandName: `${operation}Command` };
    const handler = stack.resolve(
      async ({ input: sent }) => ({ output: { output: await sendOnce(sent) }, response: {} }),
      context,
    );
    const { output } = await handler({ input: { method, path, ...(input && { input }) } });
    return output.output;
  };
}

interface Sent {
  method: 'GET' | 'POST';
  path: string;
  input?: object;
}

/** Credentials made for another endpoint are not sent to the real service. */
const isElsewhere = (): Promise<string> =>
  loadConfig({
    environmentVariableSelector: (env) => env['AWS_ENDPOINT_URL_SSO_ADMIN'],
    configFileSelector: () => undefined,
    default: '',
  })();

/** As the SDK's clients look for it. */
const ownEndpoint = (): Promise<string | undefined> =>
  loadConfig<string | undefined>({
    environmentVariableSelector: (env) => env['AWS_ENDPOINT_URL_ACCOUNT_ACCESS'] ?? env['AWS_ENDPOINT_URL'],
    configFileSelector: (profile) => profile['endpoint_url'],
    default: undefined,
  })();

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The name is in a header or in the body, and may have a namespace and an address. */
function failureOf({ headers, statusCode }: HttpResponse, text: string): Error {
  let body: { __type?: string; code?: string; message?: string; Message?: string } = {};
  try {
    body = (JSON.parse(text) ?? {}) as typeof body;
  } catch {
    // Of something in between, such as a proxy: its status says what there is to say.
  }
  const type = headers['x-amzn-errortype'] ?? body.__type ?? body.code ?? `Http${statusCode}`;
  const name = type.split(':')[0]?.split('#').at(-1) ?? type;
  const error = new Error(body.message ?? body.Message ?? `HTTP ${statusCode}`);
  return Object.assign(error, {
    name,
    $fault: statusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] },
    $response: { headers },
  });
}
