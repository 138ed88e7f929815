import { isLoopback } from './loopback.ts';
import type { World } from '../core/world.ts';
import type { WebRequest } from './http.ts';

/**
 * Whether a start URL is one of this Identity Center: the emulator's own page, or what AWS calls the portal of such an
 * instance. An alias instead of an id is given in the console alone, so none is known here, and any may be its own.
 */
export function isOwnStartUrl(text: string, { instance }: World, request: WebRequest): boolean {
  // As a browser shows it, it has a fragment.
  const bare = text.replace(/#.*$/s, '').replace(/\/+$/, '');
  if (!URL.canParse(bare)) return false;
  const { protocol, host, port, pathname } = new URL(bare);
  if (protocol === 'http:' && pathname === '/start') {
    return host === request.header('host') || (isLoopback(host) && port === new URL(request.localOrigin).port);
  }
  const name = awsPortals.map((portal) => portal.exec(bare)?.[1]).find((found) => found !== undefined);
  const own = [instance.IdentityStoreId, instance.InstanceArn.split('/').at(-1)];
  return name !== undefined && (own.includes(name) || !/^(d-[0-9a-f]{10}|ssoins-[0-9a-f]{16})$/.test(name));
}

const region = String.raw`[a-z]{2,4}(?:-[a-z]+)+-\d`;

/** Of all partitions (AWS Sign-In User Guide, IAM Identity Center User Guide, and the guides of the partitions). */
const awsPortals = [
  String.raw`([\w-]+)\.awsapps\.(?:com|cn)/start`,
  String.raw`start(?:\.${region})?\.us-gov-home\.awsapps\.com/directory/([\w-]+)`,
  String.raw`start(?:\.${region})?\.home\.awsapps\.cn/directory/([\w-]+)`,
  String.raw`(ssoins-\w+)\.portal\.${region}\.app\.aws`,
  String.raw`(ssoins-\w+)\.${region}\.portal\.amazonaws\.(?:com|com\.cn|eu)`,
  String.raw`(ssoins-\w+)\.portal\.${region}\.app\.amazonwebservices\.com\.cn`,
  String.raw`(ssoins-\w+)\.portal\.${region}\.api\.amazonwebservices\.eu`,
  String.raw`identitycenter\.amazonaws\.com/(ssoins-\w+)`,
].map((form) => new RegExp(`^https://${form}$`));
