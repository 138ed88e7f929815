import type { Caller } from '../core/context.ts';
import type { Input } from '../core/shape.ts';
import { describeViolations, readInput } from '../core/validate.ts';
import type { World } from '../core/world.ts';
import type { Reply } from '../login/http.ts';
import { notEmulated } from '../core/not-emulated.ts';
import { AssumeRole, hasRole, isRoleArn, readForm } from './assume-role.ts';
import type { CredentialDesk, Identified } from './credentials.ts';
import { type Identity, roleSession } from './role-session.ts';
import { xmlAnswer, xmlFailure, type XmlMembers } from './xml.ts';

/** What STS works with. */
export interface Sts {
  readonly world: World;
  readonly desk: CredentialDesk;
  /** Who calls with credentials that the emulator did not make. */
  readonly caller: Caller;
  /** Whether the caller's IAM policy allows the action. */
  readonly allows: (action: string, resource: string) => boolean;
}

interface Answer {
  readonly reply: Reply;
  /** 'ok' or the error's name. */
  readonly outcome: string;
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether a form is for STS: of the services that take forms, each has the date of its API in it. */
export function isForSts(form: URLSearchParams): boolean {
  return form.get('Version') === '2011-06-15';
}

export function answerSts(sts: Sts, form: URLSearchParams, identified: Identified, requestId: string): Answer {
  const action = form.get('Action') ?? '';
  try {
    const operation = operations.get(action);
    if (!operation) throw new Refusal(400, 'InvalidAction', notEmulated('sts', action));
    const result = operation(sts, identityOf(sts, identified), form);
    return { outcome: 'ok', reply: xmlAnswer(action, result, requestId) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: error.code, reply: xmlFailure(error.status, error.code, error.message, requestId) };
  }
}

const operations = new Map<string, (sts: Sts, caller: Identity, form: URLSearchParams) => XmlMembers>([
  ['GetCallerIdentity', (_sts, { arn, userId, accountId }) => ({ Arn: arn, UserId: userId, Account: accountId })],
  ['AssumeRole', assumeRole],
]);

function identityOf({ caller }: Sts, identified: Identified): Identity {
  if (identified === 'expired') {
    throw new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired');
  }
  if (identified === 'invalid') {
    throw new Refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  }
  return identified ?? { ...caller, userId: userIdOf(caller) };
}

function assumeRole({ world, desk, allows }: Sts, caller: Identity, form: URLSearchParams): XmlMembers {
  const { input, violations } = readInput(AssumeRole, readForm(form));
  if (violations.length > 0) throw new Refusal(400, 'ValidationError', describeViolations(violations));
  const { RoleArn, RoleSessionName, DurationSeconds = 3600 } = input as Input<typeof AssumeRole>;
  if (!isRoleArn(RoleArn)) throw new Refusal(400, 'ValidationError', `${RoleArn} is invalid`);
  if (!hasRole(world, RoleArn) || !allows('sts:AssumeRole', RoleArn)) {
    throw new Refusal(
      403,
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    );
  }
  const session = roleSession(RoleArn, RoleSessionName);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = desk.give(session, DurationSeconds);
  return {
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiration).toISOString(),
    },
  };
}

/** An assumed role's user id ends in its session's name, as its ARN does. */
function userIdOf({ arn }: Caller): string {
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
  return session === undefined ? 'AIDAEMULATOR00000000A' : `AROAEMULATOR00000000A:${session}`;
}
