/** A request as the login and the portal see it. */
export interface WebRequest {
  query: URLSearchParams;
  body: string;
  header(name: string): string | undefined;
  /** How whoever asks reaches the emulator, `http://127.0.0.1:4000`; undefined where the Host header isn't loopback. */
  origin: string | undefined;
  /** The same with the emulator's own loopback address in place of a foreign one. */
  localOrigin: string;
}

export interface Reply {
  status: number;
  type: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
}

export type Route = (request: WebRequest) => Reply;

/** By method and path: `GET /device`. */
export type Routes = Readonly<Record<string, Route>>;

export function jsonReply(body: object): Reply {
  return {
    status: 200,
    type: 'application/json',
    body: JSON.stringify(body),
    headers: { 'cache-control': 'no-store' },
  };
}
