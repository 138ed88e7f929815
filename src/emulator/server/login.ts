import type { CallRecord } from './call-record.ts';
import type { Sts } from '../sts/answer.ts';
import { createCredentialDesk, type CredentialDesk } from '../sts/credentials.ts';
import { portalRoutes } from '../portal/portal.ts';
import { startRoutes } from '../portal/start.ts';
import type { Runtime } from './runtime.ts';
import type { Behaviour } from '../core/behaviour.ts';
import type { World } from '../core/world.ts';
import type { Reply, Route, Routes } from '../login/http.ts';
import { oidcRoutes } from '../login/oidc.ts';
import { pageRoutes } from '../login/pages.ts';
import { createLoginRequests } from '../login/requests.ts';
import { RestError } from '../login/rest-error.ts';
import { createSignIns } from '../login/sign-ins.ts';

/** The way from a person to credentials: sso-oidc, the pages on which they say who they are, and the portal. */
export interface Login {
  /** By method and path: `GET /device`. */
  readonly routes: ReadonlyMap<string, Route>;
  /** The credentials that people and roles are given. */
  readonly desk: CredentialDesk;
  readonly sts: Sts;
}

/** The operations of the two services, as clients name them; the pages are no calls. */
const operations: Readonly<Record<string, Pick<CallRecord, 'service' | 'operation'>>> = {
  'POST /client/register': { service: 'sso-oidc', operation: 'RegisterClient' },
  'POST /device_authorization': { service: 'sso-oidc', operation: 'StartDeviceAuthorization' },
  'POST /token': { service: 'sso-oidc', operation: 'CreateToken' },
  'POST /token?aws_iam=t': { service: 'sso-oidc', operation: 'CreateTokenWithIAM' },
  'GET /assignment/accounts': { service: 'sso', operation: 'ListAccounts' },
  'GET /assignment/roles': { service: 'sso', operation: 'ListAccountRoles' },
  'GET /federation/credentials': { service: 'sso', operation: 'GetRoleCredentials' },
  'POST /logout': { service: 'sso', operation: 'Logout' },
};

export function createLogin(world: World, behaviour: Behaviour, runtime: Runtime): Login {
  const now = (): number => behaviour.now();
  const requests = createLoginRequests(now);
  const signIns = createSignIns(now);
  const desk = createCredentialDesk(now);
  const routes: Routes = {
    ...oidcRoutes(world, now, requests, signIns),
    ...portalRoutes(world, behaviour, signIns, desk),
    ...pageRoutes(world, now, requests),
    ...startRoutes(world),
  };
  const settled = Object.entries(routes).map(([name, route]): [string, Route] => [
    name,
    (request) => {
      // What is due by now happens before anybody is told what they reach.
      runtime.settle();
      const call = operations[name];
      return call ? recorded(runtime, call, () => route(request)) : route(request);
    },
  ]);
  return {
    routes: new Map(settled),
    desk,
    sts: { world, behaviour, desk, caller: runtime.caller, allows: runtime.allows },
  };
}

/** Without its input, most of which is secret. */
function recorded(runtime: Runtime, call: Pick<CallRecord, 'service' | 'operation'>, answer: () => Reply): Reply {
  try {
    const reply = answer();
    runtime.record({ ...call, input: {}, outcome: 'ok' });
    return reply;
  } catch (error) {
    runtime.record({
      ...call,
      input: {},
      outcome: error instanceof RestError ? error.name : 'InternalServerException',
    });
    throw error;
  }
}
