import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a client and the emulator; `answer` may answer an operation itself, or edit what the emulator said. */
export interface Proxy {
  url: string;
  close(): Promise<void>;
}

export type Intercept = (
  operation: string,
  forward: () => Promise<{ status: number; body: string }>,
) => Promise<{ status: number; body: string; type?: string }>;

export async function startProxy(target: string, intercept: Intercept): Promise<Proxy> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target'] ?? 'GetCallerIdentity').replace(/^.*\./, '');
      const forward = async (): Promise<{ status: number; body: string; type: string }> => {
        const headers = Object.entries(request.headers).filter(
          ([name]) => !['host', 'connection', 'content-length', 'expect'].includes(name),
        );
        const answer = await fetch(target, {
          method: 'POST',
          body: Buffer.concat(chunks),
          headers: headers as [string, string][],
        });
        return { status: answer.status, body: await answer.text(), type: answer.headers.get('content-type') ?? '' };
      };
      intercept(operation, forward).then(
        ({ status, body, type = 'application/x-amz-json-1.1' }) =>
          response.writeHead(status, { 'content-type': type }).end(body),
        // A test that ends early closes what a call still waits for.
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
