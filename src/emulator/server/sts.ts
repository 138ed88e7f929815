import type { Caller } from '../core/context.ts';
import type { Identity } from '../portal/credentials.ts';

interface Answer {
  /** 'ok' or the error's name. */
  outcome: string;
  status: number;
  xml: string;
}

/**
 * STS speaks the older query protocol: a form goes in, XML comes out. Of its operations only one is emulated. Who signed
 * in over the portal is told who they are; all others are the emulator's caller.
 */
export function answerSts(
  form: URLSearchParams,
  identity: Identity | 'expired' | 'invalid' | undefined,
  caller: Caller,
  requestId: string,
): Answer {
  const action = form.get('Action') ?? '';
  if (action !== 'GetCallerIdentity') {
    return failure(400, 'InvalidAction', `Could not find operation ${action} for version 2011-06-15`, requestId);
  }
  if (identity === 'expired') {
    return failure(403, 'ExpiredToken', 'The security token included in the request is expired', requestId);
  }
  if (identity === 'invalid') {
    return failure(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.', requestId);
  }
  const { arn, accountId, userId } = identity ?? { ...caller, userId: userIdOf(caller) };
  const result = `<Arn>${escapeXml(arn)}</Arn><UserId>${escapeXml(userId)}</UserId><Account>${accountId}</Account>`;
  return {
    outcome: 'ok',
    status: 200,
    xml: `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult>${result}</GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

function failure(status: number, code: string, message: string, requestId: string): Answer {
  return {
    outcome: code,
    status,
    xml: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

/** An assumed role's user id ends in its session's name, as its ARN does. */
function userIdOf({ arn }: Caller): string {
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
  return session === undefined ? 'AIDAEMULATOR00000000A' : `AROAEMULATOR00000000A:${session}`;
}

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
