/** A call as it goes over the wire, for what an SDK would never send. */
export async function send(
  url: string,
  target: string,
  body: string | object,
  headers: Record<string, string> = {},
): Promise<{ status: number; type: string | null; requestId: string | null; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    requestId: response.headers.get('x-amzn-requestid'),
    text: await response.text(),
  };
}
