import { isLoopback } from './loopback.ts';
import type { World } from '../core/world.ts';
import type { WebRequest } from './http.ts';

/**
 * Whether a start URL is one of this Identity Center: the emulator's own page, or what AWS calls the portal of such an
 * instance. An alias instead of an id is given in the console alone, so none is known here, and any may be its own.
 */
export function isOwnStartUrl(text: string, { instance }: World, request: WebRequest): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, port, username, password, pathname, search } = new URL(text);
  if (username !== '' || password !== '' || search !== '') return false;
  // As a browser shows it, it has a fragment, and slashes before it.
  const path = pathname.replace(/\/+$/, '');
  if (protocol === 'http:' && path === '/start') {
    return host === request.header('host') || (isLoopback(host) && port === new URL(request.localOrigin).port);
  }
  if (protocol !== 'https:') return false;
  const name = awsPortals.map((portal) => portal.exec(`${host}${path}`)?.[1]).find((found) => found !== undefined);
  const own = [instance.IdentityStoreId, instance.InstanceArn.split('/').at(-1)];
  return name !== undefined && (own.includes(name) || !/^(d-[0-9a-f]{10}|ssoins-[0-9a-f]{16})$/.test(name));
}

const region = String.raw`[a-z]{2,4}(?:-[a-z]+)+-\d`;

/**
 * Hosts and paths, of all partitions that have Identity Center: AWS Sign-In User Guide, IAM Identity Center User Guide, the
 * guides of the partitions, and SSOEndpointResolver of aws/aws-sdk-net with its tests. The last two are the issuer's,
 * which people use as well.
 */
const awsPortals = [
  String.raw`([\w-]+)\.awsapps\.(?:com|cn)/start`,
  String.raw`start(?:\.${region})?\.us-gov-home\.awsapps\.com/directory/([\w-]+)`,
  String.raw`start(?:\.${region})?\.home\.awsapps\.cn/directory/([\w-]+)`,
  String.raw`(ssoins-\w+)\.portal\.${region}\.app\.aws(?:/start)?`,
  String.raw`(ssoins-\w+)\.${region}\.portal\.amazonaws\.(?:com|com\.cn|eu)(?:/start)?`,
  String.raw`(ssoins-\w+)\.portal\.${region}\.app\.amazonwebservices\.com\.cn(?:/start)?`,
  String.raw`(ssoins-\w+)\.portal\.${region}\.api\.amazonwebservices\.eu(?:/start)?`,
  String.raw`identitycenter\.amazonaws\.(?:com|com\.cn|eu)/(ssoins-\w+)`,
  String.raw`identitycenter\.us-gov\.amazonaws\.com/(ssoins-\w+)`,
].map((form) => new RegExp(`^${form}$`));
