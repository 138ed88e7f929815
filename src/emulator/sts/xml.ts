import type { Reply } from '../login/http.ts';

// The older query protocol: a form goes in, XML comes out.

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The members of an answer, each a text or members in turn. */
export interface XmlMembers {
  readonly [name: string]: string | XmlMembers;
}

export function xmlAnswer(action: string, result: XmlMembers, RequestId: string): Reply {
  const content = { [`${action}Result`]: result, ResponseMetadata: { RequestId } };
  return { status: 200, type: 'text/xml', body: element(`${action}Response`, content, namespace) };
}

export function xmlFailure(status: number, code: string, message: string, RequestId: string): Reply {
  const content = { Error: { Type: 'Sender', Code: code, Message: message }, RequestId };
  return { status, type: 'text/xml', body: element('ErrorResponse', content, namespace) };
}

export function element(name: string, content: string | XmlMembers, xmlns?: string): string {
  const inner =
    typeof content === 'string'
      ? content.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
      : Object.entries(content)
          .map(([member, value]) => element(member, value))
          .join('');
  return `<${name}${xmlns === undefined ? '' : ` xmlns="${xmlns}"`}>${inner}</${name}>`;
}
