import type { World } from '../core/world.ts';
import { notEmulated } from '../core/not-emulated.ts';
import { isObject } from '../core/validate.ts';
import { jsonReply, type Routes, type WebRequest } from './http.ts';
import { oidcError } from './oidc-errors.ts';
import { authenticateClient, registerClient } from './registration.ts';
import { deviceLifetimeSeconds, type LoginRequests, pollSeconds } from './requests.ts';
import type { SignIns } from './sign-ins.ts';
import { isOwnStartUrl } from './start-url.ts';
import { RestError } from './rest-error.ts';
import { createToken } from './token.ts';

/** The service sso-oidc: clients register, ask to be signed in, and fetch their tokens. Its calls are not signed. */
export function oidcRoutes(world: World, now: () => number, requests: LoginRequests, signIns: SignIns): Routes {
  return {
    'POST /client/register': (request) => {
      const { client, clientSecret } = registerClient(world, now(), readBody(request));
      return jsonReply({
        clientId: client.id,
        clientSecret,
        clientIdIssuedAt: Math.floor(now() / 1000),
        clientSecretExpiresAt: Math.floor(client.expiresAt / 1000),
        authorizationEndpoint: `${request.localOrigin}/authorize`,
        tokenEndpoint: `${request.localOrigin}/token`,
      });
    },
    'POST /device_authorization': (request) => {
      const input = readBody(request);
      const client = authenticateClient(world, now(), input);
      const { startUrl } = input;
      if (typeof startUrl !== 'string' || startUrl === '') {
        throw oidcError('InvalidRequestException', 'startUrl is required');
      }
      if (!isOwnStartUrl(startUrl, world, request)) {
        // The AWS CLI takes no other form since 2.35.13.
        const own = `https://${world.instance.IdentityStoreId}.awsapps.com/start`;
        throw oidcError('InvalidRequestException', `The start URL is not one of this Identity Center, as ${own} is`);
      }
      const { id, flow } = requests.startDevice(client);
      const verificationUri = `${request.localOrigin}/device`;
      return jsonReply({
        deviceCode: flow.deviceCode,
        userCode: id,
        verificationUri,
        verificationUriComplete: `${verificationUri}?user_code=${id}`,
        expiresIn: deviceLifetimeSeconds,
        interval: pollSeconds,
      });
    },
    'POST /token': (request) => {
      const input = readBody(request);
      const client = authenticateClient(world, now(), input);
      const tokens = createToken({ world, now, requests, signIns }, client, input);
      return jsonReply({ tokenType: 'Bearer', ...tokens });
    },
    // What tells it from CreateToken is its query.
    'POST /token?aws_iam=t': () => {
      const message = notEmulated('sso-oidc', 'CreateTokenWithIAM');
      throw new RestError('UnknownOperationException', 400, {
        error: 'unsupported_operation',
        error_description: message,
        message,
      });
    },
  };
}

function readBody({ body }: WebRequest): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(body);
    if (isObject(input)) return input;
  } catch {
    // Falls through: whatever it is, it is no request.
  }
  throw oidcError('InvalidRequestException', 'The body must be a JSON object');
}
