import { notEmulated } from '../core/not-emulated.ts';
import type { Reply } from '../login/http.ts';
import { element, xmlFailure } from '../query/xml.ts';

// Calls of services that the emulator doesn't have, each answered in a form that the service's clients can read, with a
// status that they don't retry.

/** REST services whose bodies are XML; those of the others are JSON. By the names that requests are signed for. */
const withXml = new Set(['s3', 's3express', 'route53', 'cloudfront']);

/** To a form, as IAM or EC2 take it; `service` is what the request is signed for. */
export function refuseForm(form: URLSearchParams, service: string | undefined, requestId: string): Reply {
  const text = notEmulated(service ?? 'this service', form.get('Action') ?? '');
  return xmlFailure(400, 'InvalidAction', text, requestId);
}

/** To a method and a path, as S3 or Lambda take them. */
export function refuseRest(call: string, service: string | undefined, requestId: string): Reply {
  const Message = notEmulated(service ?? 'this service', call);
  const [status, Code] = [501, 'NotImplemented'];
  if (withXml.has(service ?? '')) {
    return { status, type: 'application/xml', body: element('Error', { Code, Message, RequestId: requestId }) };
  }
  const body = JSON.stringify({ __type: Code, message: Message });
  return { status, type: 'application/json', body, headers: { 'x-amzn-errortype': Code } };
}
