import type { Caller } from './context.ts';

/** STS speaks the older query protocol: a form goes in, XML comes out. Of its operations only one is emulated. */
export function answerSts(form: URLSearchParams, caller: Caller, requestId: string): { status: number; xml: string } {
  const action = form.get('Action') ?? '';
  if (action !== 'GetCallerIdentity') {
    return {
      status: 400,
      xml: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation ${escapeXml(action)} for version 2011-06-15</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    };
  }
  const { arn, accountId } = caller;
  const result = `<Arn>${escapeXml(arn)}</Arn><UserId>${userIdOf(caller)}</UserId><Account>${accountId}</Account>`;
  return {
    status: 200,
    xml: `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult>${result}</GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** An assumed role's user id ends in its session's name, as its ARN does. */
function userIdOf({ arn }: Caller): string {
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
  return session === undefined ? 'AIDAEMULATOR00000000A' : `AROAEMULATOR00000000A:${escapeXml(session)}`;
}

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
