import type { Context } from '../core/context.ts';
import { jsonReply, type Routes, type WebRequest } from '../login/http.ts';
import { maySignIn } from '../login/may-sign-in.ts';
import { RestError } from '../login/rest-error.ts';
import type { SignIns } from '../login/sign-ins.ts';
import { takePage } from '../core/paging.ts';
import { reachOf } from '../login/reach.ts';
import type { User } from '../resources/user/table.ts';
import type { World } from '../core/world.ts';
import { secondsOf } from '../core/duration.ts';
import { reservedRoleArns } from '../resources/provisioned-permission-set/role.ts';
import type { CredentialDesk } from '../sts/credentials.ts';
import { roleSession } from '../sts/role-session.ts';

/** The service sso, the access portal: what a person who is signed in reaches, judged anew at each call. */
export function portalRoutes(
  world: World,
  behaviour: Context['behaviour'],
  signIns: SignIns,
  desk: CredentialDesk,
): Routes {
  const userOf = (request: WebRequest): User => {
    const user = world.users.get(signIns.userOf(bearer(request)) ?? '');
    if (!maySignIn(user)) throw unauthorized();
    return user;
  };

  return {
    'GET /assignment/accounts': (request) => {
      const reach = reachOf(world, userOf(request).UserId).map(({ account }) => account);
      const items = reach.sort((a, b) => (a.Id < b.Id ? -1 : 1));
      const { page, nextToken } = paged(behaviour, 'ListAccounts', request, items, ({ Id }) => Id);
      const accountList = page.map(({ Id, Name, Email }) => ({
        accountId: Id,
        accountName: Name,
        emailAddress: Email,
      }));
      return jsonReply({ accountList, nextToken });
    },
    'GET /assignment/roles': (request) => {
      const { UserId } = userOf(request);
      const accountId = required(request, 'account_id');
      const reach = reachOf(world, UserId).find(({ account }) => account.Id === accountId);
      if (!reach) throw noAccess();
      const { page, nextToken } = paged(
        behaviour,
        'ListAccountRoles',
        request,
        reach.permissionSets,
        ({ Name }) => Name,
      );
      return jsonReply({ roleList: page.map(({ Name }) => ({ roleName: Name, accountId })), nextToken });
    },
    'GET /federation/credentials': (request) => {
      const user = userOf(request);
      const [accountId, roleName] = [required(request, 'account_id'), required(request, 'role_name')];
      const reach = reachOf(world, user.UserId).find(({ account }) => account.Id === accountId);
      const permissionSet = reach?.permissionSets.find(({ Name }) => Name === roleName);
      if (!permissionSet) throw noAccess();
      const session = roleSession(reservedRoleArns(world, accountId, permissionSet).role, user.UserName);
      const roleCredentials = desk.give(session, secondsOf(permissionSet.SessionDuration) ?? 0);
      return jsonReply({ roleCredentials });
    },
    'POST /logout': (request) => {
      if (!signIns.end(bearer(request))) throw unauthorized();
      return jsonReply({});
    },
  };
}

function bearer(request: WebRequest): string {
  return request.header('x-amz-sso_bearer_token') ?? '';
}

function required({ query }: WebRequest, name: string): string {
  const value = query.get(name);
  if (value === null || value === '') throw invalidRequest(`${name} is required`);
  return value;
}

function paged<Item>(
  behaviour: Context['behaviour'],
  operation: string,
  { query }: WebRequest,
  items: readonly Item[],
  cursorOf: (item: Item) => string,
): { page: Item[]; nextToken: string | undefined } {
  const [size, NextToken] = [query.get('max_result'), query.get('next_token')];
  if (size !== null && (!/^\d{1,3}$/.test(size) || Number(size) < 1 || Number(size) > 100)) {
    throw invalidRequest('max_result must be from 1 to 100');
  }
  const input = { ...(size !== null && { MaxResults: Number(size) }), ...(NextToken !== null && { NextToken }) };
  const { items: page, next } = takePage({ behaviour, operation, invalid: invalidRequest }, input, items, cursorOf);
  return { page, nextToken: next.NextToken };
}

function portalError(name: string, status: number, message: string): RestError {
  return new RestError(name, status, { message, __type: `com.amazonaws.switchboard.portal#${name}` });
}

function unauthorized(): RestError {
  return portalError('UnauthorizedException', 401, 'Session token not found or invalid');
}

function noAccess(): RestError {
  return portalError('ForbiddenException', 403, 'No access');
}

function invalidRequest(message: string): RestError {
  return portalError('InvalidRequestException', 400, message);
}
