import type { Behaviour } from '../core/behaviour.ts';
import type { Caller } from '../core/context.ts';
import type { Input } from '../core/shape.ts';
import { describeViolations, readInput } from '../core/validate.ts';
import type { World } from '../core/world.ts';
import { accessDenied, Refusal } from '../query/refusal.ts';
import type { QueryService } from '../query/service.ts';
import type { XmlMembers } from '../query/xml.ts';
import { AssumeRole, hasRole, isRoleArn, readForm } from './assume-role.ts';
import type { CredentialDesk, Identified } from './credentials.ts';
import { type Identity, roleSession } from './role-session.ts';

/** What STS works with. */
export interface Sts {
  readonly world: World;
  readonly behaviour: Behaviour;
  readonly desk: CredentialDesk;
  /** Who calls with credentials that the emulator did not make. */
  readonly caller: Caller;
  /** Whether the caller's IAM policy allows the action. */
  readonly allows: (action: string, resource: string) => boolean;
}

export const sts: QueryService<Sts, Identity> = {
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: new Map([
    ['GetCallerIdentity', (_sts, { arn, userId, accountId }) => ({ Arn: arn, UserId: userId, Account: accountId })],
    ['AssumeRole', assumeRole],
  ]),
};

/** Throws a `Refusal` for credentials that the emulator gave and that are of no use. */
export function identityOf({ caller }: Pick<Sts, 'caller'>, identified: Identified): Identity {
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
    throw accessDenied(caller.arn, 'sts:AssumeRole', RoleArn);
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
