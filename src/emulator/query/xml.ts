import type { Reply } from '../login/http.ts';

// The older query protocol: a form goes in, XML comes out.

/** The members of an answer, each a text, a list or members in turn. */
export interface XmlMembers {
  readonly [name: string]: string | XmlMembers | readonly XmlMembers[];
}

/** @param namespace of the service and the version of its API. */
export function xmlAnswer(action: string, result: XmlMembers, RequestId: string, namespace: string): Reply {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId } };
  return { status: 200, type: 'text/xml', body: element(`${action}Response`, content, namespace) };
}

export function xmlFailure(
  status: number,
  code: string,
  message: string,
  RequestId: string,
  namespace?: string,
): Reply {
  const content = { Error: { Type: 'Sender', Code: code, Message: message }, RequestId };
  return { status, type: 'text/xml', body: element('ErrorResponse', content, namespace) };
}

export function element(name: string, content: XmlMembers[string], xmlns?: string): string {
  return `<${name}${xmlns === undefined ? '' : ` xmlns="${xmlns}"`}>${inside(content)}</${name}>`;
}

function inside(content: XmlMembers[string]): string {
  if (typeof content === 'string') {
    return content.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  }
  // Of a list each item is an element of its own, `member`.
  const members: (readonly [string, XmlMembers[string]])[] = isList(content)
    ? content.map((item) => ['member', item])
    : Object.entries(content);
  return members.map(([name, value]) => element(name, value)).join('');
}

const isList = (content: XmlMembers | readonly XmlMembers[]): content is readonly XmlMembers[] =>
  Array.isArray(content);
