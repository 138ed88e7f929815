import { notEmulated } from '../core/not-emulated.ts';
import type { Reply } from '../login/http.ts';
import { Refusal } from './refusal.ts';
import { xmlAnswer, xmlFailure, type XmlMembers } from './xml.ts';

/** A service that takes forms: what its operations are given of the emulator, of who calls, and of the form. */
export interface QueryService<Given, Who> {
  readonly name: 'sts' | 'iam';
  /** Of its API: the services that take forms are told apart by it. */
  readonly version: string;
  readonly namespace: string;
  readonly operations: ReadonlyMap<string, (given: Given, who: Who, form: URLSearchParams) => XmlMembers>;
}

export interface Answer {
  readonly reply: Reply;
  /** 'ok' or the error's name. */
  readonly outcome: string;
}

/** @param who throws a `Refusal` for credentials that are of no use. */
export function answerForm<Given, Who>(
  { name, namespace, operations }: QueryService<Given, Who>,
  given: Given,
  who: () => Who,
  form: URLSearchParams,
  requestId: string,
): Answer {
  const action = form.get('Action') ?? '';
  try {
    const operation = operations.get(action);
    if (!operation) throw new Refusal(400, 'InvalidAction', notEmulated(name, action));
    return { outcome: 'ok', reply: xmlAnswer(action, operation(given, who(), form), requestId, namespace) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: error.code, reply: xmlFailure(error.status, error.code, error.message, requestId, namespace) };
  }
}
